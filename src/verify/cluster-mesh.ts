import { isMeshed, meshComponent } from '../components/clustermesh-peers.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { clusterConnectivityProps } from '../emit/terraform/connectivity-props.ts';
import type { ClusterPlan, EnvironmentPlan, Plan } from '../model/plan.ts';
import { contains, parseCidr } from '../units/cidr.ts';

const lies = (inside: string, block: string): boolean => {
  const [within, whole] = [parseCidr(inside), parseCidr(block)];
  return 'cidr' in within && 'cidr' in whole && contains(whole.cidr, within.cidr);
};

const encrypts = ({ components }: ClusterPlan): boolean => (components.find(({ id }) => id === 'cilium')?.settings as { readonly wireguard?: boolean } | undefined)?.wireguard === true;

const faultsOf = ({ platform }: Plan, { environment, clusters }: EnvironmentPlan): readonly Diagnostic[] => {
  const joined = clusters.filter(({ cluster }) => isMeshed(cluster));
  const [first] = joined;
  if (!first) return [];
  const { name, hub } = environment;
  const at = ({ components, cluster }: ClusterPlan) => components.find(({ id }) => id === meshComponent)?.because ?? cluster.at;
  const here = at(first);
  if (joined.length === 1) return [problem('verify/mesh-of-one', here, `${first.cluster.name} is the only cluster in the mesh of ${name}: it pays for a load balancer that nobody asks.`, `Let other clusters of ${name} join it (components.clustermesh), or turn it off.`)];
  const stranded = joined.find(({ cluster }) => {
    const transit = clusterConnectivityProps(platform, environment, cluster, false)?.transit;
    return transit?.mesh !== true || joined.some((other) => !transit.blocks.some((block) => lies(other.cluster.cidr, block)));
  });
  const plain = joined.find((one) => !encrypts(one));
  return [
    ...(joined.some(({ cluster }) => cluster.hub) ? [] : [problem('verify/mesh-without-hub', here, `The mesh of ${name} is without its hub ${hub}, which makes the authority that all of its clusters trust.`, `Let ${hub} join it: components.clustermesh.enabled: true for the environment, or in the cluster's own spec.`)]),
    ...(stranded ? [problem('verify/mesh-without-way', at(stranded), `${stranded.cluster.name} is in the mesh of ${name}, but its nodes and pods can't reach those of the other clusters: no route between the VPCs, or a security group that lets nothing in.`, `Set envs.${name}.connectivity.transit_gateway: {enabled: true, attach: true, cluster_mesh: true}.`)] : []),
    ...joined.filter(({ cluster }) => cluster.meshId === 0).map((one) => problem('verify/mesh-without-id', at(one), `${one.cluster.name} is in the mesh of ${name}, but no Cilium cluster id was left for it.`, 'Leave it out of the mesh in its own spec (components.clustermesh.enabled: false), or move clusters to another environment.')),
    ...(plain && joined.some(encrypts) ? [problem('verify/mesh-part-encrypted', at(plain), `${plain.cluster.name} does not encrypt traffic between nodes, and others in the mesh of ${name} do: what goes between them is in the clear.`, 'Set components.cilium.wireguard alike on all of them.')] : []),
  ];
};

/**
 * Proves of every mesh that its clusters can reach each other, know each other by id and trust one authority. That their addresses don't overlap is
 * proven of the whole fleet, meshed or not (`config/overlapping-cidr`, `lock/collision`). Pure.
 */
export const clusterMesh = (plan: Plan): readonly Diagnostic[] => plan.environments.flatMap((one) => faultsOf(plan, one));
