import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import type { Values } from '../model/workload.ts';
import { applicationHealthKey, applicationHealthLua } from '../units/application-health.ts';
import { argocdHubRoleName, argocdSpokeRoleName, roleArn } from '../units/aws-names.ts';
import { argocdNamespace } from '../units/wellknown.ts';
import { roleAnnotation } from './identity.ts';
import { sourcesOf } from './source-hosts.ts';

const namespace = argocdNamespace;

const settings = z.strictObject({
  replicas: z.int().min(1).max(10).optional().meta({ description: 'Replicas of the API and repository servers; 2 in prod, else 1, when absent.', unit: 'pods' }),
  redis_ha: z.boolean().optional().meta({ description: 'Runs three Redis servers behind a proxy, each on a node of its own; on in prod with three nodes or more when absent.' }),
  admin_enabled: z.boolean().optional().meta({ description: 'Keeps the local admin account; off in prod and with single sign-on, else on, when absent.' }),
  default_role: z.string().default('').meta({ description: 'Role of users that no policy line names; empty means no access.' }),
  policy: z.array(z.string()).default([]).meta({ description: 'RBAC lines in Argo CD\'s CSV form.', examples: ['g, platform-admins, role:admin'] }),
  sso: z
    .strictObject({
      issuer: z.url().meta({ description: 'OIDC issuer.' }),
      client_id: z.string().min(1).meta({ description: 'OIDC client.' }),
      client_secret: z.string().regex(/^\$[\w.-]+:[\w.-]+$/, { error: 'must name a Kubernetes secret and its key, as "$argocd-oidc:clientSecret"' }).default('$argocd-oidc:clientSecret').meta({ description: 'Reference to the secret and key that hold the client secret; never the secret itself.' }),
    })
    .optional()
    .meta({ description: 'Single sign-on; off when absent.' }),
});

const configMap = (cluster: { tier: string }, chosen: z.infer<typeof settings>): Values => ({
  'admin.enabled': String(chosen.admin_enabled ?? (cluster.tier !== 'prod' && !chosen.sso)),
  ...(chosen.sso
    ? { 'oidc.config': `name: SSO\nissuer: ${chosen.sso.issuer}\nclientID: ${chosen.sso.client_id}\nclientSecret: ${chosen.sso.client_secret}\nrequestedScopes: [openid, profile, email, groups]\n` }
    : {}),
});

const repoServer = 'argocd/argocd-repo-server';
const redis = 'argocd/argocd-redis';
const redisProxy = 'argocd/argocd-redis-ha-haproxy';
const redisServer = 'argocd/argocd-redis-ha-server';
/** Those that talk to API servers, and ask the repository server. */
const readers = ['argocd/argocd-application-controller', 'argocd/argocd-server', 'argocd/argocd-applicationset-controller'];

/** API servers of the other clusters, `<id>.<cell>.<region>.eks.amazonaws.com`, where there are other clusters. */
const spokeApis = (own: Cluster, { clusters }: Environment): readonly string[] =>
  [...new Set(clusters.flatMap(({ name, region, engine }) => (name === own.name || engine !== 'argocd' ? [] : [`*.*.${region}.eks.amazonaws.com`])))].toSorted();

