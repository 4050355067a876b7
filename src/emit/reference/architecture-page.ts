import type { ClusterPlan, EnvironmentPlan, Plan } from '../../model/plan.ts';
import { flowsOf, type End } from '../network/flows.ts';
import { plannedRoots, type PlannedRoot } from '../terraform/roots.ts';

const fence = (lines: readonly string[]): string => ['```mermaid', ...lines, '```'].join('\n');

/** Mermaid takes no hyphen at the end of an id and no word of its own (`end`) as one. */
const node = (text: string): string => `n_${text.replace(/[^A-Za-z0-9]/g, '_')}`;

const holds: Readonly<Record<PlannedRoot['kind'], string>> = {
  org: 'units, accounts, guard rails',
  account: 'state bucket, CI roles, audit',
  foundation: 'keys, zone, alerts, budgets',
  storage: 'buckets',
  data: 'databases, caches, queues',
  alarms: 'alarms',
  cluster: 'VPC, control plane, identities',
  bootstrap: 'Cilium, nodes, DNS, GitOps engine',
};

/** An environment's roots by what must be applied before; of its clusters the hub and one spoke. */
const rootsDiagram = (plan: Plan, { environment, clusters }: EnvironmentPlan): string => {
  const { hub, spoke } = hubAndSpoke(clusters);
  const shown = [hub, ...(spoke ? [spoke] : [])].filter((one) => one !== undefined);
  const roots = plannedRoots({ ...plan, environments: [{ environment, clusters: shown }] }).filter((root) => root.accountId === environment.accountId && root.kind !== 'org');
  const known = new Set(roots.map(({ path }) => path));
  return fence([
    'graph LR',
    ...roots.map(({ path, kind }) => `  ${node(path)}["${path}<br/>${holds[kind]}"]`),
    ...roots.flatMap(({ path, after }) => after.filter((one) => known.has(one)).map((one) => `  ${node(one)} --> ${node(path)}`)),
  ]);
};

const hubAndSpoke = (clusters: readonly ClusterPlan[]): { readonly hub?: ClusterPlan; readonly spoke?: ClusterPlan } => {
  const hub = clusters.find(({ cluster }) => cluster.hub);
  const spoke = clusters.find(({ cluster }) => !cluster.hub);
  return { ...(hub ? { hub } : {}), ...(spoke ? { spoke } : {}) };
};

/** Releases of a cluster by wave, each wave after the one before. */
const wavesDiagram = ({ components }: ClusterPlan): string => {
  const releases = components.flatMap(({ waves }) => Object.entries(waves));
  const numbers = [...new Set(releases.map(([, wave]) => wave))].toSorted((a, b) => a - b);
  return fence([
    'graph LR',
    ...numbers.map((wave) => `  w${wave}["wave ${wave}<br/>${releases.filter(([, at]) => at === wave).map(([name]) => name).join('<br/>')}"]`),
    ...numbers.slice(1).map((wave, i) => `  w${numbers[i]} --> w${wave}`),
  ]);
};

const partyOf = (end: End): string => ('pods' in end ? end.pods.component : 'entity' in end ? end.entity : 'names outside');

/** Who talks to whom, component by component. DNS, metrics and API servers are left out: nearly everybody has them. */
const flowsDiagram = (plan: ClusterPlan): string => {
  const usual = new Set(['coredns', 'kube-apiserver', 'kubelet', 'kube-prometheus-stack']);
  const edges = new Set(flowsOf(plan).flows.flatMap(({ from, to }) => {
    const [a, b] = [partyOf(from), partyOf(to)];
    return a === b || usual.has(a) || usual.has(b) ? [] : [`  ${node(a)}["${a}"] --> ${node(b)}["${b}"]`];
  }));
  return fence(['graph LR', ...[...edges].toSorted()]);
};

/** Each text once, with everybody it holds for. */
const once = (all: readonly (readonly [name: string, text: string])[]): readonly (readonly [names: string, text: string])[] => {
  const found = new Map<string, string[]>();
  for (const [name, text] of all) found.set(text, [...(found.get(text) ?? []), name]);
  return [...found].map(([text, names]) => [names.join(', '), text]);
};

/** How the platform comes up and hangs together, drawn from the same graph that orders it; of large fleets a hub and a spoke of each environment. Pure. */
export const architecturePage = (plan: Plan): string => {
  const pairs = plan.environments.map(({ environment, clusters }) => ({ name: environment.name, ...hubAndSpoke(clusters) }));
  const cluster = (role: 'hub' | 'spoke') => once(pairs.flatMap(({ name, [role]: one }) => (one ? [[name, wavesDiagram(one)] as const] : [])));
  const sections = (title: string, parts: readonly (readonly [string, string])[]): readonly string[] => parts.flatMap(([names, text]) => [`### ${title} of ${names}`, text]);
  return [
    '# Architecture',
    'Drawn from the graph that orders Terraform, Argo CD and Flux, so it is what happens. `argoeks graph --cluster <name>` prints it for one cluster.',
    '## Terraform roots',
    'Each box is a folder with a state of its own; an arrow means "after". Clusters beyond the first spoke hang like it.',
    ...plan.environments.flatMap((one) => [`### ${one.environment.name}`, rootsDiagram(plan, one)]),
    '## Order inside a cluster',
    'A wave starts when everything of the wave before it is healthy. Wave 0 is what Terraform installs and the GitOps engine then adopts.',
    ...sections('A hub', cluster('hub')),
    ...sections('A spoke', cluster('spoke')),
    '## Who talks to whom',
    'Connections that components declare; network policies let nothing else through. Left out: DNS, API servers, metrics. Each component\'s page has its ports and hosts.',
    ...sections('A hub', once(pairs.flatMap(({ name, hub }) => (hub ? [[name, flowsDiagram(hub)] as const] : [])))),
  ].join('\n\n');
};
