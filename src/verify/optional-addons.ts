import { addons } from '../../catalog/addons.ts';
import type { AddonPin } from '../../catalog/addons.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ClusterPlan, ComponentPlan, Plan } from '../model/plan.ts';
import type { AddonRelease } from '../model/workload.ts';

const minor = (version: string): number => Number(version.split('.')[1]);

/** Add-ons of nodes that SageMaker HyperPod makes. */
const onHyperpodNodes: ReadonlySet<string> = new Set(['hyperpod-observability', 'hyperpod-taskgovernance', 'hyperpod-training-operator']);

const versionFault = ({ cluster }: ClusterPlan, { because }: ComponentPlan, { addon }: AddonRelease): readonly Diagnostic[] => {
  const pin: AddonPin | undefined = Object.values(addons).find(({ name }) => name === addon);
  const { version } = cluster.kubernetes;
  const range = pin?.kubernetes;
  if (!range || (minor(version) >= minor(range.from) && (range.to === undefined || minor(version) <= minor(range.to)))) return [];
  return [problem('verify/unsupported-addon', because, `EKS offers ${addon} for Kubernetes ${range.from}${range.to === undefined ? ' and later' : ` to ${range.to}`}, but ${cluster.name} has ${version}.`,
    `Set kubernetes.version of ${cluster.name} to one of these, or turn the component off there (spec.components).`)];
};

const faultsOf = (plan: ClusterPlan, component: ComponentPlan): readonly Diagnostic[] => {
  const { cluster } = plan;
  const { id, because, requires } = component;
  const releases = component.workload.releases.filter((release) => release.kind === 'eks-addon');
  if (releases.length === 0) return [];
  return [
    ...releases.flatMap((release) => versionFault(plan, component, release)),
    ...(id === 'guardduty-runtime' && !cluster.network.endpoints.enabled ? [problem('verify/addon-without-endpoint', because, `guardduty-runtime of ${cluster.name} needs the VPC endpoint guardduty-data, but network.endpoints.enabled is false there.`, 'Set network.endpoints.enabled: true; this endpoint costs nothing.')] : []),
    ...(onHyperpodNodes.has(id) ? [problem('verify/hyperpod-without-vpc-cni', because, `${id} of ${cluster.name} serves nodes of SageMaker HyperPod, which AWS supports with the VPC CNI only; this cluster's CNI is Cilium.`, 'Use it for pods on nodes of Karpenter and of the node group, and make no HyperPod instance groups in this cluster; or turn the component off.')] : []),
    ...(requires.includes('cert-manager') ? [problem('verify/addon-before-cert-manager', because, `${id} of ${cluster.name} needs cert-manager, which Argo CD brings only after the root that makes add-ons.`, 'Apply a new cluster without it first, and turn it on once cert-manager is healthy.')] : []),
  ];
};

/** Optional EKS add-ons that a cluster can't have, or has little of. One finding for one line of the configuration. Pure. */
export const optionalAddons = ({ environments }: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const plan of environments.flatMap(({ clusters }) => clusters)) {
    for (const finding of plan.components.flatMap((component) => faultsOf(plan, component))) {
      const key = `${finding.code} ${finding.at.file}:${finding.at.line}:${finding.at.column} ${finding.summary.split(' ')[0] ?? ''}`;
      if (!found.has(key)) found.set(key, finding);
    }
  }
  return [...found.values()];
};
