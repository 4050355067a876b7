import { instanceFacts } from '../../../catalog/instances.ts';
import { securityPrices } from '../../../catalog/service-prices.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import { accountSecurityProps } from '../terraform/account-security-props.ts';
import { storageProps } from '../terraform/storage-props.ts';
import type { CostLine } from '../../model/component.ts';
import type { CostPart } from './estimate.ts';
import { counted, use } from './lines.ts';

/** Security services that are switched on, and the size of what they look at. */
export interface SecurityServices {
  /** A second trail of the same events is paid for; the first is free but for its storage. */
  readonly trail?: { readonly isFirst: boolean; readonly dataEvents: boolean };
  readonly config?: boolean;
  readonly guardDuty?: { readonly s3: boolean; readonly eksAudit: boolean; readonly runtime: boolean; readonly malware: boolean };
  readonly securityHub?: { readonly standards: number };
  readonly inspector?: boolean;
  readonly macie?: boolean;
  /** Instances and their virtual CPUs, clusters and buckets of the account that they look at. */
  readonly instances: number;
  readonly vcpus: number;
  readonly clusters: number;
  readonly buckets: number;
}

/** Use that estimates assume, of a small account: events, configuration items, checks of one standard, logs and volumes. */
const assumed = { managementMillions: 0.5, dataMillions: 1, configItems: 3000, checks: 6000, flowGb: 10, auditMillions: 5, scannedGb: 20 } as const;

const guardDutyLines = ({ s3, eksAudit, runtime, malware }: NonNullable<SecurityServices['guardDuty']>, { clusters, vcpus }: SecurityServices): readonly CostLine[] => [
  use('GuardDuty', securityPrices.guardDutyEvents.usd * assumed.managementMillions + securityPrices.guardDutyFlows.usd * assumed.flowGb, `${assumed.managementMillions} million events and ${assumed.flowGb} GB of flow and DNS logs, assumed`),
  ...(s3 ? [use('GuardDuty for buckets', securityPrices.guardDutyS3.usd * assumed.dataMillions, `${assumed.dataMillions} million data events, assumed`)] : []),
  ...(eksAudit && clusters > 0 ? [use('GuardDuty for audit logs', securityPrices.guardDutyEks.usd * assumed.auditMillions * clusters, `${assumed.auditMillions} million events of each cluster, assumed`)] : []),
  ...(runtime && vcpus > 0 ? [use('GuardDuty at run time', securityPrices.guardDutyRuntime.usd * vcpus, `${vcpus} vCPUs of the node groups; Karpenter's nodes add theirs`)] : []),
  ...(malware ? [use('GuardDuty for malware', securityPrices.guardDutyMalware.usd * assumed.scannedGb, `${assumed.scannedGb} GB scanned after findings, assumed`)] : []),
];

/** What security services cost that are on; all of it is by use. Pure. */
export const securityCost = (services: SecurityServices): CostPart => {
  const { trail, config, guardDuty, securityHub, inspector, macie, instances, buckets } = services;
  return {
    part: 'security services',
    lines: [
      ...(trail === undefined || trail.isFirst ? [] : [use('second trail', securityPrices.trailManagementEvents.usd * 10 * assumed.managementMillions, `${assumed.managementMillions} million events, assumed`)]),
      ...(trail?.dataEvents === true ? [use('data events of the trail', securityPrices.trailDataEvents.usd * 10 * assumed.dataMillions, `${assumed.dataMillions} million events, assumed`)] : []),
      ...(config === true ? [use('AWS Config', securityPrices.configItems.usd * assumed.configItems, `${assumed.configItems} changes, assumed`)] : []),
      ...(guardDuty === undefined ? [] : guardDutyLines(guardDuty, services)),
      ...(securityHub === undefined ? [] : [use('Security Hub', securityPrices.securityHubChecks.usd * assumed.checks * securityHub.standards, `${assumed.checks} checks of ${counted(securityHub.standards, 'standard')} each, assumed`)]),
      ...(inspector === true ? [use('Inspector', securityPrices.inspectorInstance.usd * instances, `${instances} instances of the node groups; Karpenter's nodes and pushed images add theirs`)] : []),
      ...(macie === true ? [use('Macie', securityPrices.macieBucket.usd * buckets, `${buckets} buckets, without looking into objects`)] : []),
    ],
  };
};

/** What is on in the account of an environment, and what it looks at; nothing but for the first environment of the account, where all of it is counted. Pure. */
export const accountSecurityCost = (platform: Platform, { name, accountId }: Environment): CostPart => {
  const environments = platform.environments.filter((environment) => environment.accountId === accountId);
  const props = accountSecurityProps(platform, accountId);
  if (environments[0]?.name !== name || !props) return { part: 'security services', lines: [] };
  const isOn = (feature: string): boolean => Object.values(props.guardDuty ?? {}).some(({ features }) => Object.values(features).some((one) => one.name === feature && one.isOn));
  const groups = environments.flatMap(({ clusters }) => clusters.map(({ nodes }) => nodes));
  return securityCost({
    ...(props.records?.trail ? { trail: { isFirst: true, dataEvents: false } } : {}),
    config: props.records?.config !== undefined,
    ...(props.guardDuty ? { guardDuty: { s3: isOn('S3_DATA_EVENTS'), eksAudit: isOn('EKS_AUDIT_LOGS'), runtime: isOn('RUNTIME_MONITORING'), malware: isOn('EBS_MALWARE_PROTECTION') } } : {}),
    ...(props.hub ? { securityHub: { standards: Math.max(...Object.values(props.hub).map(({ standards }) => Object.keys(standards).length)) } } : {}),
    inspector: Object.values(props.scanners?.inspector ?? {}).some(({ types }) => types.includes('EC2')),
    macie: Object.keys(props.scanners?.macie ?? {}).length > 0,
    instances: groups.reduce((sum, { desired }) => sum + desired, 0),
    vcpus: groups.reduce((sum, { desired, instance_types: [type = ''] }) => sum + desired * (instanceFacts(type)?.vcpus ?? 0), 0),
    clusters: groups.length,
    buckets: environments.reduce((sum, environment) => sum + Object.keys(storageProps(platform, environment)?.buckets ?? {}).length, 0),
  });
};
