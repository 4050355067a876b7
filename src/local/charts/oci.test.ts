import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveCharts } from './server.ts';

const archive = Buffer.from('a chart');
let directory: string;
let served: Awaited<ReturnType<typeof serveCharts>>;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'argoeks-oci-'));
  mkdirSync(join(directory, 'dev-01'));
  writeFileSync(join(directory, 'dev-01', 'karpenter-1.14.1.tgz'), archive);
  served = await serveCharts(directory, 0);
});
afterAll(() => {
  served.server.close();
  rmSync(directory, { recursive: true });
});

interface Manifest {
  readonly layers: readonly { readonly mediaType: string; readonly digest: string; readonly size: number }[];
  readonly config: { readonly digest: string };
}

it('hands out a chart as a registry does: manifest by tag, then blobs by digest', async () => {
  expect((await fetch(`${served.url}/v2/`)).status).toBe(200);
  const manifest = await fetch(`${served.url}/v2/dev-01/karpenter/manifests/1.14.1`);
  const body = Buffer.from(await manifest.arrayBuffer());
  expect(manifest.headers.get('docker-content-digest')).toBe(`sha256:${createHash('sha256').update(body).digest('hex')}`);
  const { layers, config } = JSON.parse(body.toString()) as Manifest;
  expect(layers).toEqual([{ mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', digest: `sha256:${createHash('sha256').update(archive).digest('hex')}`, size: archive.length }]);
  const blob = await fetch(`${served.url}/v2/dev-01/karpenter/blobs/${layers[0]?.digest}`);
  expect(Buffer.from(await blob.arrayBuffer())).toEqual(archive);
  expect((await fetch(`${served.url}/v2/dev-01/karpenter/blobs/${config.digest}`)).status).toBe(200);
  expect((await fetch(`${served.url}/v2/dev-01/karpenter/manifests/${manifest.headers.get('docker-content-digest')}`)).status).toBe(200);
});

it('has nothing else', async () => {
  for (const path of ['/v2/dev-01/karpenter/manifests/9.9.9', '/v2/dev-01/other/manifests/1.14.1', '/v2/../../etc/passwd', '/v2/dev-01/karpenter/blobs/sha256:00']) expect((await fetch(`${served.url}${path}`)).status, path).toBe(404);
});
