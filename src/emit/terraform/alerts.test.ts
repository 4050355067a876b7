import { describe, expect, it } from 'vitest';
import { environmentFixture, platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { renderedPolicies } from '../../../test/fixtures/rendered-policies.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';
import { findingKinds, findingRules } from './findings-props.ts';

const root = 'terraform/environments/dev';
const render = (settings: Readonly<Record<string, unknown>> = {}, more: Partial<EnvironmentSketch> = {}): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture([{ tier: 'dev', clusters: 1, ...more, settings }])), chartPins).map(({ path, text }) => [path, text]));
const foundation = (settings: Readonly<Record<string, unknown>> = {}, more: Partial<EnvironmentSketch> = {}): string =>
  [...render(settings, more)].filter(([path]) => /^terraform\/environments\/dev\/[a-z_-]+\.tf$/.test(path)).map(([, text]) => text).join('\n');
const deployOf = (settings: Readonly<Record<string, unknown>>): string => render(settings).get('terraform/account/111111111111/deploy.tf') ?? '';
const addresses = (text: string, type: string): readonly string[] => [...text.matchAll(/^resource "(\w+)" "(\w+)"/gm)].filter(([, found]) => found === type).map(([, , name]) => name ?? '').toSorted();

const slack = { alerts: { slack: { workspace_id: 'T0123ABCD', channel_id: 'C0123ABCD' } } };
const pagerduty = { alerts: { pagerduty: { service_key_ssm: '/dev/alerts/pagerduty/serviceKey' } } };
const two = { regions: ['eu-west-1', 'eu-central-1'], clusters: 2 };

