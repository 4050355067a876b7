import type { ClusterPlan } from '../../model/plan.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { namespacesOf } from '../kubernetes/namespaces.ts';
import { flowsOf, type ClusterFlow, type ClusterFlows, type End } from './flows.ts';
import type { Pods } from './pods.ts';

const apiVersion = 'cilium.io/v2';
const namespaceLabel = 'k8s:io.kubernetes.pod.namespace';

type Rule = Readonly<Record<string, unknown>>;

/** Traffic of host-network pods comes from their node, be it this one or another. */
const nodes = ['host', 'remote-node'];

/** How a rule names the other end: one field with one list. */
const peer = (direction: 'from' | 'to', end: End): Readonly<Record<string, readonly unknown[]>> => {
  if ('name' in end) return { toFQDNs: [end.name.includes('*') ? { matchPattern: end.name } : { matchName: end.name }] };
  if ('entity' in end) return { [`${direction}Entities`]: end.entity === 'kubelet' ? nodes : [end.entity] };
  if (end.pods.onHost) return { [`${direction}Entities`]: nodes };
  return { [`${direction}Endpoints`]: [{ matchLabels: { [namespaceLabel]: end.pods.namespace, ...end.pods.labels } }] };
};

const isDns = ({ to, port }: ClusterFlow): boolean => 'pods' in to && to.pods.component === 'coredns' && port === 53;

/**
 * Rules for the other ends, each with all its ports. Names are learned from the answers that Cilium's DNS proxy sees, so where a rule has names the
 * rule for DNS sends the questions through it. Source: Cilium 1.19 documentation, "DNS based".
 */
const rules = (direction: 'from' | 'to', flows: readonly ClusterFlow[]): readonly Rule[] => {
  const namesAny = flows.some(({ to }) => 'name' in to);
  const byPeer = new Map<string, { rule: ReturnType<typeof peer>; flows: ClusterFlow[] }>();
  for (const flow of flows) {
    const rule = peer(direction, flow[direction]);
    const key = JSON.stringify(rule);
    const known = byPeer.get(key) ?? { rule, flows: [] };
    known.flows.push(flow);
    byPeer.set(key, known);
  }
  const separate = [...byPeer.values()].map(({ rule, flows: same }) => {
    // A rule without ports opens all of them.
    if (same.some(({ port }) => port === '*')) return { rule, toPorts: undefined };
    const ports = [...new Map(same.map(({ port, protocol }) => [`${port} ${protocol}`, { port: String(port), protocol }])).values()];
    const proxied = direction === 'to' && namesAny && same.some(isDns);
    return { rule, toPorts: [{ ports, ...(proxied ? { rules: { dns: [{ matchPattern: '*' }] } } : {}) }] };
  });
  // Ends of one sort with the same ports make one rule: a line for each reads better than a rule for each.
  const joined = new Map<string, { sort: string; ends: unknown[]; toPorts: readonly unknown[] | undefined }>();
  for (const { rule, toPorts } of separate) {
    const [[sort, ends] = ['', []]] = Object.entries(rule);
    const key = JSON.stringify([sort, toPorts]);
    const known = joined.get(key) ?? { sort, ends: [], toPorts };
    known.ends.push(...ends.filter((one) => !known.ends.includes(one)));
    joined.set(key, known);
  }
  return [...joined.values()].map(({ sort, ends, toPorts }) => ({ [sort]: ends, ...(toPorts ? { toPorts } : {}) }));
};

/** A rule without any peer: allows nothing, and turns the default from "allow" to "deny". */
const nothing: readonly Rule[] = [{}];
/** Probes of the kubelet. */
const probes: Rule = { fromEntities: ['host'] };

const spec = (pods: Pods, flows: readonly ClusterFlow[], ownNamespace: boolean): Rule => {
  const ingress = rules('from', flows.filter(({ to }) => 'pods' in to && to.pods.id === pods.id));
  const egress = rules('to', flows.filter(({ from }) => 'pods' in from && from.pods.id === pods.id));
  return {
    description: pods.id,
    endpointSelector: Object.keys(pods.labels).length > 0 ? { matchLabels: pods.labels } : {},
    // In a namespace of the platform the policy default-deny has both.
    ...(ownNamespace ? (ingress.length > 0 ? { ingress } : {}) : { ingress: [probes, ...ingress] }),
    ...(egress.length > 0 ? { egress } : ownNamespace ? {} : { egress: nothing }),
  };
};

/** What a namespace of the platform starts from: nothing in but the kubelet's probes, nothing out. */
const defaultDeny = (namespace: string): KubeObject => ({
  apiVersion,
  kind: 'CiliumNetworkPolicy',
  metadata: { name: 'default-deny', namespace },
  spec: { description: 'Closes the namespace in both directions; the other policies open what components declare.', endpointSelector: {}, ingress: [probes], egress: nothing },
});

const rendered = new Map<string, readonly KubeObject[]>();

const render = (namespaces: readonly string[], { pods, flows }: ClusterFlows): readonly KubeObject[] => {
  const selectable = pods.filter(({ onHost }) => !onHost);
  const places = [...new Map(selectable.map(({ component, namespace }) => [`${component} ${namespace}`, { component, namespace }])).values()];
  const ofComponents = places.flatMap(({ component, namespace }): readonly KubeObject[] => {
    const own = namespaces.includes(namespace);
    const specs = selectable.filter((one) => one.component === component && one.namespace === namespace).map((one) => spec(one, flows, own)).filter((one) => 'ingress' in one || 'egress' in one);
    return specs.length === 0 ? [] : [{ apiVersion, kind: 'CiliumNetworkPolicy', metadata: { name: component, namespace }, specs }];
  });
  return [...namespaces.map(defaultDeny), ...ofComponents];
};

/**
 * The network policies of one cluster: each namespace of the platform closed both ways, and for each component what it declares. In
 * `kube-system`, where others have pods too, only the components' own pods are closed. The same object for clusters that have the same. Pure.
 */
export const policiesOf = (plan: ClusterPlan): readonly KubeObject[] => {
  if (!plan.cluster.network.policies) return [];
  const namespaces = namespacesOf(plan).map(({ name }) => name);
  const flows = flowsOf(plan);
  const key = `${namespaces.join(' ')}\n${flows.key}`;
  const known = rendered.get(key);
  if (known) return known;
  const made = render(namespaces, flows);
  rendered.set(key, made);
  return made;
};
