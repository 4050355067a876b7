import type { Cluster, Environment, Platform } from '../../config/platform.ts';
import type { ClusterConnectivityProps } from '../../stacks/cluster-connectivity.ts';
import type { ConnectivityProps, GatewayPeeringProps, RegionalProps } from '../../stacks/connectivity.ts';
import { bounded } from '../../units/aws-names.ts';
import { networkPath } from './edge-names.ts';
import { terraformName } from './names.ts';

const regional = (environment: Environment, name: string, parameter: string): Readonly<Record<string, RegionalProps>> =>
  Object.fromEntries(environment.regions.map((region) => [terraformName(region), { name, region, parameter }]));

const cidrsIn = ({ clusters }: Environment, region: string): Readonly<Record<string, string>> =>
  Object.fromEntries(clusters.filter((cluster) => cluster.region === region).map(({ name, cidr }) => [terraformName(name), cidr]));

const peeringsOf = (environment: Environment, name: string): Readonly<Record<string, GatewayPeeringProps>> => {
  const { regions } = environment;
  return Object.fromEntries(regions.flatMap((fromRegion, i) => regions.slice(i + 1).map((toRegion) => {
    const [from, to] = [terraformName(fromRegion), terraformName(toRegion)];
    return [`${from}_${to}`, { from: { [from]: true as const }, to: { [to]: true as const }, fromRegion, toRegion, name: `${name}-${fromRegion}-${toRegion}`, fromCidrs: cidrsIn(environment, fromRegion), toCidrs: cidrsIn(environment, toRegion) }];
  })));
};

/** Decides what joins an environment's clusters; undefined where nothing does. Pure. */
export const connectivityProps = (platform: Platform, environment: Environment): ConnectivityProps | undefined => {
  const { name: environmentName, settings: { cluster_name_prefix: prefix, connectivity: { transit_gateway: transit, lattice, private_link: link } } } = environment;
  if (!transit.enabled && !lattice.enabled && link.services.length === 0) return undefined;
  const path = networkPath(platform.name, environmentName);
  const gatewayName = `${prefix}-clusters`;
  return {
    gateways: transit.enabled ? regional(environment, gatewayName, `${path}/transit-gateway-id`) : {},
    peerings: transit.enabled ? peeringsOf(environment, gatewayName) : {},
    serviceNetworks: lattice.enabled ? regional(environment, bounded(`${prefix}-services`, 63), `${path}/service-network-id`) : {},
    services: Object.fromEntries(link.services.map(({ name, load_balancer_arns: arns, allowed_principals: principals, acceptance_required: acceptance }) =>
      [terraformName(name), { name: `${environmentName}-${name}`, region: arns[0]?.split(':')[3] ?? '', loadBalancerArns: arns, principals, acceptance }])),
  };
};

/** True where a transit gateway leads from each cluster to the others. */
export const isJoined = ({ settings: { connectivity: { transit_gateway: { enabled, attach } } } }: Environment): boolean => enabled && attach;

/** Decides what one cluster's VPC reaches beyond itself; undefined where it reaches nothing. `isPrivate`: its API server has no public endpoint. Pure. */
export const clusterConnectivityProps = (platform: Platform, environment: Environment, cluster: Cluster, isPrivate: boolean): ClusterConnectivityProps | undefined => {
  const { domain, hub, settings: { base_cidr: base, connectivity: { transit_gateway: transit, lattice, private_link: link } } } = environment;
  const path = networkPath(platform.name, environment.name);
  const joins = isJoined(environment);
  const associates = lattice.enabled && lattice.attach;
  const endpoints = link.endpoints.filter((endpoint) => (endpoint.cluster ?? hub) === cluster.name);
  if (!joins && !associates && endpoints.length === 0) return undefined;
  const hubCidr = cluster.name === hub || !isPrivate ? undefined : environment.clusters.find(({ name }) => name === hub)?.cidr;
  return {
    name: cluster.name, cidr: cluster.cidr,
    ...(joins ? { transit: { name: cluster.name, parameter: `${path}/transit-gateway-id`, blocks: typeof base === 'string' ? [base] : base, ...(hubCidr === undefined ? {} : { hubCidr }), mesh: transit.cluster_mesh } } : {}),
    ...(associates ? { lattice: { name: cluster.name, parameter: `${path}/service-network-id` } } : {}),
    endpoints: Object.fromEntries(endpoints.map(({ name, service_name: serviceName, port }) => [terraformName(name), { name: bounded(`${cluster.name}-${name}`, 255), serviceName, port, record: `${name}.${domain}` }])),
  };
};
