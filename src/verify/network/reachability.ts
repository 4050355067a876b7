import { flowsOf, type ClusterFlow, type ClusterFlows, type End } from '../../emit/network/flows.ts';
import type { Pods } from '../../emit/network/pods.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { policiesFrom, type OpenPorts, type Peer } from './policy-rules.ts';

/** A connection that is asked for or possible. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  /** `443/TCP`; `*` stands for every port. */
  readonly port: string;
}

/** A declared flow that the policies don't let through, and at which end. */
export interface Closed extends Connection {
  readonly flow: ClusterFlow;
  readonly missing: readonly ('egress' | 'ingress')[];
}

/** Who may reach whom in one cluster. */
export interface Reachability {
  /** Everybody that was asked about. */
  readonly peers: readonly Peer[];
  /** Connections between pods of components and everything else that policies let through. */
  readonly open: readonly Connection[];
  /** Declared, but closed. */
  readonly closed: readonly Closed[];
  /** Open, but declared by nobody. */
  readonly undeclared: readonly Connection[];
}

/** A pod of a tenant, and a name that nobody declared: stand for all there are. */
const tenant: Peer = { id: 'tenant', namespace: 'tenant-of-somebody', labels: {}, entities: ['cluster'] };
const stranger: Peer = { id: 'name-of-nobody.invalid', name: 'name-of-nobody.invalid', entities: ['world'] };

/**
 * Outside of pods. An API server of EKS stands outside the cluster, so `world` covers its addresses too, and `cluster` covers every API server.
 * Sources: Cilium 1.19, `pkg/ipcache/metadata.go`, and `InitEntities` in `pkg/policy/api/entity.go`.
 */
const places: readonly Peer[] = [
  { id: 'host', entities: ['host', 'cluster'] },
  { id: 'remote-node', entities: ['remote-node', 'cluster'] },
  { id: 'kube-apiserver', entities: ['kube-apiserver', 'world', 'cluster'] },
  { id: 'ingress', entities: ['ingress', 'cluster'] },
];

const peerOf = ({ id, namespace, labels }: Pods): Peer => ({ id, namespace, labels, entities: ['cluster'] });

/** A name that a declared one stands for. */
const example = (name: string): string => name.replaceAll('*', 'x1');

const peersOf = ({ pods, flows }: ClusterFlows): readonly Peer[] => {
  const names = [...new Set(flows.flatMap(({ to }) => ('name' in to ? [example(to.name)] : [])))];
  return [...pods.filter(({ onHost }) => !onHost).map(peerOf), tenant, ...places, ...names.map((name): Peer => ({ id: name, name, entities: ['world'] })), stranger];
};

/** Peers that an end of a flow stands for. */
const standsFor = (end: End, peers: readonly Peer[]): readonly Peer[] => {
  const of = (...entities: readonly string[]): readonly Peer[] => peers.filter((peer) => entities.some((entity) => peer.entities.includes(entity)));
  if ('name' in end) return peers.filter(({ name }) => name === example(end.name));
  if ('entity' in end) return end.entity === 'kubelet' ? of('host', 'remote-node') : of(end.entity);
  return end.pods.onHost ? of('host', 'remote-node') : peers.filter(({ id }) => id === end.pods.id);
};

const portsOf = ({ port, protocol }: ClusterFlow): readonly string[] => (port === '*' ? ['*'] : protocol === 'ANY' ? [`${port}/TCP`, `${port}/UDP`] : [`${port}/${protocol}`]);
const lets = (ports: OpenPorts, port: string): boolean => ports.has('*') || ports.has(port);
const isPod = ({ namespace }: Peer): boolean => namespace !== undefined;
const textOf = ({ from, to, port }: Connection): string => `${from} ${to} ${port}`;

/**
 * Works out from rendered policies alone who may reach whom, and compares it with what components declare. What the kubelet of a pod's own node
 * asks is always let through, and connections without a pod of a component at either end are nobody's here. Pure.
 */
export const reachability = (plan: ClusterPlan, objects: readonly KubeObject[]): Reachability => {
  const all = flowsOf(plan);
  const peers = peersOf(all);
  const policies = policiesFrom(objects);
  const declared = new Set<string>();
  const closed: Closed[] = [];
  for (const flow of all.flows) {
    for (const from of standsFor(flow.from, peers)) {
      for (const to of standsFor(flow.to, peers)) {
        // A word such as `cluster` means the others.
        if (from.id === to.id && 'entity' in flow.from) continue;
        for (const port of portsOf(flow)) {
          const connection = { from: from.id, to: to.id, port };
          declared.add(textOf(connection));
          const missing = [...(lets(policies.egress(from, to), port) ? [] : ['egress' as const]), ...(lets(policies.ingress(to, from), port) ? [] : ['ingress' as const])];
          if (missing.length > 0) closed.push({ ...connection, flow, missing });
        }
      }
    }
  }
  const open: Connection[] = [];
  const ours = new Set(all.pods.map(({ id }) => id));
  for (const from of peers) {
    for (const to of peers) {
      if ((!ours.has(from.id) && !ours.has(to.id)) || from.id === 'host' || !(isPod(from) || isPod(to))) continue;
      const out = policies.egress(from, to);
      const into = policies.ingress(to, from);
      const both = out.has('*') ? into : into.has('*') ? out : new Set([...out].filter((port) => into.has(port)));
      for (const port of both) open.push({ from: from.id, to: to.id, port });
    }
  }
  return { peers, open, closed, undeclared: open.filter((one) => !declared.has(textOf(one))) };
};
