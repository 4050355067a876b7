import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { observabilitySettings } from '../../config/observability-settings.ts';
import { stateReplicas } from '../../verify/state-replicas.ts';
import { emitTerraform } from '../terraform.ts';
import { stateReplicaName } from './state-copies-props.ts';

const render = (settings: Readonly<Record<string, unknown>>, regions: readonly string[] = ['us-east-1'], tier: 'dev' | 'prod' = 'dev'): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture([{ tier, clusters: regions.length, regions, settings }])), chartPins).map(({ path, text }) => [path.replace('terraform/environments/', ''), text]));
const block = (text: string | undefined, header: RegExp): string => (text ?? '').split(/\n(?=\S)/).find((part) => header.test(part)) ?? expect.fail(`no block ${header}`);
const named = (files: ReadonlyMap<string, string>, file: string): string => [...files].find(([path]) => path.endsWith(file))?.[1] ?? '';
const everything = (files: ReadonlyMap<string, string>): string => [...files.values()].join('');
const group = '01234567-89ab-cdef-0123-456789abcdef';

describe('Prometheus and Grafana of AWS', () => {
  it('leave no trace where they are off', () => {
    expect(everything(render({}))).not.toMatch(/aps:|aws_prometheus|aws_grafana|prometheus_remote_write/);
  });
  it('have a workspace in each region, with a key, a log and an address of its own', () => {
    const files = render({ observability: { amp: { enabled: true, log_retention_days: 7 } } }, ['us-east-1', 'eu-west-1']);
    const text = files.get('dev/observability.tf');
    const workspace = block(text, /"aws_prometheus_workspace" "eu_west_1"/);
    expect(workspace).toMatch(/region += "eu-west-1"/);
    expect(workspace).toMatch(/kms_key_arn = aws_kms_key\.prometheus_eu_west_1\.arn/);
    expect(workspace).toContain('log_group_arn = "${aws_cloudwatch_log_group.prometheus_eu_west_1.arn}:*"');
    expect(text?.match(/resource "aws_prometheus_workspace"/g)).toHaveLength(2);
    expect(text?.match(/retention_in_days = 7/g)).toHaveLength(2);
    expect(block(text, /"aws_ssm_parameter" "prometheus_us_east_1"/)).toContain('api/v1/remote_write');
    expect(text).not.toContain('grafana');
    expect(files.get('dev/outputs.tf')).toContain('prometheus_workspace_arns');
  });
  it('give Grafana to groups, and the workspaces to Grafana', () => {
    const text = render({ observability: { amp: { enabled: true }, amg: { enabled: true, admin_groups: [group] } } }).get('dev/observability.tf');
    expect(block(text, /"aws_grafana_role_association" "admin"/)).toMatch(new RegExp(`"ADMIN"[^]*${group}`));
    expect(text?.match(/aws_grafana_role_association/g)).toHaveLength(1);
    expect(block(text, /"aws_iam_role_policy" "grafana"/)).toContain('aws_prometheus_workspace.us_east_1.arn');
    expect(block(text, /"aws_iam_role" "grafana"/)).toMatch(/grafana\.amazonaws\.com[^]*aws:SourceAccount/);
    expect(render({ observability: { amg: { enabled: true } } }).get('dev/observability.tf')).not.toContain('aws_prometheus');
  });
  it('refuse groups where people sign in through SAML', () => {
    expect(observabilitySettings().safeParse({ amg: { authentication: 'SAML', viewer_groups: [group] } }).success).toBe(false);
    expect(observabilitySettings().safeParse({ amg: { authentication: 'SAML' } }).success).toBe(true);
  });
  it('may be made by CI where they are on', () => {
    expect(named(render({ observability: { amp: { enabled: true }, amg: { enabled: true } } }), 'deploy.tf')).toMatch(/aps:CreateWorkspace[^]*grafana:CreateWorkspace/);
  });
});

describe('Greengrass', () => {
  it('leaves no trace where it is off', () => {
    expect(everything(render({}))).not.toMatch(/aws_iot|iot:|reengrass/);
  });
  it('has a thing group, and a role by an alias, whose sessions are as long as the credentials', () => {
    const files = render({ storage: { models: { enabled: true } }, edge: { greengrass: { enabled: true, credential_seconds: 7200, artifact_buckets: ['acme-artifacts'] } } });
    const text = files.get('dev/greengrass.tf');
    expect(block(text, /"aws_iot_thing_group"/)).toContain('"dev-mlops-greengrass"');
    expect(block(text, /"aws_iot_role_alias"/)).toMatch(/credential_duration = 7200/);
    expect(block(text, /"aws_iam_role" /)).toMatch(/max_session_duration = 7200[^]*credentials\.iot\.amazonaws\.com/);
    expect(block(text, /"aws_iam_role_policy"/)).toMatch(/"arn:aws:s3:::argoeks-dev-models-111111111111-us-east-1\/\*"[^]*"arn:aws:s3:::acme-artifacts\/\*"/);
    expect(named(files, 'deploy.tf')).toMatch(/iot:CreateRoleAlias[^]*rolealias\/dev-mlops-greengrass/);
  });
  it('never asks for sessions shorter than IAM has', () => {
    expect(render({ edge: { greengrass: { enabled: true, credential_seconds: 900 } } }).get('dev/greengrass.tf')).toMatch(/max_session_duration = 3600[^]*credential_duration = 900/);
  });
});

describe('copies of the state', () => {
  it('leave no trace where they are off', () => {
    expect(named(render({}), 'state.tf')).not.toMatch(/replica|replication/);
  });
  it('are a closed, versioned bucket in another region with a key there, and every version is copied', () => {
    const text = named(render({ state: { replica_region: 'eu-west-1' } }), 'state.tf');
    const copy = block(text, /"aws_s3_bucket" "state_replica"/);
    expect(copy).toMatch(/region += "eu-west-1"/);
    expect(copy).toMatch(/prevent_destroy = true/);
    expect(block(text, /"aws_s3_bucket_versioning" "state_replica"/)).toContain('"Enabled"');
    expect(block(text, /"aws_kms_key" "state_replica"/)).toMatch(/region += "eu-west-1"/);
    const rule = block(text, /"aws_s3_bucket_replication_configuration" "state"/);
    expect(rule).toMatch(/aws_s3_bucket_versioning\.state,\n[^]*aws_s3_bucket_versioning\.state_replica/);
    expect(rule).toMatch(/replica_kms_key_id = aws_kms_key\.state_replica\.arn/);
    expect(text).not.toContain('CKV_AWS_144:states can be');
  });
  it('have names of their own within what S3 allows', () => {
    expect(stateReplicaName('argoeks-tfstate-111111111111-us-east-1', '111111111111', 'eu-west-1')).toBe('argoeks-tfstate-111111111111-us-east-1-replica-eu-west-1');
    expect(stateReplicaName('acme', '111111111111', 'eu-west-1')).toBe('acme-replica-111111111111-eu-west-1');
    expect(stateReplicaName('a'.repeat(63), '111111111111', 'eu-west-1')).toHaveLength(63);
  });
  it('go to one region for each account', () => {
    const both = (...regions: readonly string[]) => terraformPlan(platformFixture(regions.map((region, i) => ({ tier: i === 0 ? 'dev' as const : 'qa' as const, accountId: '111111111111', clusters: 1, settings: { state: { replica_region: region } } }))));
    expect(stateReplicas(both('eu-west-1', 'eu-west-1'))).toEqual([]);
    expect(stateReplicas(both('eu-west-1', 'us-west-2')).map(({ code }) => code)).toEqual(['verify/state-replicas']);
  });
});
