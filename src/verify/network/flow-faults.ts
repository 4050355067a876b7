import type { Diagnostic } from '../../diag/diagnostic.ts';
import { problem } from '../../diag/problem.ts';
import { flowsOf } from '../../emit/network/flows.ts';
import { policiesOf } from '../../emit/network/policies.ts';
import type { ClusterPlan, Plan } from '../../model/plan.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { reachability } from './reachability.ts';

/** Findings of one cluster: what is declared and closed, what is open and not declared, and pods that no policy can select although their namespace is closed. */
export const clusterFlowFaults = (plan: ClusterPlan, objects: readonly KubeObject[]): readonly Diagnostic[] => {
  const { name } = plan.cluster;
  const { closed, undeclared } = reachability(plan, objects);
  const side = { egress: 'no policy lets the source out', ingress: 'no policy lets the target be reached' } as const;
  return [
    ...closed.map(({ from, to, port, flow, missing }) => problem('verify/flow-closed', flow.because, `On ${name} "${from}" can't reach "${to}" on ${port}, which component "${flow.component}" declares ("${flow.why}"): ${missing.map((one) => side[one]).join(', and ')}.`, 'Correct the flow in `network()` of the component, or the labels of its pods.')),
    ...undeclared.map(({ from, to, port }) => problem('verify/flow-open', plan.cluster.at, `On ${name} "${from}" can reach "${to}" on ${port === '*' ? 'every port' : port}, which no component declares.`, 'Declare the flow in `network()` of the component that needs it, or narrow the policy that opens it.')),
    ...unselected(plan),
  ];
};

const unselected = (plan: ClusterPlan): readonly Diagnostic[] => {
  const { unknown } = flowsOf(plan);
  return plan.components.flatMap(({ id, workload, because }) =>
    workload.namespaces.length === 0
      ? []
      : unknown.filter((pods) => pods.startsWith(`${id}/`)).map((pods) =>
          problem('verify/unselected-pods', because, `On ${plan.cluster.name} nothing says how pods of "${pods}" are labelled, so their namespace is closed to them and no policy opens what they need.`, 'Give the workload in `standIn` the labels that its chart puts on the pods, or add them to catalog/pod-labels.ts.')));
};

/** Proves for every cluster with network policies that what components declare is open, and nothing else is. Clusters with the same policies are proven once. Pure. */
export const flowFaults = (plan: Plan): readonly Diagnostic[] => {
  const proven = new Set<string>();
  return plan.environments.flatMap(({ clusters }) =>
    clusters.flatMap((cluster) => {
      if (!cluster.cluster.network.policies) return [];
      const { key } = flowsOf(cluster);
      if (proven.has(key)) return [];
      proven.add(key);
      return clusterFlowFaults(cluster, policiesOf(cluster));
    }),
  );
};
