import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { components } from '../components/registry.ts';
import type { Plan } from '../model/plan.ts';
import { catalogFacts, chartPins } from './catalog-facts.ts';
import { onlyClusters } from './only-clusters.ts';
import { partKeys, partOfPath } from './part-keys.ts';
import { resolve } from './compile.ts';
import { render } from './render.ts';

const root = new URL('../..', import.meta.url).pathname;
const platformText = readFileSync(join(root, 'configuration/platform.yaml'), 'utf8');
const tags = readFileSync(join(root, 'configuration/tags.yaml'), 'utf8');

interface Change {
  readonly platform?: (text: string) => string;
  readonly clusters?: Readonly<Record<string, string>>;
}

const registry = (clusters: Readonly<Record<string, string>>): string =>
  `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: fleet}\nspec:\n  clusters:\n${Object.entries(clusters).map(([name, more]) => `    - {name: ${name}, region: us-east-1${more}}\n`).join('')}`;

const label = (environment: string, hub = false): string => `, labels: {environment: ${environment}${hub ? ', hub: "true"' : ''}}`;
const fleet: Readonly<Record<string, string>> = {
  'dev-mlops-cluster-01': label('dev', true), 'dev-mlops-cluster-02': label('dev'), 'dev-mlops-cluster-03': label('dev'),
  'qa-mlops-cluster-01': label('qa', true), 'prod-mlops-cluster-01': label('prod', true), 'prod-mlops-cluster-02': label('prod'),
};

let lock: string | undefined;
const planned = ({ platform = (text) => text, clusters = fleet }: Change = {}): Plan => {
  const files = new Map([['configuration/platform.yaml', platform(platformText)], ['configuration/tags.yaml', tags], ['configuration/clusters/fleet.yaml', registry(clusters)]]);
  const { value, diagnostics } = resolve({ files, lock, components, facts: catalogFacts() });
  if (!value) throw new Error(JSON.stringify(diagnostics));
  lock ??= value.lock;
  return value.plan;
};

const keysOf = (plan: Plan): Readonly<Record<string, string>> => partKeys(plan, chartPins);

const filesByPart = async (plan: Plan): Promise<ReadonlyMap<string, string>> => {
  const texts = new Map<string, string>();
  for (const { path, text } of await render(plan, components, chartPins)) {
    const part = partOfPath(path);
    if (part !== undefined) texts.set(part, `${texts.get(part) ?? ''}${path}\n${text}`);
  }
  return texts;
};

const with02 = (more: string): Change => ({ clusters: { ...fleet, 'dev-mlops-cluster-02': label('dev') + more } });
const changes: Readonly<Record<string, Change>> = {
  'one spoke is larger': with02(', spec: {nodes: {disk_gib: 120}}'),
  'one spoke has another component setting': with02(', spec: {components: {karpenter: {pools: {general: {limits: {cpu: 10}}}}}}'),
  'one spoke lacks a component': with02(', spec: {components: {nvidia-device-plugin: {enabled: false}}}'),
  'one spoke has a label': { clusters: { ...fleet, 'dev-mlops-cluster-02': ', labels: {environment: dev, team: a}' } },
  'a spoke is added': { clusters: { ...fleet, 'dev-mlops-cluster-04': label('dev') } },
  'a spoke is removed': { clusters: Object.fromEntries(Object.entries(fleet).filter(([name]) => name !== 'dev-mlops-cluster-03')) },
  'the registry is in another order': { clusters: Object.fromEntries(Object.entries(fleet).toReversed()) },
  'the hub is larger': { clusters: { ...fleet, 'dev-mlops-cluster-01': `${label('dev', true)}, spec: {nodes: {disk_gib: 120}}` } },
  'the repository moved': { platform: (text) => text.replace(/repo_url: \S+/, 'repo_url: https://git.example.org/platform.git') },
  'an environment changes': { platform: (text) => text.replace('domain: dev.eks.local', 'domain: dev.eks.internal') },
};

it.each(Object.entries(changes))('%s: parts with the same key have the same files', async (_, change) => {
  const [before, after] = [planned(), planned(change)];
  const [keysBefore, keysAfter] = [keysOf(before), keysOf(after)];
  const [filesBefore, filesAfter] = [await filesByPart(before), await filesByPart(after)];
  const same = Object.keys(keysAfter).filter((name) => keysAfter[name] === keysBefore[name]);
  for (const name of same) expect(filesAfter.get(name), name).toBe(filesBefore.get(name));
  // Other environments have nothing to do with it, unless the whole platform changed.
  if (!change.platform?.(platformText).includes('git.example.org')) expect(same).toEqual(expect.arrayContaining(['qa-mlops-cluster-01', 'prod-mlops-cluster-01', 'terraform/environments/qa']));
});

it('a change of one spoke leaves the keys of the other spokes and of shared roots alone', () => {
  const [before, after] = [keysOf(planned()), keysOf(planned(with02(', spec: {nodes: {disk_gib: 120}}')))];
  expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual(['dev-mlops-cluster-01', 'dev-mlops-cluster-02']);
});

it('a cluster that joins a mesh changes the others of it, and no cluster outside', async () => {
  const joins = ', spec: {components: {clustermesh: {enabled: true}}}';
  const meshOf = (...names: readonly string[]): Plan => planned({ clusters: Object.fromEntries(Object.entries(fleet).map(([name, more]) => [name, names.includes(name) ? more + joins : more])) });
  const two = ['dev-mlops-cluster-01', 'dev-mlops-cluster-02'];
  const [before, after] = [meshOf(...two), meshOf(...two, 'dev-mlops-cluster-03')];
  const [keysBefore, keysAfter] = [keysOf(before), keysOf(after)];
  expect(Object.keys(keysAfter).filter((name) => keysAfter[name] !== keysBefore[name] && name.startsWith('dev-'))).toEqual([...two, 'dev-mlops-cluster-03']);
  const [filesBefore, filesAfter] = [await filesByPart(before), await filesByPart(after)];
  for (const name of Object.keys(keysAfter).filter((one) => keysAfter[one] === keysBefore[one])) expect(filesAfter.get(name), name).toBe(filesBefore.get(name));
  expect(filesAfter.get('dev-mlops-cluster-02')).not.toBe(filesBefore.get('dev-mlops-cluster-02'));
});

it('rendering some parts gives the same bytes as rendering all', async () => {
  const plan = planned();
  const all = await render(plan, components, chartPins);
  const chosen = (part: string | undefined): boolean => part === undefined || part.endsWith('02') || part === 'terraform/environments/qa';
  expect(await render(plan, components, chartPins, chosen)).toEqual(all.filter(({ path }) => chosen(partOfPath(path))));
  expect(onlyClusters(plan, () => false).environments).toHaveLength(3);
});
