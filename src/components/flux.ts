import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { ecrPullPolicy } from '../../catalog/iam/ecr-pull.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { tenantsOn } from '../config/tenant-settings.ts';
import { defineComponent, none } from '../model/component.ts';
import type { IamRoleNeed } from '../model/infra.ts';
import type { StandInWorkload } from '../model/workload.ts';
import { fluxAccounts, fluxNamespace } from '../units/flux-names.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { imageFlows, imageRole, imageTenants } from './image-automation.ts';
import { tenantGitRoles } from './tenant-git.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';
import { chartSources, gitSource, privateEcr } from './source-hosts.ts';

const namespace = fluxNamespace;

const settings = z.strictObject({
  concurrent: z.int().min(1).max(50).default(10).meta({ description: 'How many Kustomizations, and how many HelmReleases, are reconciled at the same time.' }),
});

/** The two that apply objects have every right there is; what they do for a tenant they do as the tenant's service account. */
const reconcilers: KubeObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'cluster-reconciler' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: Object.values(fluxAccounts).map((name) => ({ kind: 'ServiceAccount', name, namespace })),
};

/** Roles of controllers, and of what reads the secrets of teams' repositories. */
type FluxRoles = Readonly<Record<string, IamRoleNeed>> & { readonly source?: IamRoleNeed; readonly images?: IamRoleNeed };

/** CPU and memory of each controller, by its values' key. Requests without a CPU limit: a throttled controller falls behind. */
const controllers = {
  sourceController: { name: 'source-controller', requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '1Gi' } },
  kustomizeController: { name: 'kustomize-controller', requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '1Gi' } },
  helmController: { name: 'helm-controller', requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
  notificationController: { name: 'notification-controller', requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
} as const;

/** The two that write newer images into repositories of teams, where a team asks for it. */
const imageControllers = {
  imageReflectionController: { name: 'image-reflector-controller', requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '512Mi' } },
  imageAutomationController: { name: 'image-automation-controller', requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '512Mi' } },
} as const;

const readersOf = (images: boolean): readonly string[] => Object.values({ ...controllers, ...(images ? imageControllers : {}) }).map(({ name }) => `flux/${name}`);

const resources = (of: Readonly<Record<string, { readonly requests: object; readonly limits: object }>>) => Object.fromEntries(Object.entries(of).map(([key, { requests, limits }]) => [key, { resources: { requests, limits } }]));

