import { podLabels } from '../../../catalog/pod-labels.ts';
import type { ClusterPlan, ComponentPlan } from '../../model/plan.ts';
import type { Release, StandInWorkload } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';

/** Pods of one workload of a component, as a network policy sees them. */
export interface Pods {
  /** `<component>/<workload>`. */
  readonly id: string;
  readonly component: string;
  readonly namespace: string;
  /** Empty: every pod of the namespace, which is this component's alone. */
  readonly labels: Readonly<Record<string, string>>;
  /** Shares its node's network: Cilium knows it as the node, and no CiliumNetworkPolicy selects it. */
  readonly onHost: boolean;
  /** Takes an IAM role, so it asks STS for credentials. */
  readonly takesRole: boolean;
}

/** The pods of a cluster's components, and those that no policy can select because nothing says how they are labelled. */
export interface KnownPods {
  readonly pods: readonly Pods[];
  readonly unknown: readonly string[];
}

interface Made {
  readonly release: Release;
  readonly workload: Pick<StandInWorkload, 'name' | 'labels' | 'hostNetwork' | 'roleArn' | 'serviceAccount'>;
}

const sourceOf = (release: Release): string => (release.kind === 'chart' ? (typeof release.chart === 'string' ? release.chart : release.chart.name) : release.kind === 'eks-addon' ? release.addon : '');

const further = Object.entries(podLabels).flatMap(([name, { alsoOf }]) => (alsoOf === undefined ? [] : [{ name, alsoOf }]));

const workloadKinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

/** What plain objects say of their pods themselves. */
interface PodTemplate {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: { readonly serviceAccountName?: string; readonly hostNetwork?: boolean };
}
interface WorkloadSpec {
  readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly template: PodTemplate;
}

const asWorkload = ({ kind, metadata, spec }: KubeObject): Made['workload'] => {
  const { selector, template } = kind === 'CronJob' ? (spec as { readonly jobTemplate: { readonly spec: WorkloadSpec } }).jobTemplate.spec : (spec as WorkloadSpec);
  // Nothing selects the pods of a Job but what the API server adds to them.
  const labels = selector?.matchLabels ?? (kind === 'CronJob' ? template.metadata?.labels : undefined);
  return {
    name: metadata.name,
    ...(labels ? { labels } : {}),
    ...(template.spec.serviceAccountName === undefined ? {} : { serviceAccount: template.spec.serviceAccountName }),
    ...(template.spec.hostNetwork === undefined ? {} : { hostNetwork: template.spec.hostNetwork }),
  };
};

const madeBy = ({ workload }: ComponentPlan): readonly Made[] =>
  workload.releases.flatMap((release): readonly Made[] => {
    if (release.kind === 'manifests') return [...release.manifests, ...release.clusterManifests].filter(({ kind }) => workloadKinds.has(kind)).map((object) => ({ release, workload: asWorkload(object) }));
    const source = sourceOf(release);
    return [...release.standIn.workloads, ...further.filter(({ alsoOf }) => alsoOf === source)].map((one) => ({ release, workload: one }));
  });

/** Pods of teams, of which nothing is known but their namespace. */
const ofTeams = ({ id, workload }: ComponentPlan): readonly Pods[] =>
  workload.namespaces.flatMap(({ name, team }) => (team === undefined ? [] : [{ id: `${id}/${name}`, component: id, namespace: name, labels: {}, onHost: false, takesRole: false }]));

/** Pods of the components of one cluster and of its teams, in the plan's order. Pure. */
export const podsOf = ({ components }: ClusterPlan): KnownPods => {
  const made = components.map((component) => ({ component, all: madeBy(component) }));
  const users = new Map<string, Set<string>>();
  for (const { component, all } of made) for (const { release } of all) users.set(release.namespace, (users.get(release.namespace) ?? new Set()).add(component.id));
  const unknown: string[] = [];
  const pods = made.flatMap(({ component, all }) =>
    all.flatMap(({ release: { namespace }, workload }): readonly Pods[] => {
      const id = `${component.id}/${workload.name}`;
      const fact = podLabels[workload.name];
      const onHost = fact?.hostNetwork ?? workload.hostNetwork ?? false;
      const own = component.workload.namespaces.some(({ name }) => name === namespace) && users.get(namespace)?.size === 1;
      const labels = workload.labels ?? fact?.labels ?? (onHost || own ? {} : undefined);
      if (labels === undefined) {
        unknown.push(id);
        return [];
      }
      const roles = Object.values(component.infra).flatMap((need) => (need.kind === 'iam-role' && need.namespace === namespace ? [need.serviceAccount] : []));
      const takesRole = workload.roleArn !== undefined || (workload.serviceAccount !== undefined && roles.includes(workload.serviceAccount));
      return [{ id, component: component.id, namespace, labels, onHost, takesRole }];
    }),
  );
  return { pods: [...pods, ...components.flatMap(ofTeams)], unknown };
};
