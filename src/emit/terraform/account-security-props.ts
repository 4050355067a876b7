import type { Environment, Platform } from '../../config/platform.ts';
import { asking, guardDutyPlans, scansIn } from '../../config/security-settings.ts';
import type { HubStandard, SecuritySettings } from '../../config/security-settings.ts';
import type { AccountDefaultsProps } from '../../stacks/account-defaults.ts';
import type { AccountSecurityProps } from '../../stacks/account-security.ts';
import type { SecurityHubProps } from '../../stacks/security-hub.ts';
import type { ThreatDetectionProps } from '../../stacks/threat-detection.ts';
import { bounded } from '../../units/aws-names.ts';
import { recordsOf } from './account-records-props.ts';
import { accountRegion, terraformName } from './names.ts';

/** ARN of each standard behind `securityhub:<region>::`. Source: documentation of the provider's `aws_securityhub_standards_subscription`. */
const standardArns: Readonly<Record<HubStandard, string>> = {
  fsbp: 'standards/aws-foundational-security-best-practices/v/1.0.0', cis: 'standards/cis-aws-foundations-benchmark/v/3.0.0', pci_dss: 'standards/pci-dss/v/4.0.1', nist_800_53: 'standards/nist-800-53/v/5.0.0',
};

/** Names of GuardDuty's features. Source: GuardDuty API reference, DetectorFeatureConfiguration. */
const featureNames: Readonly<Record<(typeof guardDutyPlans)[number], string>> = {
  s3_data_events: 'S3_DATA_EVENTS', eks_audit_logs: 'EKS_AUDIT_LOGS', runtime_monitoring: 'RUNTIME_MONITORING', malware_protection: 'EBS_MALWARE_PROTECTION', rds_login_events: 'RDS_LOGIN_EVENTS', lambda_network_logs: 'LAMBDA_NETWORK_LOGS',
};

/** What is decided for each region in which an environment asks for it; undefined where none does. */
const perRegion = <V>(environments: readonly Environment[], asks: (settings: SecuritySettings) => boolean, decide: (region: string, said: readonly SecuritySettings[]) => V): Readonly<Record<string, V>> | undefined => {
  const regions = [...new Set(environments.flatMap((environment) => environment.regions))].sort();
  const found = regions.map((region) => [region, asking(environments, region, asks)] as const).filter(([, said]) => said.length > 0);
  return found.length === 0 ? undefined : Object.fromEntries(found.map(([region, said]) => [terraformName(region), decide(region, said)]));
};

const guardDutyOf = (environments: readonly Environment[]): ThreatDetectionProps | undefined =>
  perRegion(environments, ({ guardduty }) => guardduty.enabled, (region, said) => {
    const isOn = (plan: (typeof guardDutyPlans)[number] | 'manage_agent'): boolean => said.some(({ guardduty }) => guardduty[plan]);
    // EKS takes the add-on once: where a cluster brings it, GuardDuty must not have made it before.
    const isBrought = environments.some(({ clusters }) => clusters.some((cluster) => cluster.region === region && cluster.components['guardduty-runtime'] !== undefined));
    // All parts are named: AWS answers all of them, and one left out would differ in every plan. No node is outside a cluster, so only EKS's agent counts.
    const parts = [{ name: 'EKS_ADDON_MANAGEMENT', isOn: !isBrought && said.some(({ guardduty }) => guardduty.runtime_monitoring && guardduty.manage_agent) }, { name: 'ECS_FARGATE_AGENT_MANAGEMENT', isOn: false }, { name: 'EC2_AGENT_MANAGEMENT', isOn: false }];
    return { region, features: Object.fromEntries(guardDutyPlans.map((plan) => [plan, { name: featureNames[plan], isOn: isOn(plan), parts: plan === 'runtime_monitoring' ? parts : [] }])) };
  });

const hubOf = (environments: readonly Environment[], partition: string): SecurityHubProps | undefined =>
  perRegion(environments, ({ security_hub: hub }) => hub.enabled, (region, said) => ({
    region, standards: Object.fromEntries([...new Set(said.flatMap(({ security_hub: hub }) => hub.standards))].sort().map((standard) => [standard, `arn:${partition}:securityhub:${region}::${standardArns[standard]}`])),
  }));

const defaultsOf = (platform: Platform, environments: readonly Environment[], { partition, accountId }: Environment): AccountDefaultsProps | undefined => {
  const said = environments.map(({ settings }) => settings.security);
  const passwords = said.map(({ password_policy: policy }) => policy).filter(({ enabled }) => enabled);
  const ages = passwords.map(({ max_age_days: days }) => days).filter((days) => days > 0);
  const volumes = perRegion(environments, ({ ebs_encryption: volume }) => volume.enabled, (region, asked) => ({ region, ...(asked.some(({ ebs_encryption: volume }) => volume.own_key) ? { alias: `alias/${platform.name}-ebs` } : {}) })) ?? {};
  const blocksPublicAccess = said.some(({ public_access_block: blocks }) => blocks);
  if (!blocksPublicAccess && passwords.length === 0 && Object.keys(volumes).length === 0) return undefined;
  return {
    accountId, partition, blocksPublicAccess, volumes,
    ...(passwords.length === 0 ? {} : { passwords: { minLength: Math.max(...passwords.map(({ min_length: length }) => length)), remembered: Math.max(...passwords.map(({ remembered }) => remembered)), ...(ages.length === 0 ? {} : { maxAgeDays: Math.min(...ages) }) } }),
  };
};

/**
 * Decides the security services of an account, of all environments in it together: AWS has each of them once in the account or in a
 * region of it. Undefined where no environment asks for any. Pure.
 */
export const accountSecurityProps = (platform: Platform, accountId: string): AccountSecurityProps | undefined => {
  const environments = platform.environments.filter((environment) => environment.accountId === accountId);
  const [first] = environments;
  if (!first) return undefined;
  const home = accountRegion(platform, accountId);
  const defaults = defaultsOf(platform, environments, first);
  const records = recordsOf(platform, environments, first);
  const guardDuty = guardDutyOf(environments);
  const hub = hubOf(environments, first.partition);
  const inspector = perRegion(environments, ({ inspector: said }) => said.enabled, (region) => ({ region, types: scansIn(environments, region).map((scan) => scan.toUpperCase()) })) ?? {};
  const macie = perRegion(environments, ({ macie: said }) => said.enabled, (region) => region) ?? {};
  const hasScanners = Object.keys(inspector).length + Object.keys(macie).length > 0;
  const external = perRegion(environments, ({ access_analyzer: analyzer }) => analyzer.enabled, (region) => region) ?? {};
  const ages = environments.map(({ settings }) => settings.security.access_analyzer).filter(({ unused_access: asks }) => asks).map(({ unused_access_days: days }) => days);
  const props: AccountSecurityProps = {
    ...(defaults ? { defaults } : {}), ...(records ? { records } : {}), ...(guardDuty ? { guardDuty } : {}), ...(hub ? { hub } : {}), ...(hasScanners ? { scanners: { accountId, inspector, macie } } : {}),
    ...(Object.keys(external).length + ages.length === 0 ? {} : { analyzers: { externalName: bounded(`${platform.name}-external-access`, 255), external, ...(ages.length === 0 ? {} : { unused: { region: home, name: bounded(`${platform.name}-unused-access`, 255), ageDays: Math.min(...ages) } }) } }),
  };
  return Object.keys(props).length === 0 ? undefined : props;
};
