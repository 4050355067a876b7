import { z } from 'zod';
import type { KubeItem } from '../kube-rest.ts';
import type { Player } from './player.ts';

/** A kind whose controller would report conditions if its pods really ran. */
export interface ConditionedKind {
  /** API group; all its served versions are equal for this purpose, the first that answers is used. */
  readonly group: string;
  readonly plural: string;
  /** Condition types that are `True` once the controller has done its work. */
  readonly types: readonly string[];
  /** More of the status that health checks read. */
  readonly more?: (item: KubeItem) => Readonly<Record<string, unknown>>;
  /** The whole patch, for kinds whose conditions stand elsewhere; undefined when nothing is to be said. */
  readonly patch?: (item: KubeItem, now: string) => object | undefined;
}

const simulated = (type: string, generation: number, now: string): object => ({
  type, status: 'True', reason: 'Simulated', message: 'simulated by the local platform', lastTransitionTime: now,
  // External Secrets' conditions have no such field; unknown fields are dropped by the API server.
  observedGeneration: generation,
});

const Route = z.looseObject({ parentRefs: z.array(z.looseObject({ name: z.string() })).default([]) });
const RouteStatus = z.looseObject({ parents: z.array(z.looseObject({ conditions: z.array(z.looseObject({ observedGeneration: z.number().optional() })) })).default([]) });

/** A route tells of each Gateway apart whether that took it. Source: `RouteParentStatus` of gateway.networking.k8s.io/v1. */
const routePatch = (item: KubeItem, now: string): object | undefined => {
  const refs = Route.safeParse(item.spec).data?.parentRefs ?? [];
  const said = RouteStatus.safeParse(item.status).data?.parents ?? [];
  const generation = item.metadata.generation ?? 1;
  if (said.length === refs.length && said.every(({ conditions }) => conditions.every(({ observedGeneration }) => observedGeneration === generation))) return undefined;
  return { status: { parents: refs.map((parentRef) => ({ parentRef, controllerName: 'io.cilium/gateway-controller', conditions: ['Accepted', 'ResolvedRefs'].map((type) => simulated(type, generation, now)) })) } };
};

const Replicas = z.looseObject({ replicas: z.number().optional() });

/** Counters that the Prometheus operator's definitions demand in a status. Source: `PrometheusStatus` and `AlertmanagerStatus` of monitoring.coreos.com/v1. */
const operatorReplicas = (item: KubeItem): Readonly<Record<string, unknown>> => {
  const replicas = Replicas.safeParse(item.spec).data?.replicas ?? 1;
  return { paused: false, replicas, updatedReplicas: replicas, availableReplicas: replicas, unavailableReplicas: 0 };
};

/** Kinds and the conditions that Argo CD's health checks wait for. Source: resource_customizations of Argo CD v3.2.6. */
export const conditionedKinds: readonly ConditionedKind[] = [
  { group: 'external-secrets.io', plural: 'clustersecretstores', types: ['Ready'] },
  { group: 'external-secrets.io', plural: 'secretstores', types: ['Ready'] },
  { group: 'external-secrets.io', plural: 'externalsecrets', types: ['Ready'] },
  { group: 'external-secrets.io', plural: 'pushsecrets', types: ['Ready'] },
  { group: 'cert-manager.io', plural: 'clusterissuers', types: ['Ready'] },
  { group: 'cert-manager.io', plural: 'issuers', types: ['Ready'] },
  { group: 'cert-manager.io', plural: 'certificates', types: ['Ready'] },
  { group: 'karpenter.sh', plural: 'nodepools', types: ['ValidationSucceeded', 'NodeClassReady', 'Ready'] },
  { group: 'karpenter.k8s.aws', plural: 'ec2nodeclasses', types: ['ValidationSucceeded', 'SubnetsReady', 'SecurityGroupsReady', 'AMIsReady', 'InstanceProfileReady', 'Ready'] },
  { group: 'monitoring.coreos.com', plural: 'prometheuses', types: ['Available', 'Reconciled'], more: operatorReplicas },
  { group: 'monitoring.coreos.com', plural: 'alertmanagers', types: ['Available', 'Reconciled'], more: operatorReplicas },
  { group: 'gateway.networking.k8s.io', plural: 'gatewayclasses', types: ['Accepted'] },
  { group: 'gateway.networking.k8s.io', plural: 'gateways', types: ['Accepted', 'Programmed'] },
  { group: 'gateway.networking.k8s.io', plural: 'httproutes', types: [], patch: routePatch },
];

const Conditions = z.looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string(), observedGeneration: z.number().optional() })).optional() });

/** The merge patch for the status, or undefined when every condition is already there for this generation. Pure. */
export function statusPatch(item: KubeItem, kind: ConditionedKind, now: string): object | undefined {
  if (kind.patch) return kind.patch(item, now);
  const have = Conditions.safeParse(item.status).data?.conditions ?? [];
  const generation = item.metadata.generation ?? 1;
  if (kind.types.every((type) => have.some((c) => c.type === type && c.status === 'True'))) return undefined;
  const others = have.filter((c) => !kind.types.includes(c.type));
  return {
    status: {
      ...kind.more?.(item),
      conditions: [...others, ...kind.types.map((type) => simulated(type, generation, now))],
    },
  };
}

const GroupVersions = z.looseObject({ versions: z.array(z.object({ version: z.string() })) });

/** Plays the controllers of custom resources as far as their status goes. Kinds appear whenever their CRD does. Changes: status of these. */
export function conditionReporter(kinds: readonly ConditionedKind[] = conditionedKinds, now: () => Date = () => new Date()): Player {
  return {
    name: 'custom-resources',
    async pass(rest) {
      for (const group of new Set(kinds.map((kind) => kind.group))) {
        const known = GroupVersions.safeParse(await rest.call('GET', `/apis/${group}`).catch(() => undefined)).data?.versions ?? [];
        for (const kind of kinds.filter((k) => k.group === group)) {
          for (const { version } of known) {
            const items = await rest.list(`/apis/${group}/${version}/${kind.plural}`);
            for (const item of items) await report(rest, `/apis/${group}/${version}`, kind, item, now());
            if (items.length > 0) break;
          }
        }
      }
    },
  };
}

async function report(rest: Parameters<Player['pass']>[0], base: string, kind: ConditionedKind, item: KubeItem, now: Date): Promise<void> {
  const patch = item.metadata.deletionTimestamp === undefined ? statusPatch(item, kind, now.toISOString()) : undefined;
  if (!patch) return;
  const { name, namespace } = item.metadata;
  const path = `${base}/${namespace ? `namespaces/${namespace}/` : ''}${kind.plural}/${name}`;
  await rest.merge(`${path}/status`, patch).catch(() => rest.merge(path, patch));
}
