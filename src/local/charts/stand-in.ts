import type { ChartPin } from '../../../catalog/chart-pin.ts';
import { charts } from '../../../catalog/charts.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import type { ChartRelease, StandIn, StandInWorkload } from '../../model/workload.ts';

/** Where a stand-in is installed: the release's name and namespace. */
export interface StandInPlace {
  readonly name: string;
  readonly namespace: string;
  /** Image that its pods bear. */
  readonly image?: string;
}

/**
 * Place of a chart's stand-in. Its pods bear an image of the real chart, so that the cluster's policies on registries and tags judge what they
 * will judge in production; the label on each says that it is a stand-in, and no node here pulls anything. Pure.
 */
export const placeOf = ({ name, namespace, chart }: ChartRelease): StandInPlace => {
  const images = typeof chart === 'string' ? Object.entries<ChartPin>(charts).find(([id]) => id === chart)?.[1].images : chart.images;
  const [image] = images ?? [];
  return { name, namespace, ...(image === undefined ? {} : { image }) };
};

/** Label on every object of a stand-in, so that nobody takes it for the real thing. */
export const standInLabel = 'argoeks.io/stand-in';

/** Of pods whose real image nobody names. Never pulled: kwok's nodes run no containers. The name says so to whoever reads a pod. */
const noImage = 'argoeks.io/stand-in:not-pulled';

/** Labels of one workload and, without the marks that may change, its selector. */
const labelsOf = (workload: StandInWorkload, place: StandInPlace) => {
  const selector = { 'app.kubernetes.io/name': workload.name, 'app.kubernetes.io/instance': place.name, ...workload.labels };
  return { selector, all: { ...selector, [standInLabel]: 'true' } };
};

const serviceAccount = (name: string, namespace: string, roleArn: string | undefined): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name,
    namespace,
    labels: { [standInLabel]: 'true' },
    ...(roleArn ? { annotations: { 'eks.amazonaws.com/role-arn': roleArn } } : {}),
  },
});

const service = (workload: StandInWorkload, place: StandInPlace, port: number): KubeObject => {
  const { selector, all } = labelsOf(workload, place);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: workload.name, namespace: workload.namespace ?? place.namespace, labels: all },
    spec: { selector, ports: [{ name: 'main', port, targetPort: port }] },
  };
};

const controller = (workload: StandInWorkload, place: StandInPlace): KubeObject => {
  const { selector, all } = labelsOf(workload, place);
  const tolerations = workload.tolerations === 'all' ? [{ operator: 'Exists' }] : workload.tolerations;
  const template = {
    metadata: { labels: all },
    spec: {
      ...(workload.serviceAccount ? { serviceAccountName: workload.serviceAccount } : {}),
      // Namespaces enforce their Pod Security level here too: pods that need no host access ask for none.
      ...(workload.hostNetwork ? { hostNetwork: true } : { securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } } }),
      ...(workload.nodeSelector ? { nodeSelector: workload.nodeSelector } : {}),
      ...(tolerations ? { tolerations } : {}),
      containers: [
        {
          name: 'main',
          image: place.image ?? noImage,
          resources: { requests: workload.requests },
          // Namespaces enforce Pod Security here as in production; what a stand-in runs needs no right at all.
          securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } },
          ...(workload.port === undefined ? {} : { ports: [{ name: 'main', containerPort: workload.port }] }),
        },
      ],
    },
  };
  const scaled = workload.kind === 'DaemonSet' ? {} : { replicas: workload.replicas ?? 1 };
  const named = workload.kind === 'StatefulSet' ? { serviceName: workload.name } : {};
  return {
    apiVersion: 'apps/v1',
    kind: workload.kind,
    metadata: { name: workload.name, namespace: workload.namespace ?? place.namespace, labels: all },
    spec: { ...scaled, ...named, selector: { matchLabels: selector }, template },
  };
};

/**
 * Objects that take a chart's place on the local platform: its workloads with their names, replicas, requests and service
 * accounts, and whatever else the component declares that others rely on. CRDs are not part of it (`standIn.crds` names them).
 * The order is that of `standIn.workloads`, namespaces and accounts before what uses them. Pure.
 */
export const renderStandIn = (standIn: StandIn, place: StandInPlace): readonly KubeObject[] => {
  const accounts = new Map<string, readonly [name: string, namespace: string, roleArn: string | undefined]>();
  for (const { serviceAccount: name, namespace = place.namespace, roleArn } of standIn.workloads) {
    const key = `${namespace}/${name}`;
    if (name && name !== 'default') accounts.set(key, [name, namespace, roleArn ?? accounts.get(key)?.[2]]);
  }
  const [first, last] = [true, false].map((isNamespace) => (standIn.objects ?? []).filter(({ kind }) => (kind === 'Namespace') === isNamespace));
  return [
    ...(first ?? []),
    ...[...accounts.values()].map((account) => serviceAccount(...account)),
    ...standIn.workloads.flatMap((workload) => [
      ...(workload.port === undefined ? [] : [service(workload, place, workload.port)]),
      controller(workload, place),
    ]),
    ...(last ?? []),
  ];
};
