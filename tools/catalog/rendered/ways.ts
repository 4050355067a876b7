import { flowsOf, type End } from '../../../src/emit/network/flows.ts';
import type { ClusterPlan } from '../../../src/model/plan.ts';
import { claimedPods } from './claims.ts';
import { at, holds, list, record, text, titleOf, type Json, type RealPods } from './real-pods.ts';

/** Pods of one component of the cluster. */
export interface ComponentPods {
  readonly component: string;
  readonly pods: readonly RealPods[];
}

/** A connection that an object of a chart needs. */
interface Way {
  readonly why: string;
  readonly from: 'kube-apiserver' | 'prometheus';
  readonly to: RealPods;
  readonly port: number;
}

const portOf = (pods: RealPods, target: unknown): number | undefined => (typeof target === 'number' ? target : pods.ports.find(({ name }) => name === target)?.port);
const namespaceOf = (object: Json, fallback: string): string => text(at(object, 'metadata', 'namespace')) || fallback;

/** Ways to the pods behind a Service of the same render, by a port's number or name. */
const behind = (objects: readonly Json[], pods: readonly RealPods[], namespace: string, way: Pick<Way, 'why' | 'from'>, name: unknown, port: unknown): readonly Way[] => {
  const service = objects.find((one) => one['kind'] === 'Service' && at(one, 'metadata', 'name') === name);
  if (!service) return [];
  const target = list(at(service, 'spec', 'ports')).find((one) => one['port'] === port || one['name'] === port)?.['targetPort'] ?? port;
  return pods
    .filter((one) => one.namespace === namespaceOf(service, namespace) && holds(one.labels, record(at(service, 'spec', 'selector'))))
    .flatMap((to): readonly Way[] => {
      const number = portOf(to, target);
      return number === undefined ? [] : [{ ...way, to, port: number }];
    });
};

/** Namespaces that a PodMonitor names; none where it looks into all of them, as for pods that are not the platform's. */
const placesOf = (monitor: Json, own: string): readonly unknown[] => {
  const selector = record(at(monitor, 'spec', 'namespaceSelector'));
  const { matchNames } = selector;
  return Array.isArray(matchNames) ? (matchNames as readonly unknown[]) : selector['any'] === true ? [] : [own];
};

const waysOf = (object: Json, objects: readonly Json[], pods: readonly RealPods[], namespace: string): readonly Way[] => {
  const why = titleOf(object);
  const api = { why, from: 'kube-apiserver' } as const;
  const scrape = { why, from: 'prometheus' } as const;
  const called = (reference: unknown): readonly Way[] => behind(objects, pods, namespace, api, record(reference)['name'], record(reference)['port'] ?? 443);
  const matching = record(at(object, 'spec', 'selector', 'matchLabels'));
  switch (object['kind']) {
    case 'ValidatingWebhookConfiguration':
    case 'MutatingWebhookConfiguration':
      return list(object['webhooks']).flatMap((webhook) => called(at(webhook, 'clientConfig', 'service')));
    case 'APIService':
      return called(at(object, 'spec', 'service'));
    case 'CustomResourceDefinition':
      return called(at(object, 'spec', 'conversion', 'webhook', 'clientConfig', 'service'));
    case 'ServiceMonitor': {
      const services = objects.filter((one) => one['kind'] === 'Service' && holds(record(at(one, 'metadata', 'labels')), matching));
      return services.flatMap((service) => list(at(object, 'spec', 'endpoints')).flatMap(({ port }) => behind(objects, pods, namespace, scrape, at(service, 'metadata', 'name'), port)));
    }
    case 'PodMonitor': {
      const places = placesOf(object, namespace);
      return list(at(object, 'spec', 'podMetricsEndpoints')).flatMap(({ port }) =>
        pods.filter((one) => places.includes(one.namespace) && holds(one.labels, matching)).flatMap((to): readonly Way[] => {
          const number = portOf(to, port);
          return number === undefined ? [] : [{ ...scrape, to, port: number }];
        }));
    }
    default:
      return [];
  }
};

