import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Cidr } from '../units/cidr.ts';
import { byAddress, contains, endOf, firstFit, formatCidr, overlaps, parseCidr } from '../units/cidr.ts';
import type { Lock, LockedCluster } from './lock-file.ts';
import { byText } from './plain-data.ts';
import { paths } from './platform-settings.ts';

/** One cluster that needs addresses. */
export interface Tenant {
  readonly cluster: string;
  readonly environment: string;
  /** Blocks of its environment, in the order of `base_cidr`. */
  readonly base: readonly Cidr[];
  /** Wanted prefix of its VPC. */
  readonly prefix: number;
  /** Where the registry lists it. */
  readonly at: Span;
  /** Where the environment's `base_cidr` stands. */
  readonly baseAt: Span;
}

/** Largest Cilium cluster id we hand out: in ENI mode the pinned chart refuses 128 to 255 (catalog/charts.ts, traps of cilium). */
export const mostMeshIds = 127;

/** What allocation decides; `clusters` holds exactly the clusters that got a block. */
export interface Allocation {
  readonly clusters: ReadonlyMap<string, LockedCluster>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Kept {
  readonly tenant: Tenant;
  readonly block: Cidr;
  readonly meshId: number;
  readonly at: Span;
}

const again = (cluster: string): string => `argoeks build --reallocate ${cluster}`;

/** The one of two that should move: the lexically later, so that everybody is told the same. */
const newcomer = (a: Kept, b: Kept): readonly [older: Kept, newer: Kept] => (byText(a.tenant.cluster, b.tenant.cluster) < 0 ? [a, b] : [b, a]);

const collisions = (kept: readonly Kept[]): readonly Diagnostic[] => {
  const found: Diagnostic[] = [];
  const tell = (a: Kept, b: Kept, what: string): void => {
    const [older, newer] = newcomer(a, b);
    found.push(problem('lock/collision', newer.at, `${newer.tenant.cluster} and ${older.tenant.cluster} (line ${older.at.line}) both hold ${what}.`, `If ${newer.tenant.cluster} does not exist in AWS yet, give it another: ${again(newer.tenant.cluster)}. Otherwise, if ${older.tenant.cluster} does not: ${again(older.tenant.cluster)}.`));
  };
  let widest: Kept | undefined;
  for (const one of kept.toSorted((a, b) => byAddress(a.block, b.block))) {
    if (widest && overlaps(widest.block, one.block)) tell(widest, one, `addresses of ${formatCidr(one.block)}`);
    if (!widest || endOf(one.block) > endOf(widest.block)) widest = one;
  }
  const meshes = new Map<string, Kept>();
  for (const one of kept) {
    if (one.meshId === 0) continue;
    const key = `${one.tenant.environment}\n${one.meshId}`;
    const other = meshes.get(key);
    if (other) tell(other, one, `mesh id ${one.meshId}`);
    else meshes.set(key, one);
  }
  return found;
};

const checkKept = ({ tenant, block, at }: Kept): readonly Diagnostic[] => {
  const { cluster, base, prefix } = tenant;
  if (base.length > 0 && !base.some((from) => contains(from, block))) {
    return [problem('lock/outside-base', at, `${cluster} holds ${formatCidr(block)}, which is not inside base_cidr of ${tenant.environment} (${base.map(formatCidr).join(', ')}).`, `Add the block's range to base_cidr again; or, if the cluster does not exist in AWS yet: ${again(cluster)}.`)];
  }
  if (block.prefix !== prefix) {
    return [problem('lock/prefix-kept', at, `${cluster} keeps ${formatCidr(block)}, although network.vpc_prefix asks for /${prefix}.`, `A VPC cannot be resized. If the cluster does not exist in AWS yet: ${again(cluster)}.`)];
  }
  return [];
};

/**
 * Gives every cluster its VPC block and Cilium cluster id. What the lock holds stays; a cluster that is gone frees its own; a new
 * one gets the first free block of its environment, in the order of names. The result does not depend on the order of `tenants`.
 * Pure. Codes: `lock/collision`, `lock/outside-base`, `lock/exhausted`, `lock/prefix-kept`, `lock/no-mesh-id`, `lock/corrupt`,
 * `lock/unknown-cluster`.
 */
export const allocate = (tenants: readonly Tenant[], lock: Lock, reallocate: ReadonlySet<string> = new Set()): Allocation => {
  const diagnostics: Diagnostic[] = [];
  const sorted = tenants.toSorted((a, b) => byText(a.cluster, b.cluster));
  const names = new Set(sorted.map((tenant) => tenant.cluster));
  for (const name of reallocate) {
    if (!names.has(name)) diagnostics.push(problem('lock/unknown-cluster', { file: paths.lock, line: 1, column: 1 }, `"${name}" cannot be re-allocated: no registry lists it.`, `Use the name of a registered cluster with --reallocate.`));
  }
  const kept: Kept[] = [];
  for (const tenant of sorted) {
    const entry = lock.clusters.get(tenant.cluster);
    if (!entry || reallocate.has(tenant.cluster)) continue;
    const parsed = parseCidr(entry.cidr);
    if ('cidr' in parsed) kept.push({ tenant, block: parsed.cidr, meshId: entry.mesh_id, at: entry.at });
    else diagnostics.push(problem('lock/corrupt', entry.at, `The block of ${tenant.cluster}, "${entry.cidr}", is not an IPv4 block.`, `Restore the line from git; or, if the cluster does not exist in AWS yet: ${again(tenant.cluster)}.`));
  }
  diagnostics.push(...collisions(kept), ...kept.flatMap(checkKept));

  const taken = kept.map((one) => one.block).sort(byAddress);
  const meshIds = new Map<string, Set<number>>();
  const idsOf = (environment: string): Set<number> => {
    const ids = meshIds.get(environment) ?? new Set<number>();
    meshIds.set(environment, ids);
    return ids;
  };
  for (const { tenant, meshId } of kept) idsOf(tenant.environment).add(meshId);

  const result = new Map<string, LockedCluster>(kept.map(({ tenant, block, meshId }) => [tenant.cluster, { cidr: formatCidr(block), mesh_id: meshId }]));
  const full = new Map<string, Tenant[]>();
  const beyond = new Map<string, Tenant[]>();
  for (const tenant of sorted) {
    if (result.has(tenant.cluster) || (lock.clusters.has(tenant.cluster) && !reallocate.has(tenant.cluster)) || tenant.base.length === 0) continue;
    const block = firstFit(tenant.base, taken, tenant.prefix);
    if (!block) {
      full.set(tenant.environment, [...(full.get(tenant.environment) ?? []), tenant]);
      continue;
    }
    const index = taken.findIndex((other) => byAddress(block, other) < 0);
    taken.splice(index < 0 ? taken.length : index, 0, block);
    const ids = idsOf(tenant.environment);
    let meshId = 1;
    while (meshId <= mostMeshIds && ids.has(meshId)) meshId++;
    if (meshId > mostMeshIds) {
      meshId = 0;
      beyond.set(tenant.environment, [...(beyond.get(tenant.environment) ?? []), tenant]);
    }
    ids.add(meshId);
    result.set(tenant.cluster, { cidr: formatCidr(block), mesh_id: meshId });
  }
  for (const [environment, [first, ...rest]] of full) {
    if (first) diagnostics.push(problem('lock/exhausted', first.baseAt, `No /${first.prefix} block is free in base_cidr of ${environment} (${first.base.map(formatCidr).join(', ')}) for ${first.cluster}${rest.length > 0 ? ` and ${rest.length} more` : ''}.`, 'Add a second block to base_cidr, for example one of 100.64.0.0/10, or give new clusters a longer network.vpc_prefix such as 18.'));
  }
  for (const [environment, [first, ...rest]] of beyond) {
    if (first) diagnostics.push(problem('lock/no-mesh-id', first.at, `All ${mostMeshIds} Cilium cluster ids of ${environment} are taken; ${first.cluster}${rest.length > 0 ? ` and ${rest.length} more` : ''} cannot join its mesh.`, 'Put clusters that must see each other into one environment and the others into another.'));
  }
  return { clusters: result, diagnostics };
};
