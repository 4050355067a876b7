import { addons } from '../../../catalog/addons.ts';
import type { AddonPin } from '../../../catalog/addons.ts';
import { charts } from '../../../catalog/charts.ts';
import { didYouMean } from '../../diag/did-you-mean.ts';
import type { Span } from '../../diag/diagnostic.ts';
import { namespacesOf } from '../../emit/kubernetes/namespaces.ts';
import type { Plan } from '../../model/plan.ts';
import type { AddonRelease, ChartRelease, Release } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { checkValues } from './chart-values.ts';
import { podSecurityIssues } from './pod-security.ts';
import type { PodSecurity } from './pod-security.ts';
import { validateObject } from './schemas.ts';

/** Something in a component's output that a cluster would refuse or ignore. */
export interface PlanFault {
  readonly cluster: string;
  readonly component: string;
  readonly release: string;
  /** Which value or which object and field. */
  readonly what: string;
  readonly message: string;
  /** The line of the configuration that asked for the component. */
  readonly because: Span;
}

type Found = Pick<PlanFault, 'what' | 'message'>;

const chartFaults = ({ chart, values, clusterValues }: ChartRelease): readonly Found[] => {
  if (typeof chart !== 'string') return [];
  if (!Object.hasOwn(charts, chart)) return [{ what: 'chart', message: `"${chart}" is not pinned in catalog/charts.ts` }];
  return [values, clusterValues].flatMap((given) => checkValues(chart, given).map(({ path, message }) => ({ what: `value ${path}`, message })));
};

const addonFaults = ({ addon, configuration }: AddonRelease): readonly Found[] => {
  const pin: AddonPin | undefined = Object.values(addons).find((one) => one.name === addon);
  if (!pin) return [{ what: 'add-on', message: `"${addon}" is not in catalog/addons.ts` }];
  if (!pin.closed) return [];
  return Object.keys(configuration)
    .filter((key) => !pin.configurationKeys.includes(key))
    .map((key) => {
      const near = didYouMean(key, pin.configurationKeys);
      return { what: `configuration ${key}`, message: `the add-on refuses this key${near === undefined ? '' : `; did you mean "${near}"?`}` };
    });
};

const known = new WeakMap<KubeObject, Map<PodSecurity, readonly Found[]>>();

/** Faults of one object; clusters share objects, and each is looked at once. */
const faultsOf = (object: KubeObject, level: PodSecurity): readonly Found[] => {
  const byLevel = known.get(object) ?? new Map<PodSecurity, readonly Found[]>();
  known.set(object, byLevel);
  const found = byLevel.get(level) ?? [...validateObject(object), ...podSecurityIssues(object, level)].map(({ path, message }) => ({ what: `${object.kind}/${object.metadata.name} ${path}`.trim(), message }));
  byLevel.set(level, found);
  return found;
};

const objectFaults = (release: Release, level: PodSecurity): readonly Found[] => {
  const objects = release.kind === 'manifests' ? [...release.manifests, ...release.clusterManifests] : (release.standIn.objects ?? []);
  return objects.flatMap((object) => faultsOf(object, level));
};

/**
 * Checks all that the components of a plan hand to Kubernetes, without rendering a chart: values against the pinned charts, configuration
 * against the add-ons, plain objects against schemas and Pod Security. In the plan's order. Pure but for reading the catalogue.
 */
export const planFaults = (plan: Plan): readonly PlanFault[] =>
  plan.environments.flatMap(({ clusters }) =>
    clusters.flatMap((planned) => {
      const { cluster, components } = planned;
      const levels = new Map(namespacesOf(planned).map(({ name, podSecurity }) => [name, podSecurity]));
      return components.flatMap(({ id, workload, because }) =>
        workload.releases.flatMap((release) => {
          const own = release.kind === 'chart' ? chartFaults(release) : release.kind === 'eks-addon' ? addonFaults(release) : [];
          const found = [...own, ...objectFaults(release, levels.get(release.namespace) ?? 'privileged')];
          return found.map((fault) => ({ cluster: cluster.name, component: id, release: release.name, ...fault, because }));
        }),
      );
    }),
  );