const isFrom = (end: End, from: Way['from']): boolean => (from === 'prometheus' ? 'pods' in end && end.pods.id.endsWith('/prometheus-kube-prometheus') : 'entity' in end && end.entity === from);

/** Ways that webhooks, aggregated APIs and monitors of a chart need and that no flow opens, and monitors that nobody answers. `all`: the cluster's pods. Pure. */
export const wayFaults = (plan: ClusterPlan, rendered: readonly unknown[], all: readonly ComponentPods[], namespace: string): readonly string[] => {
  const { flows } = flowsOf(plan);
  const objects = rendered.map(record);
  const pods = all.flatMap((one) => one.pods);
  const idOf = (real: RealPods): string => {
    const owner = all.find((one) => one.pods.includes(real));
    return (owner && claimedPods(plan, owner.component, real)?.id) ?? real.title;
  };
  const found = objects.flatMap((object) => {
    const ways = waysOf(object, objects, pods, namespace);
    if (object['kind'] === 'PodMonitor' && ways.length === 0 && pods.some((one) => placesOf(object, namespace).includes(one.namespace))) return [`${titleOf(object)} finds no pod with its port`];
    return ways.filter(({ to }) => !to.onHost).flatMap(({ why, from, to, port }) => {
      const id = idOf(to);
      return flows.some((flow) => 'pods' in flow.to && flow.to.pods.id === id && flow.port === port && isFrom(flow.from, from)) ? [] : [`${why} needs a flow from ${from} to ${id}:${port}`];
    });
  });
  return [...new Set(found)];
};

/** Ports that flows open and no container names. Pure. */
export const portFaults = (plan: ClusterPlan, { component, pods }: ComponentPods): readonly string[] => {
  const { flows } = flowsOf(plan);
  const wrong = pods.flatMap((real) => {
    const id = claimedPods(plan, component, real)?.id;
    return flows.flatMap(({ to, port }) => ('pods' in to && to.pods.id === id && !real.ports.some((one) => one.port === port) ? [`${real.title} names no container port ${port}, which a flow opens; it names ${real.ports.map((one) => one.port).join(', ') || 'none'}`] : []));
  });
  return [...new Set(wrong)];
};

/**
 * Pods whose charts give them rights that their programs don't use. Read in the sources: the device plugin talks to its kubelet only (NVIDIA/k8s-device-plugin
 * v0.19.3: client-go is in config-manager and in GPU feature discovery alone); Argo CD's repository server makes no client of Kubernetes
 * (argoproj/argo-cd v3.4, cmd/argocd-repo-server), and its Role is empty; HAProxy is not a program of Kubernetes at all.
 */
const rightsWithoutUse = new Set(['DaemonSet/nvidia-device-plugin', 'DaemonSet/nvidia-device-plugin-mps-control-daemon', 'Deployment/argocd-repo-server', 'Deployment/argocd-redis-ha-haproxy']);

/** Pods whose account the chart gives rights in the cluster, and that no flow lets reach the API server. Pure. */
export const apiFaults = (plan: ClusterPlan, rendered: readonly unknown[], { component, pods }: ComponentPods): readonly string[] => {
  const { flows } = flowsOf(plan);
  const accounts = new Set(rendered.map(record).filter(({ kind }) => kind === 'ClusterRoleBinding' || kind === 'RoleBinding').flatMap(({ subjects }) => list(subjects).map(({ name }) => text(name))));
  return pods.filter(({ title, onHost, tokenOf }) => !onHost && !rightsWithoutUse.has(title) && tokenOf !== undefined && accounts.has(tokenOf)).flatMap((real) => {
    const id = claimedPods(plan, component, real)?.id;
    const reaches = flows.some(({ from, to }) => 'pods' in from && from.pods.id === id && 'entity' in to && to.entity === 'kube-apiserver');
    return reaches ? [] : [`${real.title} has rights in the cluster (account ${real.tokenOf ?? ''}) and no flow to the API server`];
  });
};
