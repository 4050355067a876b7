import type { Cluster } from '../config/platform.ts';
import type { Kube, KubeQuery } from '../ports/kube.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { argocdNamespace } from '../units/wellknown.ts';
import type { Site } from './site.ts';
import type { StepContext, StepOutcome } from './step.ts';
import { waitFor } from './wait.ts';

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});

const argo = (kind: string): KubeQuery => ({ apiVersion: 'argoproj.io/v1alpha1', kind, namespace: argocdNamespace });
const inNamespace = (query: KubeQuery, { metadata }: KubeObject): KubeQuery => (metadata.namespace === undefined ? query : { ...query, namespace: metadata.namespace });
const titleOf = ({ kind, metadata }: KubeObject): string => `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;

/**
 * Stops GitOps from putting back what the teardown removes. ApplicationSets first: they would otherwise write the automation back
 * into their Applications; they keep their Applications and create nothing more.
 */
export const suspendGitOps = async (kube: Kube): Promise<number> => {
  const sets = await kube.list(argo('ApplicationSet'));
  for (const { metadata } of sets) await kube.patch(argo('ApplicationSet'), metadata.name, { spec: { syncPolicy: { applicationsSync: 'create-only', preserveResourcesOnDeletion: true } } });
  const applications = await kube.list(argo('Application'));
  // Parents before children: an app-of-apps heals its children's spec as long as it is automated itself.
  const parentsFirst = [...applications].sort((a, b) => Number(isParent(b)) - Number(isParent(a)));
  for (const { metadata } of parentsFirst) await kube.patch(argo('Application'), metadata.name, { spec: { syncPolicy: { automated: null } }, operation: null });
  return sets.length + applications.length;
};

const isParent = (application: KubeObject): boolean => {
  const resources = object(application['status'])['resources'];
  return Array.isArray(resources) && resources.some((r) => object(r)['kind'] === 'Application');
};

interface Kind {
  readonly query: KubeQuery;
  readonly only?: (found: KubeObject) => boolean;
}

/** Removes all objects of some kinds and waits until they are gone; what stays is named with the finalizers that hold it. */
const removeAll = async (site: Site, cluster: Cluster, kube: Kube, ctx: StepContext, what: string, kinds: readonly Kind[], fix: string): Promise<StepOutcome> => {
  const find = async (): Promise<readonly { readonly kind: Kind; readonly object: KubeObject }[]> =>
    (await Promise.all(kinds.map(async (kind) => (await kube.list(kind.query)).filter((o) => kind.only?.(o) ?? true).map((found) => ({ kind, object: found }))))).flat();
  const removed = await find();
  for (const found of removed) await kube.remove(inNamespace(found.kind.query, found.object), found.object.metadata.name);
  await waitFor({
    what: `${what} of ${cluster.name} to go`,
    at: cluster.at,
    clock: site.clock,
    signal: ctx.signal,
    note: ctx.note,
    deadlineMs: site.local ? 120_000 : 900_000,
    everyMs: site.local ? 500 : 5_000,
    fix,
    look: async () => {
      const left = await find();
      if (left.length === 0) return { value: true };
      const named = left.slice(0, 3).map(({ object: o }) => {
        const finalizers = object(o.metadata)['finalizers'];
        return `${titleOf(o)}${Array.isArray(finalizers) && finalizers.length > 0 ? ` (held by ${finalizers.join(', ')})` : ''}`;
      });
      return { cause: `${left.length} left: ${named.join('; ')}` };
    },
  });
  const names = removed.map(({ object: o }) => titleOf(o));
  return { summary: names.length > 0 ? `removed ${names.length}` : 'none there', unchanged: names.length === 0, data: { removed: names } };
};

/** Load balancers are made by a controller inside the cluster and are unknown to Terraform: while they live, subnets and security groups can't go. */
export const drainLoadBalancers = (site: Site, cluster: Cluster, kube: Kube, ctx: StepContext): Promise<StepOutcome> =>
  removeAll(
    site, cluster, kube, ctx, 'load balancers',
    [
      { query: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' } },
      { query: { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' } },
      { query: { apiVersion: 'v1', kind: 'Service' }, only: (o) => object(o['spec'])['type'] === 'LoadBalancer' },
    ],
    'Look at the log of aws-load-balancer-controller: it removes the load balancer and then the finalizer. Then continue with --resume.',
  );

/** Karpenter's nodes are instances that Terraform does not know: pools first, so that nothing is launched again. */
export const drainKarpenter = (site: Site, cluster: Cluster, kube: Kube, ctx: StepContext): Promise<StepOutcome> =>
  removeAll(
    site, cluster, kube, ctx, 'Karpenter\'s nodes',
    [
      { query: { apiVersion: 'karpenter.sh/v1', kind: 'NodePool' } },
      { query: { apiVersion: 'karpenter.sh/v1', kind: 'NodeClaim' } },
      { query: { apiVersion: 'v1', kind: 'Node', labelSelector: 'karpenter.sh/nodepool' } },
    ],
    'Look at the log of karpenter; a pod disruption budget may hold the last pods. Then continue with --resume.',
  );

interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

const ownersOf = (found: KubeObject): readonly OwnerReference[] => {
  const references = object(found.metadata)['ownerReferences'];
  return Array.isArray(references) ? references.map((r) => ({ apiVersion: String(object(r)['apiVersion']), kind: String(object(r)['kind']), name: String(object(r)['name']) })) : [];
};

/** The object at the top of a chain of owners: removing anything below it would only be repaired. */
const topOwner = async (kube: Kube, found: KubeObject, depth = 0): Promise<KubeObject> => {
  const owner = ownersOf(found)[0];
  if (!owner || depth > 5) return found;
  const above = await kube.get(inNamespace({ apiVersion: owner.apiVersion, kind: owner.kind }, found), owner.name);
  return above ? topOwner(kube, above, depth + 1) : found;
};

const claimsOf = (pod: KubeObject): readonly string[] => {
  const volumes = object(pod['spec'])['volumes'];
  return Array.isArray(volumes) ? volumes.flatMap((v) => { const name = object(object(v)['persistentVolumeClaim'])['claimName']; return typeof name === 'string' ? [name] : []; }) : [];
};

/** Volumes: first what mounts them (a claim in use is protected), then the claims; the CSI driver, still running, deletes the disks. */
export const drainVolumes = async (site: Site, cluster: Cluster, kube: Kube, ctx: StepContext): Promise<StepOutcome> => {
  const pods = (await kube.list({ apiVersion: 'v1', kind: 'Pod' })).filter((pod) => claimsOf(pod).length > 0);
  for (const pod of pods) {
    const top = await topOwner(kube, pod);
    await kube.remove(inNamespace({ apiVersion: top.apiVersion, kind: top.kind }, top), top.metadata.name);
  }
  return removeAll(
    site, cluster, kube, ctx, 'volumes',
    [
      { query: { apiVersion: 'v1', kind: 'PersistentVolumeClaim' } },
      { query: { apiVersion: 'v1', kind: 'PersistentVolume' }, only: (o) => object(o['spec'])['persistentVolumeReclaimPolicy'] === 'Delete' && object(o['status'])['phase'] !== 'Available' },
    ],
    'See what still mounts the claim (kubectl describe pvc) and the log of ebs-csi-controller. Then continue with --resume.',
  );
};
