import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { alertmanagerConfig } from '../../src/components/alertmanager.ts';
import { components } from '../../src/components/registry.ts';
import { platformRules } from '../../src/emit/rules/platform-rules.ts';
import { ensureTools } from '../../src/local/tools.ts';
import type { Component } from '../../src/model/component.ts';
import { exampleCluster, examplePlatform } from '../fixtures/planned-components.ts';
import { platformFixture } from '../fixtures/platform.ts';

const repository = join(import.meta.dirname, '../..');
const rendered = join(repository, 'kubernetes');
const run = promisify(execFile);

const Rule = z.looseObject({ alert: z.string().optional(), annotations: z.record(z.string(), z.string()).optional() });
const PrometheusRule = z.looseObject({ metadata: z.looseObject({ name: z.string() }), spec: z.strictObject({ groups: z.array(z.looseObject({ name: z.string(), rules: z.array(Rule) })) }) });
const RuleTests = z.looseObject({ tests: z.array(z.looseObject({ alert_rule_test: z.array(z.looseObject({ alertname: z.string(), exp_alerts: z.array(z.unknown()) })) })) });
const Values = z.looseObject({ alertmanager: z.looseObject({ config: z.record(z.string(), z.unknown()), templateFiles: z.record(z.string(), z.string()).optional() }) });

/** Alerts of a component, which are the same on every cluster. */
const alertsOf = (component: Component): ReturnType<Component['alerts']> => {
  const cluster = exampleCluster('dev');
  const [environment] = examplePlatform.environments;
  if (!environment) throw new Error('the example has no environment');
  const base = { platform: examplePlatform, environment, cluster, settings: component.settings.parse({}) };
  return component.alerts({ ...base, infra: component.infra(base) });
};

/** Environments and their clusters, as they are committed. */
const clusters = ['dev-mlops-cluster-01', 'prod-mlops-cluster-01', 'prod-mlops-cluster-02'];

let promtool = '';
let amtool = '';
let directory = '';

