import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { exportedMetrics } from '../../catalog/metrics.ts';
import { ensureTools } from '../../src/local/tools.ts';

const repository = join(import.meta.dirname, '../..');
const rendered = join(repository, 'kubernetes/clusters/prod-mlops-cluster-01/thanos/manifests');
const run = promisify(execFile);

const Workload = z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers: z.tuple([z.looseObject({ args: z.array(z.string()) })]) }) }) }) });
const Answer = z.looseObject({ status: z.literal('success'), data: z.looseObject({ result: z.array(z.looseObject({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })) }) });

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** What a test has to say otherwise: where to listen, whom to ask, and a folder instead of S3. Every other argument is the rendered one. */
const here = (args: readonly string[], instead: Readonly<Record<string, string>>): readonly string[] =>
  args.map((arg) => {
    const [flag = ''] = arg.split('=');
    const value = instead[flag];
    return value === undefined ? arg : `${flag}=${value}`;
  });

describe('Thanos with the rendered arguments', () => {
  let thanos = '';
  let promtool = '';
  let folder = '';
  const running: ChildProcess[] = [];
  const said = new Map<string, string>();
  const ports: Record<string, { readonly http: number; readonly grpc: number }> = {};

  const argsOf = async (file: string): Promise<readonly string[]> => Workload.parse(parse(await readFile(join(rendered, file), 'utf8'))).spec.template.spec.containers[0].args;
  const store = (): string => JSON.stringify({ type: 'FILESYSTEM', config: { directory: join(folder, 'bucket') } });
  const address = (part: string, kind: 'http' | 'grpc'): string => `127.0.0.1:${ports[part]?.[kind] ?? 0}`;

  const start = async (part: string, file: string, instead: Readonly<Record<string, string>>, more: readonly string[] = []): Promise<void> => {
    ports[part] = { http: await freePort(), grpc: await freePort() };
    await mkdir(join(folder, part), { recursive: true });
    const args = here(await argsOf(file), { '--http-address': address(part, 'http'), '--grpc-address': address(part, 'grpc'), '--data-dir': join(folder, part), '--objstore.config': store(), ...instead });
    const child = spawn(thanos, [...args, ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (text: Buffer) => said.set(part, `${said.get(part) ?? ''}${text.toString()}`));
    running.push(child);
  };

  const get = async (part: string, path: string): Promise<string> => (await fetch(`http://${address(part, 'http')}${path}`, { signal: AbortSignal.timeout(20_000) })).text();
  const until = async (what: string, part: string, holds: () => Promise<boolean>): Promise<void> => {
    for (let left = 120; left > 0; left -= 1) {
      if (await holds().catch(() => false)) return;
      await pause(500);
    }
    throw new Error(`${what} never came; ${part} said:\n${(said.get(part) ?? '').slice(0, 3000)}`);
  };
  const isReady = (part: string): Promise<void> => until(`${part} ready`, part, async () => (await fetch(`http://${address(part, 'http')}/-/ready`)).ok);

  /** Gives blocks with one series to the bucket, as the sidecar of a replica does. */
  const upload = async (labels: Readonly<Record<string, string>>, hoursAgo: readonly [from: number, to: number]): Promise<void> => {
    const name = Object.values(labels).join('-');
    const now = Math.floor(Date.now() / 1000);
    const samples = Array.from({ length: (hoursAgo[0] - hoursAgo[1]) * 60 }, (_, i) => `requests{job="a"} 1 ${now - hoursAgo[0] * 3600 + i * 60}`);
    await writeFile(join(folder, `${name}.om`), `# TYPE requests gauge\n${samples.join('\n')}\n# EOF\n`);
    await run(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, `${name}.om`), join(folder, `blocks-${name}`)]);
    await run(thanos, ['tools', 'bucket', 'upload-blocks', `--path=${join(folder, `blocks-${name}`)}`, `--objstore.config=${store()}`, ...Object.entries(labels).map(([key, value]) => `--label=${key}="${value}"`)]);
  };

  beforeAll(async () => {
    thanos = (await ensureTools({ repoDir: repository, only: 'thanos' }))['thanos'] ?? '';
    promtool = (await ensureTools({ repoDir: repository, only: 'prometheus' }))['promtool'] ?? '';
    folder = await mkdtemp(join(tmpdir(), 'argoeks-thanos-'));
    await mkdir(join(folder, 'bucket'));
    for (const replica of ['r0', 'r1']) await upload({ cluster: 'hub', environment: 'prod', prometheus_replica: replica }, [6, 3]);
    await upload({ cluster: 'spoke', environment: 'prod', prometheus_replica: 'r0' }, [6, 3]);
    await upload({ cluster: 'ancient', environment: 'prod', prometheus_replica: 'r0' }, [10_000, 9_999]);
    await start('store', 'statefulset-thanos-store.yaml', {});
    await start('query', 'deployment-thanos-query.yaml', { '--endpoint.sd-config': JSON.stringify({ endpoints: [{ address: address('store', 'grpc') }] }) });
    await start('frontend', 'deployment-thanos-query-frontend.yaml', { '--query-frontend.downstream-url': `http://${address('query', 'http')}` });
    for (const part of ['store', 'query', 'frontend']) await isReady(part);
  }, 2_400_000);

  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it('a query over all clusters sees each once, however many replicas gave the same samples', async () => {
    const at = Math.floor(Date.now() / 1000) - 4 * 3600;
    await until('an answer of both clusters', 'query', async () => Answer.parse(JSON.parse(await get('frontend', `/api/v1/query?query=count(requests)&time=${at}`))).data.result[0]?.value[1] === '2');
    const { data } = Answer.parse(JSON.parse(await get('frontend', `/api/v1/query?query=${encodeURIComponent('count by (cluster) (requests)')}&time=${at}`)));
    expect(Object.fromEntries(data.result.map(({ metric, value }) => [metric['cluster'], value[1]]))).toEqual({ hub: '1', spoke: '1' });
    const both = Answer.parse(JSON.parse(await get('frontend', `/api/v1/query?query=count(requests)&time=${at}&dedup=false`)));
    expect(both.data.result[0]?.value[1]).toBe('3');
  });

  it('the front end answers ranges, from its cache the second time', async () => {
    const end = Math.floor(Date.now() / 1000) - 4 * 3600;
    const path = `/api/v1/query_range?query=requests&start=${end - 3600}&end=${end}&step=60`;
    for (let i = 0; i < 2; i += 1) expect(await get('frontend', path)).toContain('"status":"success"');
    expect(await get('frontend', '/metrics')).toMatch(/\nthanos_query_frontend_[a-z_]+/);
  });

  it('the compactor deletes what is older than the retention, and does not halt', async () => {
    // Blocks of a minute ago are too fresh for it otherwise.
    await start('compact', 'statefulset-thanos-compact.yaml', {}, ['--consistency-delay=0s']);
    await isReady('compact');
    await until('a first round', 'compact', async () => /\nthanos_compact_iterations_total [1-9]/.test(await get('compact', '/metrics')));
    expect(await get('compact', '/metrics')).toMatch(/\nthanos_compact_halted 0\n/);
    expect(await get('compact', '/metrics')).toMatch(/\nthanos_compact_blocks_marked_total\{[^}]*deletion-mark.json[^}]*\} [1-9]/);
  });

  it('every metric that rules and panels read is there', async () => {
    const pages = (await Promise.all(['store', 'query', 'frontend', 'compact'].map((part) => get(part, '/metrics')))).join('\n');
    expect(exportedMetrics.thanos.names.filter((name) => !new RegExp(`^${name}[{ ]`, 'm').test(pages))).toEqual([]);
    for (const label of ['handler="query_range"', 'operation="get"']) expect(pages).toContain(label);
  });

  it('a flag that is not there is caught', async () => {
    await expect(run(thanos, ['store', '--objstore.configuration=x'])).rejects.toThrow(/unknown long flag/);
  });
});
