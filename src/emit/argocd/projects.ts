import type { GitOps } from '../../config/platform.ts';
import type { Plan } from '../../model/plan.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { argocdNamespace } from '../../units/wellknown.ts';
import { namespacesOf } from '../kubernetes/namespaces.ts';
import { syncWindows } from './sync-windows.ts';
import { tenantProjects } from './tenant-projects.ts';

/** Project of the platform's own releases. */
export const platformProject = 'platform';
/** Project of the app-of-apps: Applications on the hub and nothing else. */
export const fleetProject = 'fleet';
/** Project that Argo CD makes by itself with every right there is; the root Application belongs to it, since no other project stands before it. */
const builtInProject = 'default';

/** Cluster-wide kinds that the pinned charts bring, by group. Source: `tools/catalog/render-charts.ts` over the real charts. */
const chartKinds: readonly { readonly group: string; readonly kind: string }[] = [
  { group: '', kind: 'Namespace' },
  { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
  { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
  { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { group: 'elbv2.k8s.aws', kind: 'IngressClassParams' },
  { group: 'networking.k8s.io', kind: 'IngressClass' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
];

const groupOf = ({ apiVersion }: KubeObject): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

const project = (name: string, description: string, spec: Readonly<Record<string, unknown>>): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  // A project that disappears takes the right to sync from all its Applications.
  metadata: { name, namespace: argocdNamespace, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'argocd.argoproj.io/sync-wave': '-1' } },
  spec: { description, ...spec },
});

/** Cluster-wide kinds among the objects the platform renders itself: those without a namespace. */
const ownKinds = (plan: Plan): readonly { readonly group: string; readonly kind: string }[] => {
  const found = new Map<string, { group: string; kind: string }>();
  for (const { clusters } of plan.environments)
    for (const { components } of clusters)
      for (const release of components.flatMap(({ workload }) => workload.releases))
        for (const object of release.kind === 'manifests' ? [...release.manifests, ...release.clusterManifests] : [])
          if (object.metadata.namespace === undefined) found.set(`${object.apiVersion} ${object.kind}`, { group: groupOf(object), kind: object.kind });
  return [...found.values()];
};

const byGroupAndKind = (a: { group: string; kind: string }, b: { group: string; kind: string }): number => (`${a.group} ${a.kind}` < `${b.group} ${b.kind}` ? -1 : 1);

/** The AppProjects of every hub: each may do what its Applications need and nothing else. `chartRepositories` as Argo CD spells them. Pure. */
export const projects = (gitops: GitOps, plan: Plan, chartRepositories: readonly string[]): readonly KubeObject[] => {
  const used = plan.environments.flatMap(({ clusters }) => clusters.flatMap((cluster) => [...namespacesOf(cluster).map(({ name }) => name), ...cluster.components.flatMap(({ workload }) => workload.releases.flatMap((release) => [release.namespace, ...(release.kind === 'chart' ? (release.alsoIn ?? []) : [])]))]));
  const namespaces = [...new Set([argocdNamespace, ...used])].toSorted();
  const windows = syncWindows(plan);
  return [
    // Nobody's Application may do more here than the root's: bring the other projects and the ApplicationSets.
    project(builtInProject, 'The root Application of a hub: projects and ApplicationSets, nothing else.', {
      sourceRepos: [gitops.repoUrl],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: argocdNamespace }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [
        { group: 'argoproj.io', kind: 'AppProject' },
        { group: 'argoproj.io', kind: 'ApplicationSet' },
      ],
    }),
    project(platformProject, 'What ArgoEKS installs on every cluster.', {
      sourceRepos: [...new Set([gitops.repoUrl, ...chartRepositories])].toSorted(),
      destinations: namespaces.map((namespace) => ({ server: '*', namespace })),
      clusterResourceWhitelist: [...chartKinds, ...ownKinds(plan).filter(({ group, kind }) => !chartKinds.some((known) => known.group === group && known.kind === kind))].toSorted(byGroupAndKind),
      namespaceResourceWhitelist: [{ group: '*', kind: '*' }],
      ...windows.platform,
    }),
    project(fleetProject, 'The app-of-apps of each cluster: Applications on the hub, nothing else.', {
      sourceRepos: [gitops.repoUrl],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: argocdNamespace }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'Application' }],
      ...windows.fleet,
    }),
    ...tenantProjects(plan).map(({ name, description, spec }) => project(name, description, spec)),
  ];
};
