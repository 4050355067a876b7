import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentNames, filesOf, platformOf } from '../../../test/fixtures/everything.ts';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { renderedPolicies } from '../../../test/fixtures/rendered-policies.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { catalogFacts, chartPins as allCharts } from '../../compile/catalog-facts.ts';
import { resolve } from '../../compile/compile.ts';
import { components } from '../../components/registry.ts';
import { emitTerraform } from '../terraform.ts';

const repository = join(import.meta.dirname, '../../..');
const committed = globSync('terraform/**/*.tf', { cwd: repository }).map((path) => [path, readFileSync(join(repository, path), 'utf8')] as const);
const everything = resolve({ files: filesOf(environmentNames, platformOf(environmentNames, 'on')), lock: undefined, components, facts: catalogFacts() }).value?.plan;
if (!everything) throw new Error('the configuration with everything on is refused');
const rendered = [...committed, ...emitTerraform(everything, allCharts).map(({ path, text }) => [`everything/${path}`, text] as const)];
const policies = rendered.flatMap(([path, text]) => renderedPolicies(path, text));

/** The policy that holds a part of the rights to apply, alone or with others. */
const apply = (part: string): RegExp => new RegExp(`_apply_(\\w+_)?(${part})(_\\w+)?$`);

/**
 * Rights on everything that are there on purpose: block, actions, why. "No resource" means that the action takes none; source for
 * all: AWS Service Authorization Reference, "Actions, resources, and condition keys", table of the service, column "Resource types".
 */