beforeAll(async () => {
  promtool = (await ensureTools({ repoDir: repository, only: 'prometheus' }))['promtool'] ?? '';
  amtool = (await ensureTools({ repoDir: repository, only: 'alertmanager' }))['amtool'] ?? '';
  directory = await mkdtemp(join(tmpdir(), 'argoeks-rules-'));
}, 1_800_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

const valuesAt = async (path: string) => Values.parse(parse(await readFile(join(rendered, path, 'kube-prometheus-stack/values.yaml'), 'utf8'))).alertmanager;

describe('the rendered rules', () => {
  const folder = join(rendered, 'platform/platform-rules/manifests');
  const tests = join(repository, 'test/rules');
  const committed = async () => Promise.all((await readdir(folder)).map(async (file) => PrometheusRule.parse(parse(await readFile(join(folder, file), 'utf8')))));
  /** Those of components that are off by default too. */
  const everyRule = () => platformRules(examplePlatform.gitops, components.map((component) => ({ id: component.id, alerts: alertsOf(component) })), 'monitoring').map((object) => PrometheusRule.parse(object));

  it('are those of every component, as far as they are committed', async () => {
    const all = new Map(everyRule().map(({ metadata, spec }) => [metadata.name, spec.groups.map(({ rules }) => rules.map(({ alert }) => alert))]));
    for (const { metadata, spec } of await committed()) expect(spec.groups.map(({ rules }) => rules.map(({ alert }) => alert)), metadata.name).toEqual(all.get(metadata.name));
  });

  it('are understood by promtool, whole', async () => {
    for (const { metadata, spec } of everyRule()) {
      const file = join(directory, `whole-${metadata.name}.yaml`);
      await writeFile(file, stringify(spec));
      const { stdout } = await run(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', file]);
      expect(stdout).toContain('SUCCESS');
    }
  });

  it('fire when they should and not else', async () => {
    for (const { metadata, spec } of everyRule()) {
      // Annotations hold the address of the repository, which tests must not depend on; `rules.test.ts` reads them.
      const bare = { groups: spec.groups.map((group) => ({ ...group, rules: group.rules.map(({ annotations: _, ...rule }) => rule) })) };
      await writeFile(join(directory, `${metadata.name}.yaml`), stringify(bare));
    }
    for (const file of await readdir(tests)) {
      await copyFile(join(tests, file), join(directory, `test-${file}`));
      const { stdout } = await run(promtool, ['test', 'rules', join(directory, `test-${file}`)]);
      expect(stdout).toContain('SUCCESS');
    }
  });

  it('are tested one and all: with something wrong, with nothing wrong, and with nothing there', async () => {
    const names = everyRule().flatMap(({ spec }) => spec.groups.flatMap((group) => group.rules.flatMap(({ alert }) => alert ?? []))).toSorted();
    const cases = (await Promise.all((await readdir(tests)).map(async (file) => RuleTests.parse(parse(await readFile(join(tests, file), 'utf8'))).tests))).flat();
    const tested = cases.flatMap(({ input_series: given, alert_rule_test: all }) => all.map((one) => ({ name: one.alertname, kind: given === undefined ? 'absent' : one.exp_alerts.length > 0 ? 'fires' : 'silent' })));
    for (const kind of ['fires', 'silent', 'absent']) expect([...new Set(tested.flatMap((one) => (one.kind === kind ? [one.name] : [])))].toSorted(), kind).toEqual(names);
  });
});

describe('the rendered Alertmanager', () => {
  const told = async (file: string, labels: Readonly<Record<string, string>>): Promise<string> => {
    const { stdout } = await run(amtool, ['config', 'routes', 'test', '--config.file', file, ...Object.entries(labels).map(([name, value]) => `${name}=${value}`)]);
    return stdout.trim();
  };
  const write = async (name: string, config: Readonly<Record<string, unknown>>): Promise<string> => {
    const { config: shared, templateFiles = {} } = await valuesAt('platform');
    for (const [template, text] of Object.entries(templateFiles)) await writeFile(join(directory, template), text);
    const file = join(directory, `${name}.yaml`);
    await writeFile(file, stringify({ global: { resolve_timeout: '5m' }, templates: [join(directory, '*.tmpl')], ...shared, ...config }));
    return file;
  };

  it.each(clusters)('%s: amtool takes its configuration, and its alerts go to the topic of the environment', async (cluster) => {
    const { config } = await valuesAt(`clusters/${cluster}`);
    const file = await write(cluster, config);
    const { stdout } = await run(amtool, ['check-config', file]);
    expect(stdout).toContain('SUCCESS');
    expect(stdout).toContain('1 templates');
    const environment = cluster.split('-')[0] ?? '';
    const place = { cluster, environment };
    await expect(told(file, { ...place, alertname: 'CoreDnsDown', severity: 'critical', team: 'platform' })).resolves.toBe('platform');
    await expect(told(file, { ...place, alertname: 'KubePodNotReady', severity: 'warning' })).resolves.toBe('platform');
    await expect(told(file, { ...place, alertname: 'Watchdog', severity: 'none' })).resolves.toBe('nobody');
    await expect(told(file, { ...place, alertname: 'CPUThrottlingHigh', severity: 'info' })).resolves.toBe('nobody');
    expect(JSON.stringify(config)).toContain(`:argoeks-${environment}-alerts"`);
  });

  it('teams get their own alerts, and those that are critical on their pagers', async () => {
    const { environments: [environment = expect.fail('no environment')] } = platformFixture([{ tier: 'prod', clusters: 1, settings: { tenants: [{ name: 'web', namespaces: ['tenant-web', 'tenant-web-batch'] }], monitoring: { alertmanager: {
      slack: true, pagerduty: true, smtp: { smarthost: 'mail.acme.io:587', from: 'a@acme.io', username: 'a' }, heartbeat: { host: 'hc-ping.com' },
      teams: [{ name: 'research', slack: true, pagerduty: true, emails: ['r@acme.io'] }, { name: 'web', emails: ['w@acme.io'] }],
      silences: [{ name: 'move', match: { alertname: 'PodReadiness_Slow' }, from: '2026-11-30', until: '2027-01-02', why: 'The nodes are renewed.' }],
    } } } }]);
    const file = await write('teams', alertmanagerConfig(environment, environment.clusters[0] ?? expect.fail('no cluster')));
    const { stdout } = await run(amtool, ['check-config', file]);
    expect(stdout).toContain('SUCCESS');
    const cases: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
      [{ alertname: 'A', team: 'research', severity: 'warning' }, 'team-research'],
      [{ alertname: 'A', team: 'research', severity: 'critical' }, 'team-research-page'],
      [{ alertname: 'A', team: 'web', severity: 'critical' }, 'team-web'],
      [{ alertname: 'A', team: 'nobody-knows', severity: 'critical' }, 'platform-page'],
      [{ alertname: 'A', severity: 'warning' }, 'platform'],
      [{ alertname: 'A', team: 'research', severity: 'info' }, 'nobody'],
      [{ alertname: 'A', namespace: 'tenant-web-batch', severity: 'warning' }, 'team-web'],
      [{ alertname: 'A', namespace: 'tenant-webs', severity: 'critical' }, 'platform-page'],
      [{ alertname: 'Watchdog', severity: 'none' }, 'heartbeat'],
      [{ alertname: 'PodReadiness_Slow', team: 'research', severity: 'critical' }, 'team-research-page'],
      [{ alertname: 'PodReadiness_Slow', severity: 'warning' }, 'platform'],
    ];
    for (const [labels, receiver] of cases) await expect(told(file, labels), JSON.stringify(labels)).resolves.toBe(receiver);
  });

  it('a notification is one JSON object that Slack, pagers and people understand', async () => {
    await write('templates', {});
    const labels = { alertname: 'CoreDnsDown', cluster: 'prod-mlops-cluster-01', environment: 'prod', severity: 'critical' };
    const annotations = { summary: 'No "CoreDNS" is\nthere.', runbook_url: 'https://acme.io/coredns-down.md' };
    const data = {
      receiver: 'platform', status: 'firing', externalURL: '', groupLabels: labels, commonLabels: labels, commonAnnotations: annotations,
      alerts: Array.from({ length: 12 }, (_, i) => ({ status: 'firing', labels: { ...labels, pod: `p${i}` }, annotations, startsAt: '2026-11-25T00:00:00Z', endsAt: '0001-01-01T00:00:00Z' })),
    };
    await writeFile(join(directory, 'data.json'), JSON.stringify(data));
    const show = async (template: string): Promise<string> =>
      (await run(amtool, ['template', 'render', `--template.glob=${join(directory, '*.tmpl')}`, `--template.data=${join(directory, 'data.json')}`, `--template.text={{ template "${template}" . }}`])).stdout;
    expect(JSON.parse(await show('argoeks.notification'))).toMatchObject({
      version: '1.0', source: 'custom',
      content: { title: '[FIRING] CoreDnsDown prod-mlops-cluster-01', description: annotations.summary, nextSteps: expect.objectContaining({ length: 11 }) },
      metadata: { additionalContext: { origin: 'alertmanager', status: 'firing', severity: 'critical', key: 'CoreDnsDown/prod-mlops-cluster-01/prod/critical' } },
    });
    expect((await show('argoeks.subject')).trimEnd()).toBe('[FIRING] CoreDnsDown prod-mlops-cluster-01');
    await expect(show('argoeks.text')).resolves.toContain(annotations.runbook_url);
  });
});
