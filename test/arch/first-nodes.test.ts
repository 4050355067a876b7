import { expect, it } from 'vitest';
import { instanceFacts } from '../../catalog/instances.ts';
import type { ClusterPlan } from '../../src/model/plan.ts';
import { parseQuantity } from '../../src/units/quantity.ts';
import { defaultClusters } from '../fixtures/network-plans.ts';

/** A request in cores or bytes; one that is no quantity fails the comparison below. */
const quantity = (text = '0'): number => parseQuantity(text) ?? Number.NaN;

/** What the platform asks for in all, on as many nodes as a cluster begins with. */
const asked = ({ cluster, components }: ClusterPlan): { readonly cpu: number; readonly memory: number } => {
  const workloads = components.flatMap(({ workload }) => workload.releases.flatMap((release) => (release.kind === 'manifests' ? [] : (release.standIn?.workloads ?? []))));
  const times = (kind: string, replicas = 1): number => (kind === 'DaemonSet' ? cluster.nodes.desired : replicas);
  return {
    cpu: workloads.reduce((sum, { kind, replicas, requests }) => sum + times(kind, replicas) * quantity(requests['cpu']), 0),
    memory: workloads.reduce((sum, { kind, replicas, requests }) => sum + times(kind, replicas) * quantity(requests['memory']), 0),
  };
};

// Karpenter brings more nodes, but it and what comes before it need those of the node group; and pods of different sizes never fill a node.
it.each(defaultClusters().map((plan) => [plan.cluster.name, plan] as const))('the platform of %s leaves a fifth of its first nodes free', (_name, plan) => {
  const { nodes } = plan.cluster;
  const { cpu, memory } = asked(plan);
  const type = instanceFacts(nodes.instance_types[0] ?? '');
  if (!type) throw new Error(`no facts of ${nodes.instance_types[0]}`);
  expect(cpu).toBeGreaterThan(1);
  expect(cpu / (nodes.desired * type.vcpus)).toBeLessThan(0.8);
  expect(memory / (nodes.desired * type.memoryGib * 2 ** 30)).toBeLessThan(0.8);
});
