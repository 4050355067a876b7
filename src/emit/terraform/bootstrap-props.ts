import { addons } from '../../../catalog/addons.ts';
import type { AddonPin } from '../../../catalog/addons.ts';
import { optionalAddons } from '../../../catalog/optional-addons.ts';
import { targetKubernetes } from '../../../catalog/kubernetes.ts';
import { shardOfCluster } from '../../components/argocd/shard.ts';
import { fluxAccess } from '../../components/git-credentials.ts';
import { externalSecretsName } from '../../components/secret-store.ts';
import { platformGitObjects } from '../../components/platform-git.ts';
import type { Cluster, Platform } from '../../config/platform.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { ChartRelease, OwnChart } from '../../model/workload.ts';
import type { BootstrapRootProps, GitOpsRootProps } from '../../stacks/bootstrap-root.ts';
import type { ChartReleaseProps } from '../../stacks/chart-release.ts';
import type { ClusterAddonProps } from '../../stacks/cluster-addons.ts';
import { roleArn } from '../../units/aws-names.ts';
import { apiServerConfigMap, argocdNamespace, argocdRootRelease, ciliumTaintKey, clusterFactsRelease, karpenterDiscoveryTag, platformStackLabel } from '../../units/wellknown.ts';
import { fluxNamespace, fluxRootRelease } from '../../units/flux-names.ts';
import { absoluteGitUrl } from '../../units/git-url.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { fluxFolder } from '../kubernetes/files.ts';
import { nodeRoleName } from './cluster-props.ts';
import { dataKeyAlias, defaultTags, ownershipTags, regionalArn, terraformName } from './names.ts';
import { ownChartFolder } from './own-charts.ts';
import { scheduleProps, systemGroupName } from './schedule-props.ts';

/** Name, repository and version of each chart id of the catalogue. */
export type ChartPins = Readonly<Record<string, OwnChart>>;

/** The way from `terraform/environments/<env>/<cluster>/bootstrap` to the repository. */
const repository = '../../../../..';

const ownChart = (name: string): string => `${repository}/${ownChartFolder}/${name}`.replace('/../terraform/', '/');

const releaseProps = (platform: Platform, cluster: string, pins: ChartPins, release: ChartRelease): ChartReleaseProps => {
  const pin = typeof release.chart === 'string' ? pins[release.chart] : release.chart;
  if (pin === undefined) throw new Error(`the chart of release ${release.name} is not pinned`);
  const { chartMirror } = platform.gitops;
  return {
    name: release.name, namespace: release.namespace, createNamespace: release.namespace !== 'kube-system', chart: pin.name, version: pin.version, skipCrds: release.skipCrds === true, takeOwnership: release.name === externalSecretsName,
    repository: chartMirror === undefined ? pin.repository.replace(/\/$/, '') : chartMirror.includes('://') ? chartMirror : `oci://${chartMirror}`,
    valueFiles: [`${repository}/kubernetes/platform/${release.name}/values.yaml`, `${repository}/kubernetes/clusters/${cluster}/${release.name}/values.yaml`],
  };
};

const addonsOf = (plan: ClusterPlan): Readonly<Record<string, ClusterAddonProps>> =>
  Object.fromEntries(plan.components.flatMap(({ workload }) => workload.releases).flatMap((release) => {
    if (release.kind !== 'eks-addon') return [];
    const pin: AddonPin | undefined = Object.values(addons).find(({ name }) => name === release.addon);
    const version = release.version ?? (plan.cluster.kubernetes.version === targetKubernetes ? pin?.version : undefined);
    return [[terraformName(release.addon), {
      addon: release.addon, configuration: release.configuration,
      ...(version === undefined ? {} : { version }),
      ...(Object.hasOwn(optionalAddons, release.addon) ? { isOptional: true as const } : {}),
      ...(release.roleArn === undefined ? {} : { roleArn: release.roleArn }),
      ...(release.podIdentities === undefined ? {} : {
        podIdentities: Object.fromEntries(release.podIdentities.map(({ serviceAccount, roleArn: identity }) => [terraformName(serviceAccount), { namespace: release.namespace, serviceAccount, roleArn: identity }])),
        after: { [terraformName(addons['eks-pod-identity-agent'].name)]: true },
      }),
    }]];
  }));

/** Names of secrets and the way to them: nothing that is secret. */
const credentialsOf = ({ gitops }: Platform, cluster: Cluster): { readonly credentials?: readonly KubeObject[] } => {
  const credentials = platformGitObjects(gitops, cluster);
  return credentials.length === 0 ? {} : { credentials };
};