describe('alert topics', () => {
  it('stand in each region of the environment and in that of billing, each encrypted with a key of its own region', () => {
    const text = foundation({}, two);
    expect(addresses(text, 'aws_sns_topic')).toEqual(['eu_central_1', 'eu_west_1', 'us_east_1']);
    for (const [id, region] of [['eu_central_1', 'eu-central-1'], ['eu_west_1', 'eu-west-1'], ['us_east_1', 'us-east-1']]) {
      expect(text).toMatch(new RegExp(`resource "aws_sns_topic" "${id}" \\{\\n +region += "${region}"\\n +name += "argoeks-dev-alerts"\\n +kms_master_key_id = aws_kms_key\\.alerts_${id}\\.arn`));
      expect(text).toMatch(new RegExp(`resource "aws_kms_key" "alerts_${id}" \\{\\n +region += "${region}"`));
    }
  });

  it('tell each address in each region, once', () => {
    expect(addresses(foundation(), 'aws_sns_topic_subscription')).toEqual([]);
    const text = foundation({ alerts: { emails: ['a@acme.io', 'a-b@acme.io', 'a_b@acme.io', 'a@acme.io'] } }, two);
    const subscriptions = addresses(text, 'aws_sns_topic_subscription');
    expect(subscriptions).toHaveLength(9);
    expect(new Set(subscriptions).size).toBe(9);
    expect(text.match(/endpoint += "a@acme\.io"/g)).toHaveLength(3);
  });

  const policies = renderedPolicies('alerts.tf', render({}, two).get(`${root}/alerts.tf`) ?? '');
  const statementsOf = (address: string) => policies.find((one) => one.address === address)?.statements ?? expect.fail(`no policy ${address}`);
  const own = '111111111111';

  it('take notices from named services only, on behalf of this account only, and only over TLS', () => {
    for (const [id, region] of [['eu_west_1', 'eu-west-1'], ['us_east_1', 'us-east-1']] as const) {
      const statements = statementsOf(`aws_sns_topic_policy.${id}`);
      const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
      expect(allowed.map(({ Sid }) => Sid)).toEqual(['Alarms', 'Events', 'Budgets', 'CostAnomalies']);
      for (const { Action, Resource } of allowed) expect({ Action, Resource }).toEqual({ Action: ['sns:Publish'], Resource: [`\${aws_sns_topic.${id}.arn}`] });
      const conditions = Object.fromEntries(allowed.map(({ Sid, Condition }) => [Sid, Condition]));
      expect(conditions['Alarms']).toEqual({ StringEquals: { 'aws:SourceAccount': own }, ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:${own}:alarm:*` } });
      expect(conditions['Events']).toEqual({ ArnLike: { 'aws:SourceArn': `arn:aws:events:${region}:${own}:rule/*` } });
      expect(conditions['Budgets']).toMatchObject({ StringEquals: { 'aws:SourceAccount': own } });
      expect(conditions['CostAnomalies']).toEqual({ StringEquals: { 'aws:SourceAccount': own } });
      expect(statements.find(({ Effect }) => Effect === 'Deny')).toMatchObject({ Sid: 'OnlyOverTls', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    }
  });

  it('have keys that the same services may use, EventBridge for this topic, the others for this account', () => {
    const statements = statementsOf('aws_kms_key.alerts_eu_west_1');
    const services = statements.filter(({ Sid }) => Sid !== 'AccountDecidesByIam');
    expect(services.map(({ Sid }) => Sid)).toEqual(['Alarms', 'Events', 'Budgets', 'CostAnomalies']);
    for (const { Sid, Action, Condition } of services) {
      expect(Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*']);
      expect(Condition).toEqual(Sid === 'Events' ? { StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': `arn:aws:sns:eu-west-1:${own}:argoeks-dev-alerts` } } : { StringEquals: { 'aws:SourceAccount': own } });
    }
  });
});

describe('Slack', () => {
  it('leaves no trace without both ids', () => {
    expect(render({ alerts: { slack: { workspace_id: '', channel_id: '' } } })).toEqual(render());
    expect([...render()].filter(([, text]) => /chatbot:|aws_chatbot|-slack/.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('shows every topic in one channel, whose members may look at alarms and no more', () => {
    const text = foundation(slack, two);
    expect(text).toMatch(/slack_team_id += "T0123ABCD"/);
    expect(text).toMatch(/slack_channel_id += "C0123ABCD"/);
    expect(text).toMatch(/sns_topic_arns = \[\n +aws_sns_topic\.eu_west_1\.arn,\n +aws_sns_topic\.eu_central_1\.arn,\n +aws_sns_topic\.us_east_1\.arn,\n +\]/);
    expect(text).toMatch(/guardrail_policy_arns += \["arn:aws:iam::aws:policy\/CloudWatchReadOnlyAccess"\]/);
    const [role] = renderedPolicies('alerts.tf', render(slack).get(`${root}/alerts.tf`) ?? '').filter(({ address }) => address === 'aws_iam_role_policy.slack');
    expect(role?.statements.flatMap(({ Action = [] }) => Action).every((action) => /^cloudwatch:(Describe|Get|List)/.test(action))).toBe(true);
    expect(text).toMatch(/resource "aws_iam_role" "slack"[^}]*permissions_boundary += "arn:aws:iam::111111111111:policy\/argoeks-boundary"/s);
  });

  it('lets who deploys pass its one role to Chatbot, and nobody without it', () => {
    expect(deployOf(slack)).toMatch(/"iam:PassRole"\n +Resource = "arn:aws:iam::111111111111:role\/argoeks-dev-alerts-slack"[^}]*"chatbot\.amazonaws\.com"/);
    expect(deployOf({})).not.toContain('chatbot');
    for (const { statements } of renderedPolicies('deploy.tf', deployOf(slack))) {
      for (const { Action = [], Resource = [] } of statements) if (Resource.includes('*')) expect(Action.filter((action) => /^(sns|chatbot):/.test(action) && !/^(sns:(GetSubscriptionAttributes|SetSubscriptionAttributes|Unsubscribe)|chatbot:((Create|Describe)SlackChannelConfigurations?|ListTagsForResource|TagResource|UntagResource))$/.test(action))).toEqual([]);
    }
  });
});

describe('PagerDuty', () => {
  it('leaves no trace without the path of a key', () => {
    expect([...render()].filter(([, text]) => /pager/i.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('gets what every topic says through one function, which is told where the key is and not what it is', () => {
    const text = foundation(pagerduty, two);
    expect(addresses(text, 'aws_sns_topic_subscription')).toEqual(['pager_eu_central_1', 'pager_eu_west_1', 'pager_us_east_1']);
    for (const id of ['eu_central_1', 'eu_west_1', 'us_east_1']) {
      expect(text).toMatch(new RegExp(`"pager_${id}" \\{[^}]*endpoint += aws_lambda_function\\.dev_mlops_pagerduty\\.arn[^}]*protocol += "lambda"[^}]*topic_arn += aws_sns_topic\\.${id}\\.arn`));
      expect(text).toMatch(new RegExp(`"aws_lambda_permission" "pager_${id}" \\{[^}]*principal += "sns\\.amazonaws\\.com"\\n +source_arn += aws_sns_topic\\.${id}\\.arn`));
    }
    expect(text).toMatch(/SERVICE_KEY_PARAMETER"? += "\/dev\/alerts\/pagerduty\/serviceKey"/);
    expect(text).toMatch(/PAGERDUTY_HOST"? += "events\.pagerduty\.com"/);
    expect(text).not.toMatch(/data "aws_ssm_parameter"|routing_key/);
  });

  it('is asked in its own service region, and not switched off with the user\'s functions', () => {
    expect(foundation({ alerts: { pagerduty: { ...pagerduty.alerts.pagerduty, service_region: 'eu' } } })).toMatch(/PAGERDUTY_HOST"? += "events\.eu\.pagerduty\.com"/);
    expect(foundation({ ...pagerduty, features: { serverless: { lambda: false } } })).toContain('"aws_lambda_function" "dev_mlops_pagerduty"');
  });

  it('has a function that may read this one parameter, and use a key for nothing else', () => {
    const [role] = renderedPolicies('functions.tf', render(pagerduty).get(`${root}/functions.tf`) ?? '').filter(({ address }) => address === 'aws_iam_role_policy.dev_mlops_pagerduty');
    const parameter = 'arn:aws:ssm:us-east-1:111111111111:parameter/dev/alerts/pagerduty/serviceKey';
    expect(role?.statements.find(({ Sid }) => Sid === 'ServiceKey')).toMatchObject({ Action: ['ssm:GetParameter'], Resource: [parameter] });
    expect(role?.statements.find(({ Sid }) => Sid === 'KeyOfServiceKey')).toMatchObject({ Action: ['kms:Decrypt'], Condition: { StringEquals: { 'kms:ViaService': 'ssm.us-east-1.amazonaws.com', 'kms:EncryptionContext:PARAMETER_ARN': parameter } } });
  });
});

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
const isObject = (value: unknown): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What EventBridge does with the two kinds of pattern in use: equal values and "numeric". A list in an event fits when one of its elements does.
 * Source: EventBridge user guide, "Event patterns" and "Comparison operators".
 */
const fits = (pattern: unknown, event: Json | undefined): boolean => {
  if (isObject(event) && isObject(pattern)) return Object.entries(pattern).every(([key, each]) => fits(each, event[key]));
  if (Array.isArray(event)) return event.some((one: Json) => fits(pattern, one));
  if (!Array.isArray(pattern)) return false;
  return pattern.some((one: unknown) => {
    if (!isObject(one)) return one === event;
    const { numeric } = one as { readonly numeric?: readonly [string, number] };
    if (numeric?.[0] !== '>=') throw new Error(`pattern ${JSON.stringify(one)} is not known here`);
    return typeof event === 'number' && event >= numeric[1];
  });
};

describe('rules for findings', () => {
  // Source: Security Hub user guide, "EventBridge event formats"; its finding format, "Required top-level attributes".
  const finding = (label: string, more: Readonly<Record<string, Json>> = {}): Json => ({
    version: '0', id: '1', 'detail-type': 'Security Hub Findings - Imported', source: 'aws.securityhub', account: '111111111111', time: '2026-01-01T00:00:00Z', region: 'us-east-1', resources: ['arn:aws:securityhub:us-east-1::product/aws/securityhub/f'],
    detail: { findings: [{ SchemaVersion: '2018-10-08', Id: 'f', Title: 'Root has no MFA', Severity: { Label: label, Normalized: 90 }, Workflow: { Status: 'NEW' }, RecordState: 'ACTIVE', ...more }] },
  });
  // Source: GuardDuty user guide, "Processing findings with EventBridge".
  const guardduty = (severity: Json, more: Readonly<Record<string, Json>> = {}): Json => ({
    version: '0', id: '2', 'detail-type': 'GuardDuty Finding', source: 'aws.guardduty', account: '111111111111', time: '2026-01-01T00:00:00Z', region: 'us-east-1', resources: [],
    detail: { schemaVersion: '2.0', accountId: '111111111111', region: 'us-east-1', id: '16afba5c5c43e07c9e3e5e2e544e95df', type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS', severity, title: 'x' }, ...more,
  });
  const told = (event: Json): readonly string[] => findingKinds.filter(({ pattern }) => fits(pattern, event)).map(({ name }) => name);

  it('match what is high or critical', () => {
    expect(told(finding('HIGH'))).toEqual(['securityhub-high-critical-findings']);
    expect(told(finding('CRITICAL'))).toEqual(['securityhub-high-critical-findings']);
    for (const severity of [7, 7.5, 8, 9.5]) expect(told(guardduty(severity))).toEqual(['guardduty-high-severity-findings']);
  });

  it('do not match what is less, handled, archived or from elsewhere', () => {
    for (const label of ['MEDIUM', 'LOW', 'INFORMATIONAL']) expect(told(finding(label))).toEqual([]);
    expect(told(finding('CRITICAL', { Workflow: { Status: 'SUPPRESSED' } }))).toEqual([]);
    expect(told(finding('CRITICAL', { RecordState: 'ARCHIVED' }))).toEqual([]);
    for (const severity of [0, 4, 6.9, '8']) expect(told(guardduty(severity))).toEqual([]);
    expect(told(guardduty(8, { source: 'aws.inspector2' }))).toEqual([]);
    expect(told(guardduty(8, { 'detail-type': 'GuardDuty Malware Protection Object Scan Result' }))).toEqual([]);
  });

  it('are written as AWS spells their keys, and tell the topic of their own region', () => {
    const text = foundation({ security: { finding_alerts: true } }, two);
    expect(text.match(/\n +detail-type = \["/g)).toHaveLength(4);
    expect(text).not.toContain('detail_type');
    for (const { region, topic } of Object.values(findingRules(environmentFixture({ tier: 'dev', ...two })))) expect(Object.keys(topic)).toEqual([region.replaceAll('-', '_')]);
    expect(addresses(text, 'aws_cloudwatch_event_target')).toHaveLength(4);
  });

  it('leave no trace where they are off', () => {
    const off = render({ security: { finding_alerts: false } });
    expect(off.get(`${root}/findings.tf`)).toBeUndefined();
    expect(foundation({ security: { finding_alerts: false } })).not.toContain('aws_cloudwatch_event_rule');
  });
});
