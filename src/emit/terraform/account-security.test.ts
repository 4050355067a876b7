import { describe, expect, it } from 'vitest';
import { organizationFixture } from '../../../test/fixtures/organization.ts';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import type { Organization } from '../../config/platform.ts';
import { emitTerraform } from '../terraform.ts';

const account = '314159265358';
/** Files of the account's root, by name; environments live in one account unless they say otherwise. */
const files = (sketches: readonly EnvironmentSketch[], organization?: Organization): ReadonlyMap<string, string> => {
  const platform = platformFixture(sketches.map((sketch) => ({ accountId: account, ...sketch })));
  const folder = `terraform/account/${account}/`;
  return new Map(emitTerraform(terraformPlan({ ...platform, ...(organization ? { organization } : {}) }), chartPins).filter(({ path }) => path.startsWith(folder)).map(({ path, text }) => [path.slice(folder.length), text]));
};
const dev = (security: Readonly<Record<string, unknown>> = {}, more: Partial<EnvironmentSketch> = {}): EnvironmentSketch => ({ tier: 'dev', clusters: 1, ...more, settings: { ...more.settings, security } });
const of = (file: string, security: Readonly<Record<string, unknown>> = {}): string => files([dev(security)]).get(file) ?? '';
const block = (text: string, type: string, name: string): string => text.split(/\n\n(?=# |resource)/).find((part) => part.includes(`resource "${type}" "${name}"`)) ?? '';
const off = { access_analyzer: { enabled: false }, cloudtrail: { enabled: false }, public_access_block: false, ebs_encryption: { enabled: false }, password_policy: { enabled: false } };
const own = ['access-analyzer.tf', 'audit.tf', 'config.tf', 'defaults.tf', 'guardduty.tf', 'scanners.tf', 'security-hub.tf', 'trail.tf'];
const made = (sketches: readonly EnvironmentSketch[], organization?: Organization): readonly string[] => [...files(sketches, organization).keys()].filter((name) => own.includes(name)).sort();

describe('security services of an account', () => {
  it('are what costs next to nothing in dev, and all but Macie in qa and prod', () => {
    expect(made([dev()])).toEqual(['access-analyzer.tf', 'audit.tf', 'defaults.tf', 'trail.tf']);
    expect(files([dev()]).get('trail.tf')).not.toContain('log_group');
    for (const tier of ['qa', 'prod'] as const) {
      expect(made([{ tier, clusters: 1 }])).toEqual(own);
      expect([...files([{ tier, clusters: 1 }]).values()].join('')).not.toContain('aws_macie2_account');
    }
  });

  it('leave no trace when they are off', () => {
    expect(made([dev(off)])).toEqual([]);
    const rest = [...files([dev(off)]).values()].join('');
    for (const word of ['guardduty', 'securityhub', 'inspector2', 'macie', 'aws_config', 'aws_cloudtrail', 'audit', 'aws_ebs', 'password_policy', 'account_public_access_block']) expect(rest).not.toContain(word);
  });

  it('are made in each region of the environments that ask for them, and once for two in one account', () => {
    const two = files([dev({ guardduty: { enabled: true } }, { regions: ['us-east-1', 'eu-west-1'], clusters: 2 }), { tier: 'qa', clusters: 1, settings: { security: { macie: { enabled: true } } } }]);
    expect(two.get('guardduty.tf')?.match(/"aws_guardduty_detector" "\w+"/g)).toEqual(['"aws_guardduty_detector" "eu_west_1"', '"aws_guardduty_detector" "us_east_1"']);
    expect(two.get('scanners.tf')?.match(/resource "\w+" "\w+"/g)).toEqual(['resource "aws_inspector2_enabler" "us_east_1"', 'resource "aws_macie2_account" "us_east_1"']);
    expect(two.get('trail.tf')?.match(/resource "aws_cloudtrail"/g)).toHaveLength(1);
    expect(two.get('access-analyzer.tf')?.match(/resource/g)).toHaveLength(2);
  });

  it('take the stricter value where two environments share an account', () => {
    const two = files([
      dev({ ...off, password_policy: { min_length: 10, max_age_days: 0, remembered: 24 }, cloudtrail: { retention_days: 800 } }),
      { tier: 'qa', clusters: 1, settings: { security: { password_policy: { min_length: 20, max_age_days: 60, remembered: 3 }, config: { frequency: 'daily' }, guardduty: { s3_data_events: false } } } },
    ]);
    expect(two.get('defaults.tf')).toMatch(/max_password_age += 60\n.*minimum_password_length += 20\n.*password_reuse_prevention += 24/);
    expect(two.get('defaults.tf')).toContain('aws_s3_account_public_access_block');
    expect(two.get('audit.tf')).toContain('days = 800');
    expect(two.get('config.tf')).toContain('"DAILY"');
    expect(block(two.get('guardduty.tf') ?? '', 'aws_guardduty_detector_feature', 'us_east_1_s3_data_events')).toContain('"DISABLED"');
  });
});

describe('GuardDuty', () => {
  it('is switched by either key, and says every feature, on or off', () => {
    expect(of('guardduty.tf')).toBe('');
    for (const plan of ['s3_data_events', 'eks_audit_logs', 'runtime_monitoring', 'malware_protection', 'rds_login_events', 'lambda_network_logs']) {
      const status = (text: string) => /status += "(\w+)"/.exec(block(text, 'aws_guardduty_detector_feature', `us_east_1_${plan}`))?.[1];
      expect(status(of('guardduty.tf', { guardduty: { enabled: true } })), plan).toBe('ENABLED');
      expect(status(of('guardduty.tf', { guardduty: { enabled: true, [plan]: false } })), plan).toBe('DISABLED');
    }
  });

  it('names all parts of runtime monitoring: one left out would differ in every plan', () => {
    const parts = (guardduty: Readonly<Record<string, unknown>>) => [...block(of('guardduty.tf', { guardduty: { enabled: true, ...guardduty } }), 'aws_guardduty_detector_feature', 'us_east_1_runtime_monitoring').matchAll(/name +=\s"(\w+_MANAGEMENT)"\n +status = "(\w+)"/g)].map(([, name, status]) => `${name} ${status}`);
    expect(parts({ manage_agent: true })).toEqual(['EKS_ADDON_MANAGEMENT ENABLED', 'ECS_FARGATE_AGENT_MANAGEMENT DISABLED', 'EC2_AGENT_MANAGEMENT DISABLED']);
    expect(parts({})[0]).toBe('EKS_ADDON_MANAGEMENT DISABLED');
    expect(parts({ manage_agent: true, runtime_monitoring: false })[0]).toBe('EKS_ADDON_MANAGEMENT DISABLED');
  });
});

describe('Security Hub, Inspector, Macie and Access Analyzer', () => {
  it('the hub checks the standards that are named, after something is recorded, and none by itself', () => {
    const hub = of('security-hub.tf', { security_hub: { enabled: true, standards: ['pci_dss', 'nist_800_53'] }, config: { enabled: true } });
    expect(hub.match(/standards\/[\w./-]+/g)).toEqual(['standards/nist-800-53/v/5.0.0', 'standards/pci-dss/v/4.0.1']);
    expect(hub).toMatch(/enable_default_standards += false/);
    expect(block(hub, 'aws_securityhub_account', 'us_east_1')).toContain('depends_on = [aws_config_configuration_recorder_status.us_east_1]');
    expect(of('security-hub.tf', { security_hub: { enabled: true } })).not.toContain('aws_config');
  });

  it('Inspector scans what is named, and an image scan of its own makes the registry\'s its own', () => {
    expect(of('scanners.tf', { inspector: { enabled: true, scans: ['lambda_code', 'lambda'] } })).toMatch(/"LAMBDA",\s+"LAMBDA_CODE",/);
    const registry = (security: Readonly<Record<string, unknown>>) => files([dev(security, { settings: { registry: { repositories: [{ name: 'a/b' }] } } })]).get('registry.tf');
    expect(registry({})).toContain('"BASIC"');
    expect(registry({ inspector: { enabled: true } })).toContain('"ENHANCED"');
    expect(registry({ inspector: { enabled: true, scans: ['ec2'] } })).toContain('"BASIC"');
  });

  it('Macie and the search for unused access are asked for', () => {
    expect(of('scanners.tf', { macie: { enabled: true } })).toContain('aws_macie2_account');
    expect(of('access-analyzer.tf')).not.toContain('unused_access');
    expect(of('access-analyzer.tf', { access_analyzer: { unused_access: true, unused_access_days: 45 } })).toMatch(/unused_access_age = 45/);
    expect(of('access-analyzer.tf', { access_analyzer: { enabled: false, unused_access: true } }).match(/resource/g)).toHaveLength(1);
  });
});

describe('AWS Config', () => {
  it('records in each region, IAM in one of them only, with the service\'s own role', () => {
    const config = files([dev({ config: { enabled: true, retention_days: 60, rules: ['ENCRYPTED_VOLUMES'] } }, { regions: ['us-east-1', 'eu-west-1'], clusters: 2 })]).get('config.tf') ?? '';
    expect([...config.matchAll(/include_global_resource_types = (\w+)/g)].map(([, said]) => said)).toEqual(['false', 'true']);
    expect(block(config, 'aws_config_configuration_recorder', 'us_east_1')).toContain('include_global_resource_types = true');
    expect(config.match(/CKV2_AWS_48/g)).toHaveLength(1);
    expect(config).toMatch(/retention_period_in_days = 60/);
    expect(block(config, 'aws_config_config_rule', 'eu_west_1_encrypted_volumes')).toMatch(/name += "encrypted-volumes"[\s\S]*"ENCRYPTED_VOLUMES"/);
    expect(config).toContain('role_arn = aws_iam_service_linked_role.config.arn');
  });

  it('leaves a role alone that is there already', () => {
    const config = of('config.tf', { config: { enabled: true, create_role: false } });
    expect(config).not.toContain('aws_iam_service_linked_role');
    expect(config).toContain(`"arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"`);
  });

  it('may write to the audit bucket only where it records', () => {
    expect(of('audit.tf')).not.toContain('config.amazonaws.com');
    const both = of('audit.tf', { config: { enabled: true } });
    expect(both.match(/config\.amazonaws\.com/g)).toHaveLength(3);
    expect(of('audit.tf', { config: { enabled: true }, cloudtrail: { enabled: false } })).not.toContain('cloudtrail');
  });
});

describe('CloudTrail', () => {
  const audit = of('audit.tf');
  it('writes where this very trail may, encrypted and validated', () => {
    expect(audit.match(new RegExp(`"aws:SourceArn" = "arn:aws:cloudtrail:us-east-1:${account}:trail/argoeks-account"`, 'g'))).toHaveLength(4);
    expect(audit).toContain(`/AWSLogs/${account}/*`);
    const trail = of('trail.tf');
    for (const line of [/enable_log_file_validation += true/, /is_multi_region_trail += true/, /kms_key_id += aws_kms_key\.audit\.arn/]) expect(trail).toMatch(line);
    expect(audit).toContain('days = 400');
    expect(of('audit.tf', { cloudtrail: { retention_days: 90 } })).toContain('days = 90');
  });

  it('copies into a log group where that is asked for', () => {
    const trail = of('trail.tf', { cloudtrail: { log_group: true, log_retention_days: 30 } });
    expect(trail).toContain('"${aws_cloudwatch_log_group.trail.arn}:*"');
    expect(trail).toMatch(/retention_in_days = 30/);
    expect(of('audit.tf', { cloudtrail: { log_group: true } })).toContain('logs.us-east-1.amazonaws.com');
    expect(audit).not.toContain('logs.us-east-1.amazonaws.com');
  });

  it('is left to the organization that records already, unless it is asked for', () => {
    expect(made([dev()], organizationFixture())).not.toContain('trail.tf');
    expect(made([dev()], organizationFixture({ trail: { enabled: false } }))).toContain('trail.tf');
    expect(made([dev({ cloudtrail: { enabled: true } })], organizationFixture())).toContain('trail.tf');
  });
});

describe('defaults of an account', () => {
  it('are switched one by one', () => {
    const types = (security: Readonly<Record<string, unknown>>) => [...of('defaults.tf', { ...off, ...security }).matchAll(/resource "(\w+)"/g)].map(([, type]) => type);
    expect(types({ public_access_block: true })).toEqual(['aws_s3_account_public_access_block']);
    expect(types({ password_policy: {} })).toEqual(['aws_iam_account_password_policy']);
    expect(types({ ebs_encryption: {} })).toEqual(['aws_ebs_encryption_by_default']);
    expect(types({ ebs_encryption: { own_key: true } })).toEqual(['aws_kms_key', 'aws_kms_alias', 'aws_ebs_encryption_by_default', 'aws_ebs_default_kms_key']);
    expect(of('defaults.tf', { password_policy: { max_age_days: 0 } })).not.toContain('max_password_age');
  });
});
