import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubeOf } from '../../src/adapters/kube.ts';
import { flowsOf } from '../../src/emit/network/flows.ts';
import { policiesOf } from '../../src/emit/network/policies.ts';
import { ensureTools } from '../../src/local/tools.ts';
import { closeWorld, openWorld } from '../../src/local/world.ts';
import type { ClusterPlan } from '../../src/model/plan.ts';
import type { Kube } from '../../src/ports/kube.ts';
import { PortError } from '../../src/ports/port-error.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';
import { crdManifest } from '../../src/verify/kubernetes/crd-manifest.ts';
import type { Peer } from '../../src/verify/network/policy-rules.ts';
import { policiesFrom } from '../../src/verify/network/policy-rules.ts';
import { reachability } from '../../src/verify/network/reachability.ts';
import { defaultClusters, everythingClusters } from '../fixtures/network-plans.ts';

const repository = join(import.meta.dirname, '../..');
const plans = [...defaultClusters(), ...everythingClusters()].map((plan, i) => [`${plan.cluster.name} (${i < 4 ? 'default' : 'everything on'})`, plan] as const);

interface Question {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: string;
}
interface Answer {
  readonly egress: boolean;
  readonly ingress: boolean;
}

const reserved = (entities: readonly string[]): readonly string[] => entities.filter((one) => one !== 'cluster').map((one) => `reserved:${one}`);

/** Labels as Cilium gives them: those of the pod with its namespace and cluster, or of a reserved identity. */
const labelsOf = ({ namespace, labels = {}, entities }: Peer): readonly string[] =>
  namespace === undefined
    ? reserved(entities)
    : [`k8s:io.kubernetes.pod.namespace=${namespace}`, 'k8s:io.cilium.k8s.policy.cluster=default', ...Object.entries(labels).map(([key, value]) => `k8s:${key}=${value}`)];

/** Ports that anything is said of for one of two ends, and one that nothing is said of. */
const portsOf = (plan: ClusterPlan): ((from: string, to: string) => readonly { readonly port: number; readonly protocol: string }[]) => {
  const byEnd = new Map<string, Set<string>>();
  for (const { from, to, port, protocol } of flowsOf(plan).flows)
    for (const end of [from, to])
      // Every port: the one that nothing is said of shows it.
      if ('pods' in end && port !== '*') for (const one of protocol === 'ANY' ? ['TCP', 'UDP'] : [protocol]) byEnd.set(end.pods.id, (byEnd.get(end.pods.id) ?? new Set()).add(`${port}/${one}`));
  return (from, to) => [...new Set(['31337/TCP', ...(byEnd.get(from) ?? []), ...(byEnd.get(to) ?? [])])].map((text) => ({ port: Number(text.split('/')[0]), protocol: text.split('/')[1] ?? '' }));
};

describe("Cilium's own policy code", () => {
  let program = '';
  beforeAll(async () => {
    program = (await ensureTools({ repoDir: repository, only: 'cilium-policy' }))['cilium-policy'] ?? '';
  }, 900_000);

  const ask = (policies: readonly KubeObject[], peers: readonly Peer[], questions: readonly Question[]): readonly Answer[] => {
    const done = spawnSync(program, { input: JSON.stringify({ policies, peers: peers.map((peer) => ({ id: peer.id, labels: labelsOf(peer), name: peer.name ?? '' })), questions }), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    if (done.status !== 0) throw new Error(done.stderr);
    return JSON.parse(done.stdout) as readonly Answer[];
  };

  it.each(plans)('gives the same answers for %s', (_, plan) => {
    const policies = policiesOf(plan);
    const { peers } = reachability(plan, policies);
    const ports = portsOf(plan);
    const pairs = peers.flatMap((from) => peers.map((to) => ({ from, to }))).filter(({ from, to }) => from.namespace !== undefined || to.namespace !== undefined);
    const asked = pairs.flatMap(({ from, to }) => ports(from.id, to.id).map((port) => ({ ...port, from, to })));
    const answers = ask(policies, peers, asked.map(({ from, to, port, protocol }) => ({ from: from.id, to: to.id, port, protocol })));
    const own = policiesFrom(policies);
    const differences: string[] = [];
    for (const [i, { from, to, port, protocol }] of asked.entries()) {
      const theirs = answers[i];
      const lets = (open: ReadonlySet<string>): boolean => open.has('*') || open.has(`${port}/${protocol}`);
      const ours = { egress: lets(own.egress(from, to)), ingress: lets(own.ingress(to, from)) };
      // What is not a pod has no policies: Cilium is asked about pods only.
      if (from.namespace !== undefined && ours.egress !== theirs?.egress) differences.push(`${from.id} → ${to.id} ${port}/${protocol}: egress ${ours.egress}, Cilium ${theirs?.egress}`);
      if (to.namespace !== undefined && ours.ingress !== theirs?.ingress) differences.push(`${from.id} → ${to.id} ${port}/${protocol}: ingress ${ours.ingress}, Cilium ${theirs?.ingress}`);
    }
    expect(differences.slice(0, 20)).toEqual([]);
    expect(answers.filter(({ egress, ingress }) => egress && ingress).length).toBeGreaterThan(50);
    expect(answers.filter(({ egress, ingress }) => !egress || !ingress).length).toBeGreaterThan(1000);
  }, 300_000);
});

describe('a real API server with the definitions of Cilium', () => {
  let directory = '';
  let kube: Kube;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'argoeks-network-'));
    const world = await openWorld({ repoDir: directory, toolsRepoDir: repository });
    const { kubeconfigPath } = await world.ensureControlPlane('network', { kubernetesVersion: '1.35' });
    kube = kubeOf(await readFile(kubeconfigPath, 'utf8'));
    await kube.apply(crdManifest('ciliumnetworkpolicies.cilium.io'));
  }, 900_000);
  afterAll(async () => {
    await closeWorld(directory);
    await rm(directory, { recursive: true, force: true });
  });

  const settled = async (object: KubeObject): Promise<KubeObject> => {
    for (let left = 50; ; left -= 1) {
      try {
        return await kube.apply(object);
      } catch (error) {
        // A definition is served a moment after it was made.
        if (left === 0 || !(error instanceof PortError) || error.kind !== 'missing') throw error;
        await new Promise((done) => { setTimeout(done, 200); });
      }
    }
  };

  it.each(plans)('takes every policy of %s as it is', async (_, plan) => {
    const policies = policiesOf(plan);
    for (const name of new Set(policies.map(({ metadata }) => metadata.namespace ?? ''))) if (name !== 'kube-system') await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    for (const policy of policies) {
      const { spec, specs } = await settled(policy);
      // A field that the definition does not know would be dropped without a word.
      expect({ spec, specs }).toEqual({ spec: policy['spec'], specs: policy['specs'] });
    }
  }, 120_000);
});
