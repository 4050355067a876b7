import type { SubnetProps } from '../../stacks/network.ts';
import { carve, cidr, formatCidr } from '../../units/cidr.ts';
import { karpenterDiscoveryTag } from '../../units/wellknown.ts';

/** Zones a VPC has room for. */
const maxZones = 6;

/**
 * Blocks of a VPC's subnets: eighths for private subnets, so that pods never run short of addresses, and sixty-fourths for
 * public and intra ones. The place of a zone's blocks does not depend on how many zones there are: adding one moves nothing.
 * Throws on more than six zones or a VPC smaller than /22 (a bug: the schema allows neither). Pure.
 */
export const subnetBlocks = (vpc: string, zones: number): { readonly private: readonly string[]; readonly public: readonly string[]; readonly intra: readonly string[] } => {
  const block = cidr(vpc);
  const eighths = carve(block, Array.from({ length: 8 }, () => block.prefix + 3));
  const [publicPart, intraPart] = (eighths ?? []).slice(maxZones);
  if (zones > maxZones || !eighths || !publicPart || !intraPart || block.prefix > 22) throw new Error(`${vpc} has no room for the subnets of ${zones} zones`);
  const small = (part: typeof block) => (carve(part, Array.from({ length: zones }, () => block.prefix + 6)) ?? []).map(formatCidr);
  return { private: eighths.slice(0, zones).map(formatCidr), public: small(publicPart), intra: small(intraPart) };
};

/** The subnets of a cluster with the tags by which controllers find them; the discovery tag stands on private ones only. Pure. */
export const subnetsOf = (cluster: { readonly name: string; readonly cidr: string; readonly zones: readonly string[]; readonly network: { readonly intra_subnets: boolean } }) => {
  const blocks = subnetBlocks(cluster.cidr, cluster.zones.length);
  const each = (kind: 'private' | 'public' | 'intra', tags: Readonly<Record<string, string>>): readonly SubnetProps[] =>
    cluster.zones.map((zone, i) => ({ name: `${cluster.name}-${kind}-${zone}`, zone, cidr: blocks[kind][i] ?? '', tags }));
  return {
    public: each('public', { 'kubernetes.io/role/elb': '1' }),
    private: each('private', { 'kubernetes.io/role/internal-elb': '1', [karpenterDiscoveryTag]: cluster.name }),
    intra: cluster.network.intra_subnets ? each('intra', {}) : [],
  };
};
