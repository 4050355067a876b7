import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ClusterPlan } from '../../model/plan.ts';
import type { ChartRelease } from '../../model/workload.ts';
import { buildMirror } from './mirror.ts';
import { serveCharts } from './server.ts';

const release: ChartRelease = {
  kind: 'chart',
  name: 'keda',
  namespace: 'keda',
  chart: 'keda',
  values: {},
  clusterValues: {},
  installedBy: 'gitops',
  standIn: {
    workloads: [{ kind: 'Deployment', name: 'keda-operator', serviceAccount: 'keda', requests: { cpu: '1', memory: '1Gi' } }],
    crds: ['things.example.io'],
    objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'text' }, data: { braces: '{{ not a template }}' } }],
  },
};

/** The mirror reads names and releases only. */
const clusterPlan = (name: string, releases = [release]) => ({ cluster: { name }, components: [{ workload: { namespaces: [], releases } }] }) as unknown as ClusterPlan;

const entriesOf = async (path: string): Promise<Map<string, string>> => {
  const files = new Map<string, string>();
  const archive = extract();
  archive.end(gunzipSync(await readFile(path)));
  for await (const entry of archive) {
    let text = '';
    for await (const chunk of entry) text += String(chunk);
    files.set(entry.header.name, text);
  }
  return files;
};

describe('chart mirror', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'charts-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const build = (clusters = [clusterPlan('one'), clusterPlan('two')]) =>
    buildMirror({
      directory: join(folder, 'mirror'),
      clusters,
      pinOf: () => ({ name: 'keda', version: '2.16.0' }),
      crd: (name) => ({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name } }),
      cache: join(folder, 'cache'),
    });

  it('packs a stand-in per cluster, with CRDs apart and braces kept from Helm', async () => {
    const charts = await build();
    expect(charts.map((c) => [c.cluster, c.origin])).toEqual([['one', 'stand-in'], ['two', 'stand-in']]);
    const files = await entriesOf(charts[0]!.path);
    expect([...files.keys()]).toEqual([
      'keda/Chart.yaml',
      'keda/crds/things.example.io.yaml',
      'keda/templates/00-serviceaccount-keda.yaml',
      'keda/templates/01-deployment-keda-operator.yaml',
      'keda/templates/02-configmap-text.yaml',
    ]);
    expect(files.get('keda/templates/02-configmap-text.yaml')).toContain('{{ "{{" }} not a template }}');
  });

  it('gives two releases of one chart each its own objects', async () => {
    const second: ChartRelease = { ...release, name: 'agent', namespace: 'agent', standIn: { workloads: [{ kind: 'DaemonSet', name: 'agent', requests: { cpu: '1', memory: '1Gi' } }] } };
    const charts = await build([clusterPlan('one', [release, second])]);
    expect(charts.map(({ name, version }) => `${name} ${version}`)).toEqual(['keda 2.16.0']);
    const files = await entriesOf(charts[0]!.path);
    expect([...files.keys()].filter((path) => path.includes('/crds/'))).toEqual(['keda/crds/things.example.io.yaml']);
    expect(files.get('keda/templates/01-deployment-keda-operator.yaml')).toMatch(/^\{\{ if eq \.Release\.Name "keda" \}\}\napiVersion: apps\/v1\n[^]*\n\{\{ end \}\}\n$/);
    expect(files.get('keda/templates/03-daemonset-agent.yaml')).toMatch(/^\{\{ if eq \.Release\.Name "agent" \}\}\n/);
  });

  it('gives the same bytes every time', async () => {
    const first = await readFile((await build())[0]!.path);
    expect((await readFile((await build())[0]!.path)).equals(first)).toBe(true);
  });

  it('serves a cached chart as it is and says that it is real', async () => {
    await mkdir(join(folder, 'cache'));
    await writeFile(join(folder, 'cache/keda-2.16.0.tgz'), 'the real one');
    const charts = await build();
    expect(charts.map((c) => c.origin)).toEqual(['real', 'real']);
    expect(await readFile(charts[0]!.path, 'utf8')).toBe('the real one');
  });

  it('is readable over HTTP with the digest the index promises, and nothing beyond its folder is', async () => {
    await build();
    await writeFile(join(folder, 'secret'), 'no');
    const { server, url } = await serveCharts(join(folder, 'mirror'), 0);
    try {
      const index = parse(await (await fetch(`${url}/one/index.yaml`)).text()) as { entries: { keda: [{ urls: [string]; digest: string }] } };
      const archive = await fetch(`${url}/one/${index.entries.keda[0].urls[0]}`);
      expect(archive.status).toBe(200);
      const digest = await crypto.subtle.digest('SHA-256', await archive.arrayBuffer());
      expect(Buffer.from(digest).toString('hex')).toBe(index.entries.keda[0].digest);
      expect((await fetch(`${url}/%2e%2e%2fsecret`)).status).toBe(404);
    } finally {
      server.close();
    }
  });
});