const onEverything: readonly { readonly block: RegExp; readonly actions: RegExp; readonly why: string }[] = [
  { block: /./, actions: /^ec2:(Describe\w*\*?|Get(CoipPoolUsage|SecurityGroupsForVpc))$/, why: 'No resource, or one that reads for discovery can\'t know.' },
  { block: /./, actions: /^(elasticloadbalancing:Describe\w+|pricing:GetProducts|sts:GetCallerIdentity|tag:GetResources|shield:GetSubscriptionState|ssm:DescribeParameters|eks:ListClusters)$/, why: 'No resource.' },
  { block: /./, actions: /^(iam:List(InstanceProfiles|ServerCertificates|OpenIDConnectProviders)|acm:ListCertificates|kms:ListAliases|logs:DescribeLogGroups|route53:ListHostedZones)$/, why: 'Lists take no resource.' },
  { block: /external_secrets_controller$/, actions: /^secretsmanager:(BatchGetSecretValue|ListSecrets)$/, why: 'No resource; reading each secret needs GetSecretValue, which is narrowed to a prefix.' },
  { block: /_plan_[a-z0-9_]+$/, actions: /^(\w[\w-]*:(Describe|Get|List)\w*\*?|apigateway:GET|budgets:ViewBudget|ec2:SearchTransitGatewayRoutes)$/, why: 'A plan reads whatever the state names, also what was named otherwise before. Descriptions only: neither secrets nor objects nor parameters.' },
  { block: apply('network'), actions: /^ec2:/, why: 'Ids are unknown before they exist, and many of these calls take no tag condition; narrowed to the regions of the environment.' },
  { block: apply('network'), actions: /^route53:/, why: 'A zone\'s id is unknown before it exists, and Route 53 takes no tag condition.' },
  { block: apply('edge'), actions: /^(ec2|vpc-lattice):/, why: 'Transit gateways, endpoint services and service networks have ids of AWS\'s choosing; narrowed to the regions of the environment.' },
  { block: apply('edge'), actions: /^(acm:(RequestCertificate|AddTagsToCertificate)|acm-pca:(CreateCertificateAuthority|TagCertificateAuthority)|cloudfront:TagResource)$/, why: 'What is being made has no ARN yet; narrowed to what is tagged for the environment.' },
  { block: apply('edge'), actions: /^cloudfront:CreateOriginAccessControl$/, why: 'No resource.' },
  { block: apply('managed'), actions: /^(aps|grafana):(CreateWorkspace|TagResource)$/, why: 'What is being made has no ARN yet; narrowed to what is tagged for the environment.' },
  { block: apply('managed'), actions: /^organizations:DescribeOrganization$/, why: 'No resource.' },
  { block: apply('data'), actions: /^ec2:CreateNetworkInterface$/, why: 'ElastiCache places its nodes in subnets of any cluster; narrowed to the regions of the environment.' },
  { block: apply('data|edge|functions|managed'), actions: /^logs:(CreateLogDelivery|DeleteLogDelivery|DescribeResourcePolicies|GetLogDelivery|ListLogDeliveries|PutResourcePolicy|UpdateLogDelivery)$/, why: 'No resource: services set up their delivery of logs as whoever makes them.' },
  { block: apply('data'), actions: /^kafka:Create(Cluster|ClusterV2|Configuration)$/, why: 'What is being made has no ARN yet; narrowed to the regions of the environment.' },
  { block: apply('spending'), actions: /^ce:(CreateAnomalyMonitor|CreateAnomalySubscription|TagResource)$/, why: 'What is being made has no ARN yet; narrowed to what is tagged for the environment.' },
  { block: apply('backup'), actions: /^backup-storage:MountCapsule$/, why: 'No resource.' },
  { block: apply('backup'), actions: /^backup:(DeleteRecoveryPoint|DescribeRecoveryPoint)$/, why: 'Recovery points carry the ARN of what was backed up, of any service; narrowed by the environment\'s tag, and not in prod.' },
  { block: apply('alerts|spending'), actions: /^chatbot:(CreateSlackChannelConfiguration|TagResource|UntagResource)$/, why: 'No resource.' },
  { block: /aws_iam_role_policy\.slack$/, actions: /^cloudwatch:(DescribeAlarms|GetMetricData|GetMetricStatistics|ListMetrics)$/, why: 'Metrics are no resources; the channel shows the graph of any alarm that tells the topic.' },
  { block: apply('managed'), actions: /^sso(-directory)?:\w+$/, why: 'Grafana makes itself an application of IAM Identity Center as whoever makes it; these calls take no resource of ours. Source: Grafana user guide, "Managing user and group access", required permissions.' },
  { block: /(aws_iam_role_policy\.|kube_prometheus_stack_)grafana$/, actions: /^(aps:ListWorkspaces|cloudwatch:(DescribeAlarmHistory|DescribeAlarms|DescribeAlarmsForMetric|GetInsightRuleReport|GetMetricData|ListMetrics))$/, why: 'No resource: metrics and lists.' },
  { block: /cloudwatch_observability_agent$/, actions: /^(cloudwatch:PutMetricData|xray:GetSampling(Rules|Targets|StatisticSummaries))$/, why: 'No resource.' },
  { block: /keda_operator$/, actions: /^cloudwatch:GetMetricData$/, why: 'No resource: metrics.' },
  { block: /network_flow_monitor_agent$/, actions: /^networkflowmonitor:Publish$/, why: 'No resource.' },
  { block: /sagemaker_spaces_controller$/, actions: /^ssm:(CreateActivation|DeleteActivation|DescribeActivations|DescribeSessions|DescribeInstanceInformation)$/, why: 'No resource, or one whose id is unknown before it exists.' },
  { block: /^aws_iam_role_policy\./, actions: /^xray:Put(TraceSegments|TelemetryRecords)$/, why: 'No resource.' },
  { block: apply('cluster'), actions: /^kms:(CreateKey|TagResource)$/, why: 'A key that is being made has no ARN yet; narrowed to keys tagged for the environment.' },
  { block: /aws_load_balancer_controller_controller$/, actions: /^(acm:DescribeCertificate|cognito-idp:DescribeUserPoolClient|ec2:(Authorize|Revoke)SecurityGroupIngress|ec2:(Create|Delete)SecurityGroup|elasticloadbalancing:\w+|iam:(CreateServiceLinkedRole|GetServerCertificate)|shield:\w+|waf-regional:\w+|wafv2:\w+)$/, why: 'The policy its maintainers publish for the pinned version (catalog/iam); what it changes by tag is narrowed there.' },
  { block: /_apply_spending$/, actions: /^sns:(SetSubscriptionAttributes|Unsubscribe)$/, why: 'No resource: SNS knows topics, not subscriptions.' },
  { block: /aws_iam_policy\.boundary$/, actions: /./, why: 'An upper limit gives nothing by itself.' },
];

