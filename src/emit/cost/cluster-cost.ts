import { instanceFacts } from '../../../catalog/instances.ts';
import { eksVersions } from '../../../catalog/kubernetes.ts';
import { prices } from '../../../catalog/prices.ts';
import { edgePrices } from '../../../catalog/service-prices.ts';
import { volumePrice } from '../../../catalog/volume-price.ts';
import { nightNodes } from '../../config/night-nodes.ts';
import type { Platform } from '../../config/platform.ts';
import { upShare } from '../../config/schedule-settings.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { ClusterRootProps } from '../../stacks/cluster-root.ts';
import { clusterProps } from '../terraform/cluster-props.ts';
import { reachLines } from './edge-cost.ts';
import type { CostPart } from './estimate.ts';
import { counted, perMonth, use } from './lines.ts';

/** Traffic that estimates assume for each NAT gateway and for all endpoints of a cluster, logs of a control plane and of its VPC's connections, and load balancers. */
const assumed = { natGb: 100, endpointGb: 100, logGb: 10, balancers: 1 } as const;

const controlPlane = ({ controlPlane: plane }: ClusterRootProps): CostPart => {
  const ends = eksVersions.find(({ version }) => version === plane.version)?.standardSupportEnds;
  return {
    part: 'control plane',
    lines: [
      { what: 'control plane', usd: perMonth(prices.eksControlPlane.usd), basis: `Kubernetes ${plane.version} in standard support` },
      { what: 'keys', usd: prices.kmsKey.usd * (plane.encryptSecrets ? 2 : 1), basis: plane.encryptSecrets ? 'secrets, volumes and logs' : 'volumes and logs' },
      ...(plane.supportType === 'EXTENDED' ? [use('extended support', 0, `nothing until ${ends ?? 'standard support ends'}, the whole price after that`, perMonth(prices.eksExtendedSupport.usd))] : []),
      ...(plane.logTypes.length > 0 ? [use('logs', prices.logData.usd * assumed.logGb, `${assumed.logGb} GB taken in, assumed`)] : []),
    ],
  };
};

/** GB of flow logs by what they record. */
const flowGb = (traffic: string): number => (traffic === 'REJECT' ? 1 : 20);

const network = ({ network: { natGateways, privateRouteTables }, endpoints, flowLog, connectivity }: ClusterRootProps): CostPart => {
  const nats = natGateways.length;
  const interfaces = endpoints === undefined ? 0 : Object.keys(endpoints.interfaces).length;
  const zones = endpoints?.zones ?? privateRouteTables.length;
  return {
    part: 'network',
    lines: [
      ...(nats === 0 ? [] : [
        { what: 'NAT gateways', usd: perMonth(prices.natGateway.usd, nats), basis: `${nats} of them` },
        { what: 'addresses of NAT gateways', usd: perMonth(prices.publicIpv4.usd, nats), basis: `${nats} public IPv4 addresses` },
        use('traffic through NAT gateways', prices.natData.usd * assumed.natGb * nats, `${assumed.natGb} GB each, assumed`),
      ]),
      ...(interfaces === 0 ? [] : [
        { what: 'interface endpoints', usd: perMonth(prices.interfaceEndpoint.usd, interfaces * zones), basis: `${interfaces} services in ${counted(zones, 'zone')}` },
        use('traffic through endpoints', prices.endpointData.usd * assumed.endpointGb, `${assumed.endpointGb} GB, assumed`),
      ]),
      ...(flowLog === undefined ? [] : [use('flow logs', prices.logData.usd * flowGb(flowLog.traffic), `${flowGb(flowLog.traffic)} GB taken in, assumed`)]),
      ...reachLines(connectivity, privateRouteTables.length),
    ],
  };
};

/** Load balancers of the platform's own stand with their components; of those that applications ask for one is assumed where a controller makes them. */
const balancers = ({ components }: ClusterPlan): readonly CostPart[] =>
  components.some(({ id }) => id === 'aws-load-balancer-controller')
    ? [{ part: 'load balancers', lines: [use('load balancers of applications', perMonth(edgePrices.loadBalancer.usd, assumed.balancers) + edgePrices.loadBalancerUse.usd * assumed.balancers, `${assumed.balancers} with one capacity unit, assumed`)] }]
    : [];

/** The first type counts: EKS launches on-demand nodes in the order of the list. Source: EKS user guide, "Managed node group capacity types". */
const nodes = ({ environment, cluster }: ClusterPlan): CostPart => {
  const { nodes: group } = cluster;
  const share = upShare(environment.settings.schedule);
  const [type = ''] = group.instance_types;
  const facts = instanceFacts(type);
  const night = nightNodes(environment, cluster);
  const count = group.desired * share + night * (1 - share);
  const shown = share === 1 ? `${group.desired}` : `${group.desired}, ${night} outside working hours:`;
  return {
    part: 'nodes',
    lines: [
      facts ? { what: 'instances', usd: perMonth(facts.usdPerHour, count), basis: `${shown} ${type}, on demand`, steady: { by: 'compute', usd: perMonth(facts.usdPerHour, night) } } : use('instances', 0, `${shown} ${type}, whose price is not in the catalogue`),
      { what: 'volumes', usd: volumePrice.usdPerGibMonth * group.disk_gib * count, basis: `${shown} of ${group.disk_gib} GiB, gp3` },
      { what: 'detailed monitoring', usd: prices.detailedMonitoring.usd * count, basis: `${shown} instances` },
    ],
  };
};

/** What one cluster costs in a month: its AWS objects, then its components that cost something of their own. Pure. */
export const clusterCost = (platform: Platform, plan: ClusterPlan): readonly CostPart[] => {
  const props = clusterProps(platform, plan);
  const components = plan.components.flatMap(({ id, cost }): readonly CostPart[] => ('absent' in cost || cost.length === 0 ? [] : [{ part: id, lines: cost }]));
  return [controlPlane(props), network(props), nodes(plan), ...balancers(plan), ...components].filter(({ lines }) => lines.length > 0);
};
