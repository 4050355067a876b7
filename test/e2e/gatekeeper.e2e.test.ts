import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { constraintKind } from '../../src/components/admission/constraints.ts';
import { ensureTools } from '../../src/local/tools.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';
import { admissionCases, admissionPlatform } from '../fixtures/admission-cases.ts';
import { exampleCluster, objectsOf, planned } from '../fixtures/planned-components.ts';

const repository = join(import.meta.dirname, '../..');
const cluster = { ...exampleCluster('prod'), components: { gatekeeper: { enforce: true } } };
const gatekeeper = planned('gatekeeper', cluster, { enforce: true }, admissionPlatform);
const rules: readonly KubeObject[] = [...objectsOf(gatekeeper, 'gatekeeper-templates'), ...objectsOf(gatekeeper, 'gatekeeper-constraints')];
const namespace = (name: string, labels: Readonly<Record<string, string>>): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'kubernetes.io/metadata.name': name, team: 'science', environment: 'test', cluster: 'test', ...labels } } });
const namespaces = [namespace('policy-test', {}), namespace('tenant-research', { 'argoeks.io/owner': 'research' }), namespace('kube-system', {}), namespace('policy-agents', { 'pod-security.kubernetes.io/enforce': 'privileged', 'argoeks.io/owner': 'platform' })];

interface Violation {
  readonly msg: string;
  readonly constraint: { readonly kind: string };
  readonly violatingObject: { readonly kind: string; readonly metadata: { readonly name: string } };
}

let directory = '';
let gator = '';

beforeAll(async () => {
  gator = (await ensureTools({ repoDir: repository, only: 'gatekeeper' }))['gator'] ?? '';
  directory = await mkdtemp(join(tmpdir(), 'argoeks-gatekeeper-'));
}, 900_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Kinds of constraints that an object breaks, as Gatekeeper's own code decides. */
const broken = async (object: KubeObject, more: readonly KubeObject[] = namespaces): Promise<readonly string[]> => {
  const file = join(directory, 'objects.yaml');
  const others = more.filter(({ metadata }) => metadata.name !== object.metadata.name);
  await writeFile(file, [...rules, ...others, object].map((one) => JSON.stringify(one)).join('\n---\n'));
  const { stdout, stderr } = spawnSync(gator, ['test', '--filename', file, '--output', 'json'], { encoding: 'utf8' });
  if (!stdout.trim().startsWith('[') && stdout.trim() !== 'null' && stdout.trim() !== '') throw new Error(stdout + stderr);
  if (stdout.trim() === '' && stderr.trim() !== '') throw new Error(stderr);
  const found = (JSON.parse(stdout.trim() || '[]') as readonly Violation[] | null) ?? [];
  return [...new Set(found.filter(({ violatingObject }) => violatingObject.kind === object.kind && violatingObject.metadata.name === object.metadata.name).map(({ constraint }) => constraint.kind))];
};

describe("Gatekeeper's own code, with the rules of the API server's policies", () => {
  it('has a template and a constraint for each rule', () => {
    expect(rules.filter(({ kind }) => kind === 'ConstraintTemplate')).toHaveLength(new Set(admissionCases.map(({ policy }) => policy)).size);
    expect(rules.filter(({ apiVersion }) => apiVersion.startsWith('constraints.')).map(({ kind }) => kind).toSorted()).toEqual([...new Set(admissionCases.map(({ policy }) => constraintKind(policy)))].toSorted());
  });

  it.each(admissionCases)('$policy: $what', async ({ policy, refused, admitted }) => {
    expect(await broken(refused)).toContain(constraintKind(policy));
    expect(await broken(admitted)).toEqual([]);
  }, 30_000);

  it('leaves system namespaces alone, and lets node agents be node agents where their namespace says so', async () => {
    const agent = (inside: string, image: string): KubeObject => ({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent', namespace: inside }, spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } }, spec: { hostNetwork: true, containers: [{ name: 'main', image, securityContext: { privileged: true } }] } } } });
    expect(await broken(agent('kube-system', 'nginx'))).toEqual([]);
    expect(await broken(agent('policy-agents', 'quay.io/cilium/cilium:v1'))).toEqual([]);
    expect(await broken(agent('policy-agents', 'nginx:1'))).toEqual(['PlatformAllowedRegistries']);
  }, 30_000);
});