/** Flux on a cluster that reconciles itself: Terraform installs it once, then it looks after itself with the very same values. */
export const flux = defineComponent({
  id: 'flux',
  summary: 'Keeps its cluster as the repository says; runs on every cluster whose engine is Flux.',
  layer: 'network',
  requires: ['cilium', 'coredns'],
  defaultOn: true,
  engine: 'flux',
  settings,
  infra: ({ cluster, environment, platform: { gitops } }): FluxRoles => {
    const registry = privateEcr(gitops);
    const images = imageRole(cluster, imageTenants(environment, cluster));
    const others = { ...tenantGitRoles(environment, cluster), ...(images ? { images } : {}) };
    if (!registry) return others;
    const { region, account, path } = registry;
    return { ...others, source: workloadRole(cluster, 'flux-source', namespace, 'source-controller', documented(cluster, [ecrPullPolicy], { registryRegion: region, registryAccount: account, repositories: path === '' ? '*' : `${path}/*` })) };
  },
  workload: ({ environment, cluster, infra, settings: { concurrent } }) => {
    const images = imageTenants(environment, cluster).length > 0;
    return {
      namespaces: [{ name: namespace, podSecurity: 'restricted' }],
      releases: [
        {
          kind: 'chart',
          name: 'flux',
          namespace,
          chart: 'flux2',
          installedBy: 'terraform',
          values: {
            // Without this an uninstall takes every object that Flux ever knew of.
            crds: { annotations: { 'helm.sh/resource-policy': 'keep' } },
            // A tenant's object may name no other namespace, and acts with the rights of its own service account.
            multitenancy: { enabled: true, defaultServiceAccount: 'default', privileged: true },
            ...resources(controllers),
            ...resources(imageControllers),
          },
          clusterValues: {
            // The chart's own policies let every pod reach the controllers, and policies add up.
            policies: { create: !cluster.network.policies },
            ...(infra.source ? { sourceController: { serviceAccount: { annotations: roleAnnotation(infra.source.arn) } } } : {}),
            imageAutomationController: { create: images },
            imageReflectionController: { create: images, ...(infra.images ? { serviceAccount: { annotations: roleAnnotation(infra.images.arn) } } : {}) },
            kustomizeController: { container: { additionalArgs: [`--concurrent=${concurrent}`, '--requeue-dependency=5s'] } },
            helmController: { container: { additionalArgs: [`--concurrent=${concurrent}`, '--requeue-dependency=5s'] } },
          },
          standIn: {
            crds: charts.flux2.crds.filter((name) => images || !name.includes('.image.')),
            workloads: Object.values({ ...controllers, ...(images ? imageControllers : {}) }).map(({ name, requests }): StandInWorkload => ({ kind: 'Deployment', name, serviceAccount: name, requests, ...(name === 'source-controller' && infra.source ? { roleArn: infra.source.arn } : {}), ...(name === 'image-reflector-controller' && infra.images ? { roleArn: infra.images.arn } : {}), ...(name === 'source-controller' || name === 'notification-controller' ? { port: 9090 } : {}) })),
            objects: [reconcilers],
          },
        },
      ],
    };
  },
  network: ({ platform: { gitops }, environment, cluster }) => {
    const tenants = imageTenants(environment, cluster);
    const readers = readersOf(tenants.length > 0);
    return [
      ...readers.map((from) => ({ from, to: 'kube-apiserver', port: 443, why: 'reads and applies objects' })),
      ...['flux/kustomize-controller', 'flux/helm-controller'].map((from) => ({ from, to: 'flux/source-controller', port: 9090, why: 'fetches what it applies' })),
      ...readers.filter((from) => from !== 'flux/notification-controller').map((from) => ({ from, to: 'flux/notification-controller', port: 9090, why: 'reports what happened' })),
      ...(privateEcr(gitops) ? [{ from: 'flux/source-controller', to: `api.ecr.${privateEcr(gitops)?.region}.amazonaws.com`, port: 443, why: 'gets a token for the registry' }] : []),
      ...[...gitSource(gitops.repoUrl, 'reads the repository', gitops.credentials), ...chartSources(gitops), ...tenantsOn(environment, cluster.name).flatMap(({ git }) => (git ? gitSource(git.repo_url, 'reads repositories of teams', git.credentials) : []))].map(({ to, port, why }) => ({ from: 'flux/source-controller', to, port, why })),
      ...imageFlows(tenants),
    ];
  },
  // `flux-notifications` tells at once, and of the platform alone; these tell of everything that stays as it is.
  alerts: () => [
    { name: 'FluxNotReady', expr: 'max by (customresource_kind, namespace, name) (gotk_resource_info{ready=~"False|Unknown",suspended!="true"}) == 1', forMinutes: 20, severity: 'warning', summary: 'An object of Flux is not ready for twenty minutes.', runbook: 'flux-not-ready' },
    { name: 'FluxSuspended', expr: 'max by (customresource_kind, namespace, name) (gotk_resource_info{suspended="true"}) == 1', forMinutes: 1440, severity: 'info', summary: 'An object of Flux is suspended for a day: nothing of it is kept as the repository says.', runbook: 'flux-suspended' },
    { name: 'FluxStandsStill', expr: 'sum by (kind) (increase(gotk_reconcile_duration_seconds_count{kind="Kustomization"}[30m])) == 0', forMinutes: 10, severity: 'critical', summary: 'kustomize-controller runs and has looked at nothing for half an hour.', runbook: 'flux-stands-still' },
  ],
  dashboards: () => none('the dashboard Flux shows it'),
  cost: () => none('runs on nodes that are paid already'),
  checks: [deploymentReady(namespace, 'source-controller'), deploymentReady(namespace, 'kustomize-controller'), deploymentReady(namespace, 'helm-controller')],
});
