import { describe, expect, it } from 'vitest';
import { components } from '../../components/registry.ts';
import { policiesOf } from '../../emit/network/policies.ts';
import { entities, flowsOf } from '../../emit/network/flows.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { defaultClusters, everythingClusters } from '../../../test/fixtures/network-plans.ts';
import { validateObject } from '../kubernetes/schemas.ts';
import { clusterFlowFaults } from './flow-faults.ts';
import { reachability } from './reachability.ts';

/** Clusters of Flux with what is off by default: webhooks, and a team whose images are written. */
const fluxClusters = everythingClusters({
  gitops_engine: 'flux', components: { 'flux-webhooks': { enabled: true } },
  tenants: [{ name: 'science', git: { repo_url: 'https://git.science.test/apps.git', images: { credentials: { kind: 'github-app', secret: 'science/push', app_id: '1', installation_id: '2' }, policies: [{ name: 'api', image: '210987654321.dkr.ecr.eu-west-1.amazonaws.com/science/api', order: 'semver' }, { name: 'web', image: 'ghcr.io/acme/web', order: 'semver' }] } } }],
});

const plans = [...defaultClusters(), ...everythingClusters(), ...fluxClusters];
const first = (): ClusterPlan => {
  const [plan] = plans;
  if (!plan) throw new Error('no plan');
  return plan;
};

/** The same policies with one thing taken out of the texts they are made of. */
const without = (objects: readonly KubeObject[], name: string, change: (text: string) => string): readonly KubeObject[] =>
  objects.map((object) => (object.metadata.name === name ? (JSON.parse(change(JSON.stringify(object))) as KubeObject) : object));

describe.each(plans.map((plan, i) => [`${plan.cluster.name} (${i < 4 ? 'default' : 'everything on'})`, plan] as const))('network policies of %s', (_, plan) => {
  it('open what components declare, and nothing else', () => {
    const found = reachability(plan, policiesOf(plan));
    expect(found.closed.map(({ from, to, port }) => `${from} ${to} ${port}`)).toEqual([]);
    expect(found.undeclared).toEqual([]);
    expect(found.open.length).toBeGreaterThan(50);
    expect(clusterFlowFaults(plan, policiesOf(plan))).toEqual([]);
  });

  it('are objects that the definitions of Cilium allow', () => {
    for (const object of policiesOf(plan)) expect({ name: object.metadata.name, issues: validateObject(object) }).toEqual({ name: object.metadata.name, issues: [] });
  });

  it('select every pod of a component that is on by default and not on the host', () => {
    const byDefault = new Set(components.filter(({ defaultOn }) => defaultOn !== false).map(({ id }) => id));
    expect(flowsOf(plan).unknown.filter((id) => byDefault.has(id.split('/')[0] ?? ''))).toEqual([]);
  });

  it('let no tenant into a component but CoreDNS, and no component to a tenant', () => {
    const { open } = reachability(plan, policiesOf(plan));
    expect(open.filter(({ from, to }) => from === 'tenant' || to === 'tenant').map(({ to, port }) => `${to} ${port}`)).toEqual(['coredns/coredns 53/TCP', 'coredns/coredns 53/UDP']);
  });
});

