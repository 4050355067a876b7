import { DefaultSecurityGroup } from '#bindings/aws/default-security-group.js';
import { Route53Zone } from '#bindings/aws/route53-zone.js';
import { Vpc } from '#bindings/aws/vpc.js';
import { Construct } from 'constructs';
import { Alerts } from './alerts.ts';
import type { AlertsProps } from './alerts.ts';
import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { Connectivity } from './connectivity.ts';
import type { ConnectivityProps } from './connectivity.ts';
import { addEdge } from './edge.ts';
import type { EdgeProps } from './edge.ts';
import { Backup } from './backup.ts';
import type { BackupProps } from './backup.ts';
import { Functions } from './functions.ts';
import type { FunctionsProps } from './functions.ts';
import { FindingRules } from './finding-rules.ts';
import type { FindingRuleProps } from './finding-rules.ts';
import { Outputs } from './outputs.ts';
import { Pager } from './pager.ts';
import type { PagerProps } from './pager.ts';
import { Registry } from './registry.ts';
import type { RegistryProps } from './registry.ts';
import { accepted, because, Root } from './root.ts';
import { FirewallAlarms } from './firewall-alarms.ts';
import type { FirewallWatch } from './firewall-alarms.ts';
import { SpendingGuard } from './spending-guard.ts';
import type { SpendingGuardProps } from './spending-guard.ts';

/** What an environment has once, whatever its clusters. */
export interface FoundationRootProps {
  readonly aws: AwsProps;
  readonly name: string;
  readonly domain: string;
  readonly anchorCidr: string;
  /** Whether deleting the zone deletes what records are left in it. */
  readonly losesRecords: boolean;
  readonly alerts: AlertsProps;
  readonly spending: SpendingGuardProps;
  readonly firewallAlarms: Readonly<Record<string, FirewallWatch>>;
  /** Each of these is absent where nothing of it is asked for. */
  readonly edge?: EdgeProps;
  readonly connectivity?: ConnectivityProps;
  readonly functions?: FunctionsProps;
  readonly pager?: PagerProps;
  readonly registry?: RegistryProps;
  readonly backup?: BackupProps;
  /** Resource name → rule. */
  readonly findings?: Readonly<Record<string, FindingRuleProps>>;
}

/** Root `environments/<env>`: what an environment has once. */
export const foundationRoot = ({ aws, name, domain, anchorCidr, losesRecords, alerts, spending, firewallAlarms, edge, connectivity, functions, pager, registry, backup, findings }: FoundationRootProps): Root => {
  const root = new Root();
  new Aws(root, aws);
  const dns = new Construct(root, 'dns');
  const anchor = accepted(because(new Vpc(dns, 'vpc.anchor', { cidrBlock: anchorCidr, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: `${name}-dns-anchor` } }),
    'A private zone needs a VPC at its creation. This one is empty, costs nothing, and lets every cluster come and go.'), { CKV2_AWS_11: 'nothing is ever in it, so nothing flows' });
  new DefaultSecurityGroup(dns, 'default-security-group.anchor', { vpcId: anchor.id, tags: { Name: `${name}-dns-anchor-closed` } });
  const zone = because(new Route53Zone(dns, 'route53-zone.private', {
    name: domain, comment: `Private zone of ${name}`, forceDestroy: losesRecords, vpc: [{ vpcId: anchor.id, vpcRegion: aws.region }], lifecycle: { ignoreChanges: ['vpc'] },
  }), 'Clusters associate their own VPCs; without ignore_changes each plan here would take them away again.');
  const told = new Alerts(root, alerts);
  if (findings) new FindingRules(root, findings, told);
  const ofEdge = edge ? addEdge(root, edge) : {};
  const serviceNames = connectivity ? new Connectivity(root, connectivity).serviceNames : {};
  const made = functions && new Functions(root, functions);
  if (pager && made) new Pager(root, pager, told, made);
  const images = registry && new Registry(root, registry);
  if (backup) new Backup(root, backup);
  new SpendingGuard(root, spending, told.policies);
  new FirewallAlarms(root, firewallAlarms);
  new Outputs(root, {
    zone_id: { value: zone.zoneId, description: 'Private zone of the environment' },
    zone_name: { value: zone.name, description: 'Name of the private zone' },
    alert_topic_arns: { value: Object.values(told.topics).map((topic) => topic.arn), description: 'Topics of alerts, one for each region' },
    ...ofEdge,
    ...(Object.keys(serviceNames).length > 0 ? { endpoint_service_names: { value: serviceNames, description: 'Services that others reach through PrivateLink' } } : {}),
    ...(made ? { function_arns: { value: Object.values(made.functions).map((one) => one.arn), description: 'Lambda functions' } } : {}),
    ...(images ? { repository_urls: { value: images.repositories.map((one) => one.repositoryUrl), description: 'ECR repositories' } } : {}),
    ...(made && made.apis.length > 0 ? { function_urls: { value: made.apis.map(({ stage }) => stage.invokeUrl), description: 'HTTP APIs of functions' } } : {}),
  });
  return root;
};