const granted = policies.flatMap(({ file, address, statements }) => (address.startsWith('aws_kms_key.') ? [] : statements // In a key's policy "*" is the key itself.
  .filter(({ Effect, Resource }) => Effect === 'Allow' && Resource?.includes('*') === true)
  .flatMap(({ Action = [], NotAction = [] }) => [...Action, ...NotAction].map((action) => ({ file, address, action })))));

describe('rights in the rendered Terraform', () => {
  it('are found', () => {
    expect(policies.length).toBeGreaterThan(100);
    expect(policies.some(({ address }) => address === 'aws_organizations_policy.strict')).toBe(true);
  });
  it('never allow every action', () => {
    const all = policies.flatMap(({ file, address, statements }) => statements.filter(({ Effect, Action }) => Effect === 'Allow' && Action?.includes('*') === true).map(({ Sid }) => `${file} ${address} ${Sid ?? ''}`));
    expect(all).toEqual([]);
  });
  it('hold for everything only where the table above says why', () => {
    const open = granted.filter(({ address, action }) => !onEverything.some(({ block, actions }) => block.test(address) && actions.test(action)));
    expect(open.map(({ file, address, action }) => `${file} ${address} ${action}`)).toEqual([]);
  });
  it('need every line of the table', () => {
    for (const { block, actions, why } of onEverything) expect(granted.some(({ address, action }) => block.test(address) && actions.test(action)), why).toBe(true);
  });
});

describe('reading policies back', () => {
  it('understands texts, lists, objects and references', () => {
    const hcl = 'resource "aws_iam_policy" "x" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [\n      {\n        Effect   = "Allow"\n        Action   = "*"\n        Resource = [\n          "a\\"b",\n          aws_kms_key.x.arn,\n        ]\n        Condition = {\n          StringEquals = {\n            "aws:x" = "y"\n          }\n        }\n      },\n    ]\n  })\n}\n';
    expect(renderedPolicies('f', hcl)).toMatchObject([{ address: 'aws_iam_policy.x', statements: [{ Effect: 'Allow', Action: ['*'], Resource: [String.raw`a\"b`, '${aws_kms_key.x.arn}'], Condition: { StringEquals: { 'aws:x': 'y' } } }] }]);
  });
});

describe('who may deploy through GitLab', () => {
  const accounts = emitTerraform(terraformPlan(platformFixture([{ tier: 'prod', clusters: 1, settings: { ci: { gitlab: { url: 'https://gitlab.acme.io', project: 'acme/platform', branch: 'release' } } } }])), chartPins);
  const text = accounts.find(({ path }) => path.endsWith('deploy.tf'))?.text ?? '';
  const trust = (role: string): string => text.split(/\n\n(?=resource)/).find((block) => block.startsWith(`resource "aws_iam_role" "${role}"`)) ?? '';
  it('is decided by project and branch: one branch applies, all plan', () => {
    expect(trust('prod_ci_apply')).toContain('"project_path:acme/platform:ref_type:branch:ref:release"');
    expect(trust('prod_ci_apply')).not.toContain('*');
    expect(trust('prod_ci_plan')).toContain('"project_path:acme/platform:ref_type:branch:ref:*"');
    for (const role of ['prod_ci_plan', 'prod_ci_apply']) expect(trust(role)).toMatch(/"gitlab\.acme\.io:aud" += "https:\/\/gitlab\.acme\.io"/);
    expect(text).not.toContain('token.actions.githubusercontent.com');
  });
});