/** Argo CD on the environment's hub: Terraform installs it once, then it looks after itself with the very same values. */
export const argocd = defineComponent({
  id: 'argocd',
  summary: 'Keeps every cluster of the environment as the repository says; runs on the hub.',
  layer: 'network',
  requires: ['cilium', 'coredns'],
  defaultOn: 'hub',
  engine: 'argocd',
  settings,
  infra: ({ cluster, environment }) => {
    const roleName = argocdHubRoleName(cluster.name);
    const spokes = environment.clusters.filter((other) => other.name !== cluster.name && other.engine === 'argocd').map((spoke) => roleArn(spoke, argocdSpokeRoleName(spoke.name)));
    const allow = spokes.length === 0 ? [] : [{ sid: 'AssumeSpokeRoles', actions: ['sts:AssumeRole'], on: spokes }];
    // Server and ApplicationSet controller share the role; Terraform names all three accounts in its trust.
    return { controller: { kind: 'iam-role', roleName, arn: roleArn(cluster, roleName), namespace, serviceAccount: 'argocd-application-controller', allow } };
  },
  workload: ({ cluster, environment, settings: chosen, infra }) => {
    const replicas = chosen.replicas ?? (cluster.tier === 'prod' ? 2 : 1);
    const redisHa = chosen.redis_ha ?? (cluster.tier === 'prod' && cluster.nodes.desired >= 3);
    // One replica must stay movable, or its node can never be drained.
    const pdb = replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false };
    const account = { annotations: roleAnnotation(infra.controller.arn) };
    const roleOf = infra.controller.arn;
    return {
      namespaces: [{ name: namespace, podSecurity: 'restricted' }],
      releases: [
        {
          kind: 'chart',
          name: 'argocd',
          namespace,
          chart: 'argo-cd',
          installedBy: 'terraform',
          values: {
            fullnameOverride: 'argocd',
            crds: { install: true, keep: true },
            dex: { enabled: false },
            notifications: { enabled: false },
            configs: {
              cm: { 'application.resourceTrackingMethod': 'annotation', [applicationHealthKey]: applicationHealthLua },
              params: { 'controller.diff.server.side': 'true', 'applicationsetcontroller.policy': 'create-update' },
            },
            server: { service: { type: 'ClusterIP' } },
          },
          clusterValues: {
            // The chart's own policies let every pod reach the server, and policies add up.
            global: { domain: `argocd.${environment.domain}`, networkPolicy: { create: !cluster.network.policies } },
            configs: { cm: configMap(cluster, chosen), rbac: { 'policy.default': chosen.default_role, 'policy.csv': chosen.policy.map((line) => `${line}\n`).join('') }, params: { 'applicationsetcontroller.enable.leader.election': String(replicas > 1) } },
            controller: {
              serviceAccount: account,
              metrics: { enabled: true },
              // One shard serves some tens of clusters; requests grow with the fleet.
              resources: { requests: { cpu: environment.clusters.length > 20 ? '2' : '250m', memory: environment.clusters.length > 20 ? '4Gi' : '512Mi' } },
            },
            server: { replicas, pdb, serviceAccount: account },
            repoServer: { replicas, pdb, resources: { requests: { cpu: '100m', memory: '256Mi' } } },
            applicationSet: { replicas, serviceAccount: account },
            ...(redisHa ? { 'redis-ha': { enabled: true } } : {}),
          },
          standIn: {
            crds: charts['argo-cd'].crds,
            workloads: [
              { kind: 'StatefulSet', name: 'argocd-application-controller', serviceAccount: 'argocd-application-controller', roleArn: roleOf, requests: { cpu: '250m', memory: '512Mi' } },
              { kind: 'Deployment', name: 'argocd-server', replicas, serviceAccount: 'argocd-server', roleArn: roleOf, port: 8080, requests: { cpu: '50m', memory: '128Mi' } },
              { kind: 'Deployment', name: 'argocd-repo-server', replicas, serviceAccount: 'argocd-repo-server', port: 8081, requests: { cpu: '100m', memory: '256Mi' } },
              { kind: 'Deployment', name: 'argocd-applicationset-controller', replicas, serviceAccount: 'argocd-applicationset-controller', roleArn: roleOf, requests: { cpu: '50m', memory: '128Mi' } },
              ...(redisHa
                ? ([
                    { kind: 'StatefulSet', name: 'argocd-redis-ha-server', replicas: 3, serviceAccount: 'argocd-redis-ha', requests: { cpu: '50m', memory: '64Mi' } },
                    { kind: 'Deployment', name: 'argocd-redis-ha-haproxy', replicas: 3, serviceAccount: 'argocd-redis-ha-haproxy', port: 6379, requests: { cpu: '50m', memory: '64Mi' } },
                  ] as const)
                : ([{ kind: 'Deployment', name: 'argocd-redis', port: 6379, requests: { cpu: '50m', memory: '64Mi' } }] as const)),
            ],
          },
        },
      ],
    };
  },
  network: ({ platform: { gitops }, environment, cluster, settings: { sso } }) => [
    ...readers.map((from) => ({ from, to: 'kube-apiserver', port: 443, why: 'reads and applies objects' })),
    ...readers.map((from) => ({ from, to: repoServer, port: 8081, why: 'asks for rendered manifests' })),
    ...spokeApis(cluster, environment).flatMap((to) => readers.map((from) => ({ from, to, port: 443, why: 'reads and applies objects on the spokes' }))),
    ...[...readers, repoServer].flatMap((from) => [redis, redisProxy].map((to) => ({ from, to, port: 6379, why: 'caches' }))),
    ...[redisProxy, redisServer].flatMap((from) => [6379, 26379].map((port) => ({ from, to: redisServer, port, why: 'replicates, and finds the leader' }))),
    { from: 'argocd/argocd-redis-secret-init', to: 'kube-apiserver', port: 443, why: 'makes the password of Redis' },
    ...sourcesOf(gitops).map(({ to, port, why }) => ({ from: repoServer, to, port, why })),
    ...(sso ? [{ from: 'argocd/argocd-server', to: new URL(sso.issuer).hostname, port: Number(new URL(sso.issuer).port || 443), why: 'signs users in' }] : []),
  ],
  alerts: () => [
    { name: 'ArgoCdAppNotSynced', expr: 'argocd_app_info{sync_status!="Synced"} == 1', forMinutes: 30, severity: 'warning', summary: 'An application differs from the repository for half an hour.', runbook: 'argocd-app-not-synced' },
    { name: 'ArgoCdAppUnhealthy', expr: 'argocd_app_info{health_status=~"Degraded|Missing"} == 1', forMinutes: 15, severity: 'warning', summary: 'An application is degraded.', runbook: 'argocd-app-unhealthy' },
  ],
  dashboards: () => [{ title: 'Applications by health', expr: 'sum by (health_status) (argocd_app_info)', unit: 'applications' }],
  cost: () => none('runs on nodes that are paid already'),
  checks: [deploymentReady(namespace, 'argocd-repo-server'), deploymentReady(namespace, 'argocd-server')],
});
