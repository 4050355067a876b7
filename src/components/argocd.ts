import { charts } from '../../catalog/charts.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { argocdSettings } from '../config/argocd-settings.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import { argocdHubRoleName, argocdSpokeRoleName, roleArn } from '../units/aws-names.ts';
import { argocdNamespace } from '../units/wellknown.ts';
import { rbacConfig } from './argocd/access.ts';
import { healthChecks } from './argocd/health.ts';
import { notificationFlows, notificationTexts, notificationValues } from './argocd/notifications.ts';
import { argocdHost } from './argocd/settings-of.ts';
import { needsDex, signInConfig, signInFlows } from './argocd/sign-in.ts';
import { argocdSize } from './argocd/sizing.ts';
import { redisValues } from './argocd/redis.ts';
import { argocdStandIns } from './argocd/stand-ins.ts';
import { knownHosts } from './git-credentials.ts';
import { roleAnnotation } from './identity.ts';
import { chartSources, gitSource } from './source-hosts.ts';

const namespace = argocdNamespace;

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
  settings: argocdSettings,
  infra: ({ cluster, environment }) => {
    const roleName = argocdHubRoleName(cluster.name);
    const spokes = environment.clusters.filter((other) => other.name !== cluster.name && other.engine === 'argocd').map((spoke) => roleArn(spoke, argocdSpokeRoleName(spoke.name)));
    const allow = spokes.length === 0 ? [] : [{ sid: 'AssumeSpokeRoles', actions: ['sts:AssumeRole'], on: spokes }];
    // Server and ApplicationSet controller share the role; Terraform names all three accounts in its trust.
    return { controller: { kind: 'iam-role', roleName, arn: roleArn(cluster, roleName), namespace, serviceAccount: 'argocd-application-controller', allow } };
  },
  workload: ({ platform: { gitops }, cluster, environment, settings: chosen, infra }) => {
    const replicas = chosen.replicas ?? (cluster.tier === 'prod' ? 2 : 1);
    const size = argocdSize(environment, replicas, chosen);
    const redisHa = chosen.redis_ha ?? (cluster.tier === 'prod' && cluster.nodes.desired >= 3);
    // One replica must stay movable, or its node can never be drained.
    const pdb = (of: number) => (of > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false });
    const account = { annotations: roleAnnotation(infra.controller.arn) };
    const notifications = notificationValues(environment, chosen);
    const host = argocdHost(environment, chosen);
    const hosts = knownHosts(gitops, environment);
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
            configs: {
              cm: { 'application.resourceTrackingMethod': 'annotation', 'exec.enabled': 'false', ...healthChecks },
              params: { 'controller.diff.server.side': 'true', 'applicationsetcontroller.policy': 'create-update' },
            },
            notifications: notificationTexts,
            server: { service: { type: 'ClusterIP' } },
          },
          clusterValues: {
            // The chart's own policies let every pod reach the server, and policies add up.
            global: { domain: host, networkPolicy: { create: !cluster.network.policies } },
            configs: {
              cm: signInConfig(cluster, host, chosen),
              rbac: rbacConfig(chosen, environment.settings.tenants),
              ...(hosts.length === 0 ? {} : { ssh: { extraHosts: hosts.map((line) => `${line}\n`).join('') } }),
              params: {
                'applicationsetcontroller.enable.leader.election': String(replicas > 1),
                'controller.status.processors': String(size.statusProcessors), 'controller.operation.processors': String(size.operationProcessors),
              },
            },
            controller: { replicas: size.shards, pdb: pdb(size.shards), serviceAccount: account, metrics: { enabled: true }, resources: { requests: size.controller } },
            server: { replicas, pdb: pdb(replicas), serviceAccount: account, resources: { requests: { cpu: '50m', memory: '128Mi' } } },
            repoServer: { replicas: size.repoServers, pdb: pdb(size.repoServers), resources: { requests: { cpu: '100m', memory: '256Mi' } } },
            applicationSet: { replicas, pdb: pdb(replicas), serviceAccount: account, resources: { requests: { cpu: '50m', memory: '128Mi' } } },
            // Keeps what it needs in its memory, so there is one of it.
            dex: needsDex(chosen) ? { enabled: true, resources: { requests: { cpu: '20m', memory: '64Mi' } } } : { enabled: false },
            notifications,
            ...redisValues(redisHa),
          },
          standIn: { crds: charts['argo-cd'].crds, workloads: argocdStandIns({ roleArn: infra.controller.arn, replicas, size, redisHa, dex: needsDex(chosen), notifications: notifications['enabled'] === true }) },
        },
      ],
    };
  },
  network: ({ platform: { gitops }, environment, cluster, settings: chosen }) => [
    ...readers.map((from) => ({ from, to: 'kube-apiserver', port: 443, why: 'reads and applies objects' })),
    ...readers.map((from) => ({ from, to: repoServer, port: 8081, why: 'asks for rendered manifests' })),
    ...spokeApis(cluster, environment).flatMap((to) => readers.map((from) => ({ from, to, port: 443, why: 'reads and applies objects on the spokes' }))),
    ...[...readers, repoServer].flatMap((from) => [redis, redisProxy].map((to) => ({ from, to, port: 6379, why: 'caches' }))),
    ...[redisProxy, redisServer].flatMap((from) => [6379, 26379].map((port) => ({ from, to: redisServer, port, why: 'replicates, and finds the leader' }))),
    { from: 'argocd/argocd-redis-secret-init', to: 'kube-apiserver', port: 443, why: 'makes the password of Redis' },
    ...[...gitSource(gitops.repoUrl, 'reads the repository', gitops.credentials), ...chartSources(gitops), ...environment.settings.tenants.flatMap(({ git }) => (git ? gitSource(git.repo_url, 'reads repositories of teams', git.credentials) : []))].map(({ to, port, why }) => ({ from: repoServer, to, port, why })),
    ...signInFlows(chosen),
    ...notificationFlows(environment, chosen),
  ],
  alerts: () => [
    { name: 'ArgoCdAppNotSynced', expr: 'argocd_app_info{sync_status!="Synced"} == 1', forMinutes: 30, severity: 'warning', summary: 'An application differs from the repository for half an hour.', runbook: 'argocd-app-not-synced' },
    { name: 'ArgoCdAppUnhealthy', expr: 'argocd_app_info{health_status=~"Degraded|Missing"} == 1', forMinutes: 15, severity: 'warning', summary: 'An application is degraded.', runbook: 'argocd-app-unhealthy' },
  ],
  dashboards: () => [{ title: 'Applications by health', expr: 'sum by (health_status) (argocd_app_info)', unit: 'applications' }],
  cost: () => none('runs on nodes that are paid already'),
  checks: [deploymentReady(namespace, 'argocd-repo-server'), deploymentReady(namespace, 'argocd-server')],
});
