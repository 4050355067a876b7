import { charts } from '../../../catalog/charts.ts';
import type { ChartPin } from '../../../catalog/chart-pin.ts';
import { limitsOf } from '../../../src/components/admission-policies.ts';
import { flowsOf } from '../../../src/emit/network/flows.ts';
import type { Pods } from '../../../src/emit/network/pods.ts';
import type { ClusterPlan } from '../../../src/model/plan.ts';
import type { ChartRelease } from '../../../src/model/workload.ts';
import { formatCpu, formatMemory, parseQuantity } from '../../../src/units/quantity.ts';
import { refusingPolicies } from '../../../src/verify/kubernetes/admission-rules.ts';
import { bindingScope } from '../../../src/verify/kubernetes/binding-scope.ts';
import { neverLetsGo } from '../../../src/verify/kubernetes/disruption-budgets.ts';
import { at, holds, isTest, record, text, titleOf, type RealPods } from './real-pods.ts';

/** Pods of the plan that stand for real ones; Jobs may bear a checksum behind their name. Pure. */
export const claimedPods = (plan: ClusterPlan, component: string, real: RealPods): Pods | undefined => {
  const { pods } = flowsOf(plan);
  const id = `${component}/${real.name}`;
  return pods.find((one) => one.id === id) ?? pods.find((one) => real.title.startsWith('Job/') && id.startsWith(`${one.id}-`));
};

/** What the plan says of a release's pods and is otherwise in the real ones. `others`: all real pods of the cluster. Pure. */
export const labelFaults = (plan: ClusterPlan, component: string, pods: readonly RealPods[], others: readonly RealPods[]): readonly string[] =>
  pods.flatMap((real) => {
    const claimed = claimedPods(plan, component, real);
    if (!claimed) return [`${real.title}: neither the stand-in nor catalog/pod-labels.ts has these pods, ${JSON.stringify(real.labels)}`];
    const wrong: string[] = [];
    if (claimed.onHost !== real.onHost) wrong.push(`${real.title} ${real.onHost ? 'uses' : 'does not use'} the network of its node`);
    if (!holds(real.labels, claimed.labels)) wrong.push(`${real.title} has the labels ${JSON.stringify(real.labels)}, not ${JSON.stringify(claimed.labels)}`);
    if (Object.keys(claimed.labels).length === 0) return wrong;
    const alike = others.filter((one) => one.namespace === real.namespace && !one.onHost && holds(one.labels, claimed.labels) && claimedPods(plan, component, one)?.id !== claimed.id);
    return [...wrong, ...alike.map((one) => `labels of ${real.title} select ${one.title} too`)];
  });

/** Workloads whose pods ask for other resources than their stand-in, by which nodes are sized. Pure. */
export const requestFaults = ({ standIn }: ChartRelease, pods: readonly RealPods[]): readonly string[] =>
  standIn.workloads.flatMap(({ kind, name, requests }) => {
    const real = pods.find(({ title }) => title === `${kind}/${name}`);
    if (!real?.requests) return [];
    const asks = `${formatCpu(real.requests.cpu)} ${formatMemory(real.requests.memory)}`;
    const claimed = `${formatCpu(parseQuantity(requests.cpu) ?? 0)} ${formatMemory(parseQuantity(requests.memory) ?? 0)}`;
    return asks === claimed ? [] : [`${real.title} requests ${asks}, not ${claimed}`];
  });

/** Images of the pods that the catalogue does not name. Pure. */
export const imageFaults = ({ chart }: ChartRelease, pods: readonly RealPods[]): readonly string[] => {
  const named = typeof chart === 'string' ? (charts[chart as keyof typeof charts] as ChartPin).images : (chart.images ?? []);
  return [...new Set(pods.flatMap(({ images }) => images))].filter((image) => !named.includes(image)).map((image) => `runs ${image}, which the pin of the chart does not name`);
};

/** Objects that a policy in mode `deny` would refuse. Pure. */
export const refusals = (plan: ClusterPlan, release: ChartRelease, objects: readonly unknown[]): readonly string[] => {
  const own = plan.components.find(({ id }) => id === 'admission-policies');
  if (!own) return [];
  const scope = bindingScope(plan);
  const limits = limitsOf(plan.environment, own.settings);
  return objects.map(record).filter((object) => !isTest(object)).flatMap((object) => {
    const namespace = text(at(object, 'metadata', 'namespace')) || release.namespace;
    return refusingPolicies(object, limits).filter((policy) => scope.denies(policy, namespace)).map((policy) => `${titleOf(object)} is refused by ${policy}`);
  });
};

/** Budgets of the chart that let no pod go, or that are for nobody. Pure. */
export const budgetFaults = (objects: readonly unknown[], pods: readonly RealPods[], namespace: string): readonly string[] =>
  objects.map(record).filter(({ kind }) => kind === 'PodDisruptionBudget').flatMap((budget) => {
    const own = text(at(budget, 'metadata', 'namespace')) || namespace;
    const selected = pods.filter((one) => one.namespace === own && holds(one.labels, record(at(budget, 'spec', 'selector', 'matchLabels'))));
    const replicas = selected.reduce((sum, one) => sum + one.replicas, 0);
    if (selected.length === 0) return [`${titleOf(budget)} selects nobody`];
    return neverLetsGo(record(budget['spec']), replicas) ? [`${titleOf(budget)} lets none of ${replicas} go`] : [];
  });