describe('what is planted is named', () => {
  const because = { file: 'configuration/clusters/dev.yaml', line: 9, column: 13 };
  const plan = { ...first(), components: first().components.map((one) => ({ ...one, because })) };
  const messages = (objects: readonly KubeObject[]): readonly string[] => clusterFlowFaults(plan, objects).map(({ code, at, summary }) => `${at.file}:${at.line}:${at.column} ${code} ${summary}`);

  it('a missing egress of the source, at the line that asked for the component', () => {
    const found = messages(without(policiesOf(plan), 'metrics-server', (text) => text.replace('{"toEntities":["kube-apiserver"],"toPorts":[{"ports":[{"port":"443","protocol":"TCP"}]}]},', '')));
    expect(found).toEqual([expect.stringMatching(/^configuration\/clusters\/dev\.yaml:9:13 verify\/flow-closed On \S+ "metrics-server\/metrics-server" can't reach "kube-apiserver" on 443\/TCP, which component "metrics-server" declares \(.+\): no policy lets the source out\.$/)]);
  });

  it('a missing ingress of the target', () => {
    const found = messages(without(policiesOf(plan), 'metrics-server', (text) => text.replace('"fromEntities":["kube-apiserver"]', '"fromEntities":["world"]')));
    // The API server of EKS is outside the cluster: a rule for `world` lets it in, and everybody else.
    expect(found.every((line) => line.includes('verify/flow-open'))).toBe(true);
    expect(found.length).toBeGreaterThan(0);
    expect(messages(without(policiesOf(plan), 'metrics-server', (text) => text.replace('"fromEntities":["kube-apiserver"]', '"fromEntities":["health"]')))).toEqual([expect.stringContaining('no policy lets the target be reached')]);
  });

  it('names that can not be learned, where no question goes through the DNS proxy', () => {
    const found = messages(without(policiesOf(plan), 'karpenter', (text) => text.replace(',"rules":{"dns":[{"matchPattern":"*"}]}', '')));
    expect(found.some((line) => line.includes('can\'t reach "sqs.us-east-1.amazonaws.com" on 443/TCP'))).toBe(true);
  });

  it('a namespace that lost what closes it', () => {
    const open = policiesOf(plan).filter(({ metadata }) => metadata.namespace !== 'cert-manager');
    expect(messages(open).some((line) => line.includes('"tenant" can reach "cert-manager/cert-manager" on every port, which no component declares'))).toBe(true);
  });

  it('labels that are not the pods\'', () => {
    const found = messages(without(policiesOf(plan), 'kube-prometheus-stack', (text) => text.replaceAll('"app.kubernetes.io/name":"grafana"', '"app.kubernetes.io/name":"graphana"')));
    expect(found.some((line) => line.includes('"kube-prometheus-stack/kube-prometheus-stack-grafana" can\'t reach'))).toBe(true);
  });

  it('pods whose labels nobody states, in a namespace of two components', () => {
    const own = plan.components.find(({ id }) => id === 'external-dns');
    const [release] = own?.workload.releases ?? [];
    if (!own || release?.kind !== 'chart') throw new Error('external-dns has changed');
    const strange = { ...own, id: 'strange', workload: { ...own.workload, releases: [{ ...release, standIn: { workloads: [{ kind: 'Deployment' as const, name: 'strange', requests: { cpu: '1m', memory: '1Mi' } }] } }] } };
    const both = { ...plan, components: [...plan.components, strange] };
    expect(clusterFlowFaults(both, policiesOf(both)).map(({ code, summary }) => `${code} ${summary}`)).toEqual([expect.stringMatching(/^verify\/unselected-pods .*"strange\/strange"/)]);
  });
});

it('ends of flows are components and workloads that exist', () => {
  const known = new Set(plans.flatMap((plan) => flowsOf(plan).pods.flatMap(({ id, component }) => [id, component])));
  const ids = new Set(components.map(({ id }) => id));
  const words = new Set<string>(entities);
  for (const plan of plans)
    for (const { id, network } of plan.components)
      for (const { from, to } of network)
        for (const end of [from, to]) expect({ id, end, known: known.has(end) || words.has(end) || (ids.has(end) && !end.includes('/')) || (end === to && end.includes('.') && !end.includes('/')) }).toEqual({ id, end, known: true });
});

it('workloads that no label tells apart are one: what one of them needs is open to the others, and declared', () => {
  const plan = first();
  const own = plan.components.find(({ id }) => id === 'external-dns');
  const [release] = own?.workload.releases ?? [];
  if (!own || release?.kind !== 'chart') throw new Error('external-dns has changed');
  const requests = { cpu: '1m', memory: '1Mi' };
  const workloads = [{ kind: 'Deployment' as const, name: 'with-role', roleArn: 'arn:aws:iam::111122223333:role/own', requests }, { kind: 'Deployment' as const, name: 'without', requests }];
  const strange = { ...own, id: 'strange', network: [], workload: { namespaces: [{ name: 'strange', podSecurity: 'restricted' as const }], releases: [{ ...release, namespace: 'strange', standIn: { workloads } }] } };
  const both = { ...plan, components: [...plan.components, strange] };
  expect(clusterFlowFaults(both, policiesOf(both))).toEqual([]);
  expect(reachability(both, policiesOf(both)).open.filter(({ from, to }) => from.startsWith('strange/') && to.startsWith('sts.')).map(({ from }) => from)).toEqual(['strange/with-role', 'strange/without']);
});

it('a cluster that switches policies off has none', () => {
  for (const plan of everythingClusters({ network: { policies: false } })) expect(policiesOf(plan)).toEqual([]);
});
