import { DefaultSecurityGroup } from '#bindings/aws/default-security-group.js';
import { Route53Zone } from '#bindings/aws/route53-zone.js';
import { Vpc } from '#bindings/aws/vpc.js';
import { Construct } from 'constructs';
import { Alerts } from './alerts.ts';
import type { AlertsProps } from './alerts.ts';
import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { FindingRules } from './finding-rules.ts';
import type { FindingRuleProps } from './finding-rules.ts';
import { Outputs } from './outputs.ts';
import { because, Root } from './root.ts';

/** What an environment has once, whatever its clusters. */
export interface FoundationRootProps {
  readonly aws: AwsProps;
  readonly name: string;
  readonly domain: string;
  readonly anchorCidr: string;
  /** Whether deleting the zone deletes what records are left in it. */
  readonly losesRecords: boolean;
  readonly alerts: AlertsProps;
  /** Resource name → rule. */
  readonly findings?: Readonly<Record<string, FindingRuleProps>>;
}

/** Root `environments/<env>`: the private zone, and who is told when something breaks. */
export const foundationRoot = ({ aws, name, domain, anchorCidr, losesRecords, alerts, findings }: FoundationRootProps): Root => {
  const root = new Root();
  new Aws(root, aws);
  const dns = new Construct(root, 'dns');
  const anchor = because(new Vpc(dns, 'vpc.anchor', { cidrBlock: anchorCidr, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: `${name}-dns-anchor` } }),
    'A private zone needs a VPC at its creation. This one is empty, costs nothing, and lets every cluster come and go.');
  new DefaultSecurityGroup(dns, 'default-security-group.anchor', { vpcId: anchor.id, tags: { Name: `${name}-dns-anchor-closed` } });
  const zone = because(new Route53Zone(dns, 'route53-zone.private', {
    name: domain, comment: `Private zone of ${name}`, forceDestroy: losesRecords, vpc: [{ vpcId: anchor.id, vpcRegion: aws.region }], lifecycle: { ignoreChanges: ['vpc'] },
  }), 'Clusters associate their own VPCs; without ignore_changes each plan here would take them away again.');
  const told = new Alerts(root, alerts);
  if (findings) new FindingRules(root, findings, told);
  new Outputs(root, {
    zone_id: { value: zone.zoneId, description: 'Private zone of the environment' },
    zone_name: { value: zone.name, description: 'Name of the private zone' },
    alert_topic_arns: { value: Object.values(told.topics).map((topic) => topic.arn), description: 'Topics of alerts, one for each region' },
  });
  return root;
};
