import { z } from 'zod';
import { ciliumTaintKey } from '../../units/wellknown.ts';
import type { KubeItem } from '../kube-rest.ts';
import { cniReadyAnnotation } from '../kwok-stages.ts';
import { conditionStatus } from '../nodes.ts';
import type { Player } from './player.ts';

const Taint = z.looseObject({ key: z.string(), effect: z.string() });
type Taint = z.infer<typeof Taint>;
const NodeTaints = z.looseObject({ taints: z.array(Taint).optional() });
const OnNode = z.looseObject({ nodeName: z.string().optional() });

/** A restart of the agent leaves the node's network alone, so a short absence changes nothing. */
const absenceGraceMs = 5_000;

/** Names of the nodes on which an agent pod runs and is ready. Pure. */
export function nodesWithAgent(pods: readonly KubeItem[]): ReadonlySet<string> {
  return new Set(pods
    .filter((pod) => pod.metadata.deletionTimestamp === undefined && conditionStatus(pod, 'Ready') === 'True')
    .flatMap((pod) => OnNode.safeParse(pod.spec).data?.nodeName ?? []));
}

/** The merge patch that brings one node in line with whether it has an agent, or undefined when it is. Pure. */
export function nodePatch(node: KubeItem, hasAgent: boolean): object | undefined {
  const taints: readonly Taint[] = NodeTaints.safeParse(node.spec).data?.taints ?? [];
  const tainted = taints.some((taint) => taint.key === ciliumTaintKey);
  const announced = node.metadata.annotations?.[cniReadyAnnotation] === 'true';
  if (hasAgent && (tainted || !announced)) {
    return { metadata: { annotations: { [cniReadyAnnotation]: 'true' }, resourceVersion: node.metadata.resourceVersion }, spec: { taints: taints.filter((taint) => taint.key !== ciliumTaintKey) } };
  }
  if (!hasAgent && announced) {
    const back = { key: ciliumTaintKey, value: 'true', effect: 'NoSchedule' };
    return { metadata: { annotations: { [cniReadyAnnotation]: null }, resourceVersion: node.metadata.resourceVersion }, spec: { taints: tainted ? taints : [...taints, back] } };
  }
  return undefined;
}

/**
 * Plays Cilium's agent: where its pod runs it lifts the startup taint and gives the node its network, and where it stays away it takes
 * both back, as Cilium's operator does. Changes: Node objects.
 */
export function ciliumAgent(now: () => number = Date.now): Player {
  const lastSeen = new Map<string, number>();
  return {
    name: 'cilium-agent',
    async pass(rest) {
      const [pods, nodes] = await Promise.all([
        rest.list('/api/v1/namespaces/kube-system/pods', { labelSelector: 'k8s-app=cilium' }),
        rest.list('/api/v1/nodes'),
      ]);
      const withAgent = nodesWithAgent(pods);
      for (const node of nodes) {
        const { name } = node.metadata;
        const has = withAgent.has(name);
        if (has || !lastSeen.has(name)) lastSeen.set(name, now());
        if (!has && now() - (lastSeen.get(name) ?? 0) < absenceGraceMs) continue;
        const patch = nodePatch(node, has);
        if (patch) await rest.merge(`/api/v1/nodes/${name}`, patch);
      }
    },
  };
}
