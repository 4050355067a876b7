import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { areas } from '../../src/emit/dashboards/platform-dashboards.ts';
import { chosenClusters } from '../../src/emit/dashboards/panel-json.ts';
import { withMatcher } from '../../src/emit/promql/selectors.ts';
import { ensureTools } from '../../src/local/tools.ts';

const repository = join(import.meta.dirname, '../..');
const folder = join(repository, 'kubernetes/platform/platform-dashboards/manifests');
const run = promisify(execFile);

const ConfigMap = z.looseObject({ data: z.record(z.string(), z.string()) });
const Drawn = z.looseObject({ panels: z.array(z.looseObject({ title: z.string(), targets: z.array(z.looseObject({ expr: z.string() })).optional() })) });

/** Prometheus does not know Grafana's own window. */
const asPromql = (expr: string): string => expr.replaceAll('$__rate_interval', '5m');

let promtool = '';
let directory = '';

beforeAll(async () => {
  promtool = (await ensureTools({ repoDir: repository, only: 'prometheus' }))['promtool'] ?? '';
  directory = await mkdtemp(join(tmpdir(), 'argoeks-dashboards-'));
}, 1_800_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

const rendered = async () => {
  const files = await readdir(folder);
  const maps = await Promise.all(files.map(async (file) => ConfigMap.parse(parse(await readFile(join(folder, file), 'utf8')))));
  return maps.flatMap(({ data }) => Object.values(data)).flatMap((text) => Drawn.parse(JSON.parse(text)).panels).flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));
};

const check = async (rules: readonly { readonly record: string; readonly expr: string }[]): Promise<string> => {
  const file = join(directory, 'panels.yaml');
  await writeFile(file, stringify({ groups: [{ name: 'panels', rules }] }));
  return run(promtool, ['check', 'rules', '--lint=none', file]).then(({ stdout }) => stdout, (cause: unknown) => String((cause as { stderr?: string }).stderr));
};

describe('the rendered dashboards', () => {
  it('ask what Prometheus\' own parser understands', async () => {
    const panels = await rendered();
    expect(panels.length).toBeGreaterThan(100);
    const rules = panels.map(({ expr }, i) => ({ record: `panel_${i}`, expr: asPromql(expr) }));
    await expect(check(rules)).resolves.toContain(`SUCCESS: ${rules.length} rules found`);
    await expect(check([{ record: 'broken', expr: 'sum by (le (a)' }])).resolves.toContain('parse error');
  });

  it('narrow every selector to the chosen clusters, as promtool itself would', async () => {
    const matcher = /^(\w+)=~"(.*)"$/.exec(chosenClusters) ?? expect.fail('no matcher');
    const [, name = '', value = ''] = matcher;
    const exprs = areas.flatMap(({ rows }) => rows.flatMap(({ panels }) => panels.flatMap(({ expr, also = [] }) => [expr, ...also.map((one) => one.expr)])));
    for (const expr of new Set(exprs.map(asPromql))) {
      const [ours, theirs] = await Promise.all([
        run(promtool, ['--experimental', 'promql', 'format', withMatcher(expr, chosenClusters)]),
        run(promtool, ['--experimental', 'promql', 'label-matchers', 'set', '-t', '=~', expr, name, value]),
      ]);
      // Matchers of one selector have no order.
      const sorted = (text: string): string => text.replaceAll(/\{((?:[^}"]|"(?:[^"\\]|\\.)*")*)\}/g, (_, inner: string) => `{${(inner.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []).toSorted().join(',')}}`).replaceAll(/\s+/g, ' ').trim();
      expect(sorted(ours.stdout), expr).toBe(sorted(theirs.stdout));
    }
  });
});
