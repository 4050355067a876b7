import { Fn } from 'cdktn';
import type { ITerraformDependable } from 'cdktn';
import { Construct } from 'constructs';
import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { chartRelease, ownChart } from './chart-release.ts';
import type { ChartReleaseProps } from './chart-release.ts';
import { ClusterAddons } from './cluster-addons.ts';
import type { ClusterAddonProps } from './cluster-addons.ts';
import { json } from './expression.ts';
import { helmAccess } from './helm-access.ts';
import { Lookups } from './lookups.ts';
import type { LookupsProps } from './lookups.ts';
import { NodeGroup } from './node-group.ts';
import type { NodeGroupProps } from './node-group.ts';
import { NodeSchedule } from './node-schedule.ts';
import type { NodeScheduleProps } from './node-schedule.ts';
import { Outputs } from './outputs.ts';
import { because, Root } from './root.ts';

/** What the cluster's GitOps engine starts from: a chart of our own. */
export interface GitOpsRootProps {
  /** Of Flux, else of Argo CD. */
  readonly flux: boolean;
  readonly name: string;
  readonly namespace: string;
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const starts = {
  argocd: 'The hub as Argo CD\'s own cluster, and the Application from which everything else follows.',
  flux: 'The repository, and the Kustomization from which everything else follows.',
} as const;

/** Everything a cluster's second root is made of. */
export interface BootstrapRootProps {
  readonly aws: AwsProps;
  readonly lookups: LookupsProps;
  readonly facts: { readonly name: string; readonly namespace: string; readonly path: string; readonly configMap: string };
  /** Resource name → chart of our own with definitions that the CNI looks for when it starts. */
  readonly definitions: Readonly<Record<string, { readonly name: string; readonly namespace: string; readonly path: string }>>;
  /** Resource name → chart that nodes need to become ready, in order. */
  readonly network: Readonly<Record<string, ChartReleaseProps>>;
  readonly nodes: NodeGroupProps;
  readonly schedule?: NodeScheduleProps;
  readonly addons: Readonly<Record<string, ClusterAddonProps>>;
  /** Resource name → chart that comes after the add-ons, in order. */
  readonly later: Readonly<Record<string, ChartReleaseProps>>;
  /** Absent on clusters that another one's Argo CD reconciles. */
  readonly gitOps?: GitOpsRootProps;
}

/** Root `<cluster>/bootstrap`: Cilium → nodes → DNS and volumes → the GitOps engine and what it starts from. */
export const bootstrapRoot = (props: BootstrapRootProps): Root => {
  const root = new Root();
  const aws = new Aws(root, props.aws);
  const lookups = new Lookups(root, props.lookups);
  helmAccess(aws, lookups.cluster, props.lookups.clusterName, props.aws.region);

  const cni = new Construct(root, 'cni');
  const { facts } = props;
  let last = because(ownChart(cni, 'cluster_facts', {
    ...facts, values: json({ configMap: facts.configMap, host: Fn.trimprefix(lookups.cluster.endpoint, 'https://'), port: '443' }),
  }, []), 'Where Cilium finds the API server while there is no kube-proxy to find it by.');
  for (const [id, release] of Object.entries(props.definitions)) {
    last = because(ownChart(cni, id, { ...release, values: json({}) }, [last]), 'Cilium looks for these definitions once, when it starts; Argo CD owns them afterwards.');
  }
  for (const [id, release] of Object.entries(props.network)) {
    last = because(chartRelease(cni, id, release, { wait: false, after: [last] }),
      'Does not wait for its pods: they need nodes, and nodes are ready only with Cilium. The values are the files the GitOps engine reads.');
  }
  const { group } = new NodeGroup(root, lookups, props.nodes, [last]);
  if (props.schedule) new NodeSchedule(root, { group }, props.schedule);
  const { addons } = new ClusterAddons(root, lookups, props.addons, [group]);

  const gitops = new Construct(root, 'gitops');
  let after: readonly ITerraformDependable[] = addons.length > 0 ? addons : [group];
  for (const [id, release] of Object.entries(props.later)) after = [chartRelease(gitops, id, release, { wait: true, after })];
  if (props.gitOps) {
    const { flux, name, namespace, path, values } = props.gitOps;
    because(ownChart(gitops, 'root', { name, namespace, path, values: json(values) }, after), flux ? starts.flux : starts.argocd);
  }
  new Outputs(root, {
    node_group: { value: group.nodeGroupName, description: 'Managed node group' },
    ...(props.gitOps === undefined ? {} : props.gitOps.flux
      ? { flux_namespace: { value: props.gitOps.namespace, description: 'Namespace of Flux on this cluster' } }
      : { argocd_namespace: { value: props.gitOps.namespace, description: 'Namespace of Argo CD on this hub' } }),
  });
  return root;
};
