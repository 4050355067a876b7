import { isDeepStrictEqual } from 'node:util';
import type { Span } from '../../diag/diagnostic.ts';
import type { Flow } from '../../model/component.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import { podsOf, type KnownPods, type Pods } from './pods.ts';
import { oncePer } from '../../units/once-per.ts';

/** Words that stand for something other than pods of a component. */
export const entities = ['kube-apiserver', 'kubelet', 'cluster', 'world', 'ingress'] as const;
export type Entity = (typeof entities)[number];

/** One end of a flow: pods, a word, or a DNS name. */
export type End = { readonly pods: Pods } | { readonly entity: Entity } | { readonly name: string };

/** A declared flow between two ends that are on the cluster. */
export interface ClusterFlow {
  readonly from: End;
  readonly to: End;
  readonly port: number | '*';
  readonly protocol: 'TCP' | 'UDP' | 'ANY';
  readonly why: string;
  /** Component that declared it, and the line of the configuration that asked for that component. */
  readonly component: string;
  readonly because: Span;
}

/** What policies of one cluster are made of. */
export interface ClusterFlows extends KnownPods {
  /** The same for clusters whose policies are the same. */
  readonly key: string;
  readonly flows: readonly ClusterFlow[];
}

const isEntity = (text: string): text is Entity => entities.some((one) => one === text);

/** Workloads that no label tells apart are one to every policy. */
const alike = (one: Pods, other: Pods): boolean => one.component === other.component && one.namespace === other.namespace && !one.onHost && !other.onHost && isDeepStrictEqual(one.labels, other.labels);

/** The ends that an end stands for; none where the component or the workload is not on the cluster. */
const endsOf = (text: string, pods: readonly Pods[]): readonly End[] => {
  if (isEntity(text)) return [{ entity: text }];
  const named = pods.filter(({ id, component }) => component === text || id === text);
  const found = pods.filter((one) => named.some((other) => one === other || alike(one, other)));
  if (found.length > 0) return found.map((one) => ({ pods: one }));
  return !text.includes('/') && text.includes('.') ? [{ name: text }] : [];
};

/** What pods need whatever their component is. */
const implied = (pods: Pods, region: string): readonly Flow[] => [
  ...(pods.component === 'coredns' ? [] : [{ from: pods.id, to: 'coredns', port: 53, protocol: 'ANY' as const, why: 'resolves names' }]),
  ...(pods.takesRole ? [{ from: pods.id, to: `sts.${region}.amazonaws.com`, port: 443, why: 'takes its IAM role' }] : []),
];

/**
 * Every flow of a cluster: what components declare, and what all pods need. In the plan's order; a whole component stands for each of its
 * workloads, and the same flow declared twice is one. Rendering and proofs ask for the same cluster. Pure.
 */
export const flowsOf = oncePer((plan: ClusterPlan): ClusterFlows => {
  const known = podsOf(plan);
  const seen = new Set<string>();
  const found = new Map<string, readonly End[]>();
  const ends = (text: string): readonly End[] => {
    const ready = found.get(text) ?? endsOf(text, known.pods);
    found.set(text, ready);
    return ready;
  };
  const flows = plan.components.flatMap(({ id, network, because }) => {
    const own = known.pods.filter(({ component, onHost }) => component === id && !onHost);
    const declared: readonly Flow[] = [...network, ...own.flatMap((pods) => implied(pods, plan.cluster.region))];
    return declared.flatMap(({ from, to, port, protocol = 'TCP', why }) =>
      ends(from).flatMap((source) => ends(to).flatMap((target): readonly ClusterFlow[] => {
        const key = `${endId(source)} ${endId(target)} ${port} ${protocol}`;
        if (seen.has(key)) return [];
        seen.add(key);
        return [{ from: source, to: target, port, protocol, why, component: id, because }];
      })),
    );
  });
  return { ...known, flows, key: [JSON.stringify(known), ...seen].join('\n') };
});

/** An end in one word. */
const endId = (end: End): string => ('pods' in end ? end.pods.id : 'entity' in end ? end.entity : end.name);