const argocdRoot = (platform: Platform, { cluster, environment }: ClusterPlan): GitOpsRootProps => ({
  flux: false, name: argocdRootRelease, namespace: argocdNamespace, path: ownChart(argocdRootRelease),
  values: {
    clusterName: cluster.name, ...shardOfCluster(environment, cluster),
    labels: { ...cluster.labels, [platformStackLabel]: 'enabled' },
    annotations: {
      'argoeks.io/environment': environment.name, 'argoeks.io/tier': cluster.tier, 'argoeks.io/region': cluster.region, 'argoeks.io/account-id': cluster.accountId,
    },
    repoUrl: platform.gitops.repoUrl, targetRevision: platform.gitops.targetRevision, rootPath: 'kubernetes/gitops/argocd', ...credentialsOf(platform, cluster),
  },
});

const fluxRootOf = (platform: Platform, { cluster }: ClusterPlan): GitOpsRootProps => {
  const { repoUrl, targetRevision, credentials } = platform.gitops;
  return {
    flux: true, name: fluxRootRelease, namespace: fluxNamespace, path: ownChart(fluxRootRelease),
    values: { repoUrl: absoluteGitUrl(repoUrl), targetRevision, path: `./${fluxFolder(cluster.name)}`, prune: cluster.tier !== 'prod', ...(credentials === undefined ? {} : { access: fluxAccess(credentials) }), ...credentialsOf(platform, cluster) },
  };
};

/** Flux starts on each of its clusters, Argo CD on the hub only. */
const gitOpsOf = (platform: Platform, plan: ClusterPlan): { readonly gitOps?: GitOpsRootProps } => {
  if (plan.cluster.engine === 'flux') return { gitOps: fluxRootOf(platform, plan) };
  return plan.cluster.name === plan.environment.hub ? { gitOps: argocdRoot(platform, plan) } : {};
};

/** Decides everything of a cluster's second root. Throws on a chart without a pin: a bug. Pure. */
export const bootstrapProps = (platform: Platform, plan: ClusterPlan, pins: ChartPins): BootstrapRootProps => {
  const { cluster, environment } = plan;
  const tags = defaultTags(cluster.tags, ownershipTags(platform, environment, cluster));
  // What requires nothing is what nodes themselves need: the CNI. Everything else wants nodes and DNS first.
  const firsts = plan.components.flatMap(({ requires, workload }) =>
    workload.releases.flatMap((release) => (release.kind === 'chart' && release.installedBy === 'terraform' ? [{ isCni: requires.length === 0, release }] : [])));
  const schedule = scheduleProps(platform, environment, cluster);
  const named = (isCni: boolean) => Object.fromEntries(firsts.filter((first) => first.isCni === isCni)
    .map(({ release }) => [terraformName(release.name), releaseProps(platform, cluster.name, pins, release)]));
  return {
    aws: { region: cluster.region, accountId: cluster.accountId, tags },
    lookups: { clusterName: cluster.name, discoveryTag: karpenterDiscoveryTag },
    facts: { name: clusterFactsRelease, namespace: 'kube-system', path: ownChart(clusterFactsRelease), configMap: apiServerConfigMap },
    definitions: Object.fromEntries(plan.components.flatMap(({ workload }) => workload.releases.flatMap((release) =>
      (release.kind === 'manifests' && release.beforeNetwork === true ? [[terraformName(release.name), { name: release.name, namespace: release.namespace, path: ownChart(release.name) }]] : [])))),
    network: named(true),
    nodes: {
      name: systemGroupName(cluster.name), clusterName: cluster.name, roleArn: roleArn(cluster, nodeRoleName(cluster.name)),
      version: cluster.kubernetes.version, amiType: cluster.nodes.ami_type, instanceTypes: cluster.nodes.instance_types, min: cluster.nodes.min, desired: cluster.nodes.desired, max: cluster.nodes.max,
      device: cluster.nodes.ami_type.startsWith('BOTTLEROCKET') ? '/dev/xvdb' : '/dev/xvda', diskGib: cluster.nodes.disk_gib,
      keyArn: regionalArn(cluster, 'kms', dataKeyAlias(cluster.name)), startupTaint: ciliumTaintKey, tags, isScheduled: schedule !== undefined,
    },
    ...(schedule === undefined ? {} : { schedule }),
    addons: addonsOf(plan),
    later: named(false),
    ...gitOpsOf(platform, plan),
  };
};
