import type { KubeObject } from '../../units/kube-object.ts';

/** What Cilium can know of one end of a connection. */
export interface Peer {
  readonly id: string;
  /** Pods only. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Words of Cilium that stand for it: `host`, `remote-node`, `kube-apiserver`, `world`, `cluster`. */
  readonly entities: readonly string[];
  /** DNS name it was found by. */
  readonly name?: string;
}

/** Ports that rules open: `443/TCP`, or `*` for every port. */
export type OpenPorts = ReadonlySet<string>;

interface PortRule {
  readonly ports?: readonly { readonly port: string; readonly protocol?: string }[];
  readonly rules?: { readonly dns?: readonly unknown[] };
}
interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}
interface Name {
  readonly matchName?: string;
  readonly matchPattern?: string;
}
/** A rule of either direction, with the fields that this platform renders. */
interface Rule {
  readonly fromEndpoints?: readonly Selector[];
  readonly toEndpoints?: readonly Selector[];
  readonly fromEntities?: readonly string[];
  readonly toEntities?: readonly string[];
  readonly toFQDNs?: readonly Name[];
  readonly toPorts?: readonly PortRule[];
}
interface Spec {
  readonly endpointSelector: Selector;
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}
interface PlacedSpec extends Spec {
  readonly namespace: string;
}

const namespaceLabel = 'io.kubernetes.pod.namespace';
const bare = (label: string): string => label.replace(/^(?:k8s|any):/, '');

const selects = ({ matchLabels = {} }: Selector, { namespace, labels }: Peer): boolean =>
  namespace !== undefined && Object.entries(matchLabels).every(([key, value]) => (bare(key) === namespaceLabel ? namespace : labels?.[bare(key)]) === value);

/** `*` stands for characters of one label. Source: Cilium 1.19, `pkg/policy/api/fqdn.go`. */
const isNamed = ({ matchName, matchPattern }: Name, name: string): boolean =>
  matchName === undefined ? matchPattern !== undefined && new RegExp(`^${matchPattern.split('*').map((part) => part.replaceAll('.', '\\.')).join('[-a-z0-9_]*')}$`, 'i').test(name) : matchName === name;

const knownFields: ReadonlySet<string> = new Set(['fromEndpoints', 'toEndpoints', 'fromEntities', 'toEntities', 'toFQDNs', 'toPorts']);

/** Whether a rule speaks of a peer. A rule that names no peers and no ports opens nothing. Throws for a field that is not understood: a bug. */
const speaksOf = (rule: Rule, peer: Peer): boolean => {
  const strange = Object.keys(rule).find((key) => !knownFields.has(key));
  if (strange !== undefined) throw new Error(`rule with ${strange}`);
  const entities = rule.fromEntities ?? rule.toEntities;
  const endpoints = rule.fromEndpoints ?? rule.toEndpoints;
  if (entities === undefined && endpoints === undefined && rule.toFQDNs === undefined) return rule.toPorts !== undefined;
  return (
    (entities?.some((one) => one === 'all' || peer.entities.includes(one)) ?? false) ||
    (endpoints?.some((one) => selects(one, peer)) ?? false) ||
    (peer.name !== undefined && (rule.toFQDNs?.some((one) => isNamed(one, peer.name ?? '')) ?? false))
  );
};

const portsOf = ({ toPorts }: Rule): readonly string[] =>
  toPorts === undefined ? ['*'] : toPorts.flatMap(({ ports = [] }) => ports.flatMap(({ port, protocol = 'ANY' }) => (protocol === 'ANY' ? [`${port}/TCP`, `${port}/UDP`] : [`${port}/${protocol}`])));

const asksProxy = ({ toPorts = [] }: Rule): boolean => toPorts.some(({ rules }) => (rules?.dns?.length ?? 0) > 0);

/** The policies of a cluster, to be asked. */
export interface Policies {
  /** Ports on which `subject` may reach `peer` as far as policies for egress of `subject` go. */
  egress(subject: Peer, peer: Peer): OpenPorts;
  /** Ports on which `subject` may be reached by `peer` as far as policies for ingress of `subject` go. */
  ingress(subject: Peer, peer: Peer): OpenPorts;
}

const everything: OpenPorts = new Set(['*']);

/** Reads CiliumNetworkPolicies as Cilium's enforcement mode `default` does: a direction is closed for a pod once a policy for it selects the pod. Pure. */
export const policiesFrom = (objects: readonly KubeObject[]): Policies => {
  const specs = objects.flatMap((object): readonly PlacedSpec[] => {
    const { spec, specs: several } = object as unknown as { readonly spec?: Spec; readonly specs?: readonly Spec[] };
    return [...(spec ? [spec] : []), ...(several ?? [])].map((one) => ({ ...one, namespace: object.metadata.namespace ?? '' }));
  });
  const memory = new Map<string, readonly Rule[] | undefined>();
  const rulesFor = (subject: Peer, direction: 'ingress' | 'egress'): readonly Rule[] | undefined => {
    const key = `${direction} ${subject.id}`;
    if (memory.has(key)) return memory.get(key);
    const lists = specs.flatMap((one) => (one.namespace === subject.namespace && selects(one.endpointSelector, subject) ? [one[direction] ?? []] : [])).filter((list) => list.length > 0);
    const found = lists.length === 0 ? undefined : lists.flat();
    memory.set(key, found);
    return found;
  };
  const ask = (direction: 'ingress' | 'egress') => (subject: Peer, peer: Peer): OpenPorts => {
    // Policies select pods; what is on a host or outside is not held back by any.
    const rules = subject.namespace === undefined ? undefined : rulesFor(subject, direction);
    if (rules === undefined) return everything;
    // Without a question that went through the proxy Cilium learns no address of a name.
    const learns = rules.some(asksProxy);
    return new Set(rules.filter((rule) => speaksOf(rule, learns ? peer : { ...peer, name: '' })).flatMap(portsOf));
  };
  return { egress: ask('egress'), ingress: ask('ingress') };
};
