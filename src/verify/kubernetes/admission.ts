import { charts } from '../../../catalog/charts.ts';
import type { ChartPin } from '../../../catalog/chart-pin.ts';
import { limitsOf } from '../../components/admission/rules.ts';
import { problem } from '../../diag/problem.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import type { ClusterPlan, ComponentPlan, Plan } from '../../model/plan.ts';
import type { ChartRelease, Release } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { isFrom, isTagged, refusingPolicies, type Limits } from './admission-rules.ts';
import { bindingScope, type BindingScope } from './binding-scope.ts';
import { servedObjects } from './served-objects.ts';

interface Finding {
  readonly policy: string;
  readonly what: string;
}

/** Images of a chart as the catalogue or the component names them; undefined when nobody does. */
const imagesOf = ({ chart }: ChartRelease): readonly string[] | undefined => (typeof chart === 'string' ? (Object.hasOwn(charts, chart) ? (charts[chart as keyof typeof charts] as ChartPin).images : []) : chart.images);

const imageFindings = (images: readonly string[], registries: readonly string[]): readonly Finding[] =>
  images.flatMap((image) => [...(isFrom(image, registries) ? [] : [{ policy: 'platform-allowed-registries', what: `image ${image}` }]), ...(isTagged(image) ? [] : [{ policy: 'platform-no-latest-tag', what: `image ${image}` }])]);

/** What the plan doesn't know of a chart's pods, so that only an exemption, or the Pod Security level that holds them already, proves that they are let in. */
const unknownOfPods = (level: ReturnType<BindingScope['levelOf']>): readonly string[] => [
  'platform-required-labels',
  'platform-resource-limits',
  ...(level === 'baseline' || level === 'restricted' ? [] : ['platform-no-privileged', 'platform-host-access']),
  ...(level === 'restricted' ? [] : ['platform-run-as-non-root']),
];

const objectsOf = (release: Release): readonly KubeObject[] => {
  if (release.kind === 'manifests') return [...release.manifests, ...release.clusterManifests];
  return [...(release.standIn.objects ?? []), ...(release.kind === 'chart' ? servedObjects(release) : [])];
};

const namespaceOf = ({ kind, metadata }: KubeObject, release: Release): string => (kind === 'Namespace' ? metadata.name : (metadata.namespace ?? release.namespace));

const releaseFindings = (release: Release, scope: BindingScope, limits: Limits): readonly Finding[] => {
  const objects = objectsOf(release).flatMap((object) => refusingPolicies(object, limits).filter((policy) => scope.denies(policy, namespaceOf(object, release))).map((policy) => ({ policy, what: `${object.kind} ${object.metadata.name}` })));
  if (release.kind === 'manifests') return objects;
  const places = new Set(release.standIn.workloads.map(({ namespace = release.namespace }) => namespace));
  const pods = [...places].flatMap((place) => unknownOfPods(scope.levelOf(place)).filter((policy) => scope.denies(policy, place)).map((policy) => ({ policy, what: 'what it does not say of its pods' })));
  const images = release.kind === 'chart' ? imageFindings(imagesOf(release) ?? [], limits.registries) : [];
  return [...objects, ...pods, ...images.filter(({ policy }) => [release.namespace, ...places].some((place) => scope.denies(policy, place)))];
};

const componentFindings = ({ cluster }: ClusterPlan, { id, workload, because }: ComponentPlan, scope: BindingScope, limits: Limits): readonly Diagnostic[] =>
  workload.releases.flatMap((release) => [
    ...releaseFindings(release, scope, limits).map(({ policy, what }) =>
      problem('verify/refused-by-policy', because, `Policy ${policy} of cluster ${cluster.name} would refuse ${what} of release "${release.name}" (component "${id}", namespace ${release.namespace}).`, `Add "${release.namespace}" to the policy's \`exempt_namespaces\` of component admission-policies, set its mode to audit, or correct the component.`),
    ),
    ...(release.kind === 'chart' && imagesOf(release) === undefined && scope.denies('platform-allowed-registries', release.namespace)
      ? [problem('verify/unproven-images', because, `Chart "${release.name}" of component "${id}" names no images, and cluster ${cluster.name} refuses those of unknown registries.`, 'Add `images` to the pin of the chart in the component.')]
      : []),
  ]);

/**
 * Proves that no policy in mode `deny` refuses what the platform itself brings to a cluster: namespaces, plain objects, images of charts, services and
 * ingresses that values ask for, and pods, as far as the plan knows them. One finding for one fault, however many clusters have it. Pure.
 */
export const admission = (plan: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const planned of plan.environments.flatMap(({ clusters }) => clusters)) {
    const own = planned.components.find(({ id }) => id === 'admission-policies');
    if (!own) continue;
    const scope = bindingScope(planned);
    if (!scope.deniesAnything) continue;
    const limits = limitsOf(planned.environment, own.settings);
    const namespaces = scope.namespaces.flatMap((object) => refusingPolicies(object, limits).filter((policy) => scope.denies(policy, object.metadata.name)).map((policy) =>
      problem('verify/refused-by-policy', own.because, `Policy ${policy} of cluster ${planned.cluster.name} would refuse namespace ${object.metadata.name}.`, 'Namespaces of the platform bear the labels team, environment and cluster: ask for these, or set the policy to audit.')));
    for (const finding of [...namespaces, ...planned.components.flatMap((component) => componentFindings(planned, component, scope, limits))]) {
      const key = finding.summary.replaceAll(planned.cluster.name, '');
      if (!found.has(key)) found.set(key, finding);
    }
  }
  return [...found.values()];
};
