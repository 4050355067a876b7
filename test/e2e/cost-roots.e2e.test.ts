import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitTerraform } from '../../src/emit/terraform.ts';
import { terraformRoots } from '../../src/emit/terraform/roots.ts';
import type { TerraformRoot } from '../../src/emit/terraform/roots.ts';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';
import { platformFixture } from '../fixtures/platform.ts';
import { chartPins, terraformPlan } from '../fixtures/terraform-plan.ts';

const run = promisify(execFile);
const on = { enabled: true };
const settings = {
  schedule: { ...on, timezone: 'America/New_York' }, budgets: { activate_tags: true, anomaly: on }, backup: on,
  network: { endpoints: { for_nodes: 'one_zone' } }, data: { postgres: on, aurora: { ...on, instances: 2 }, redis: { ...on, replicas: 1 } },
};

describe('an environment that saves', () => {
  let folder = '';
  let roots: readonly TerraformRoot[] = [];
  let providers: RunningProviders | undefined;
  const store = new MemoryStore();

  const terraform = async ({ path }: TerraformRoot, ...args: readonly string[]): Promise<string> => {
    try {
      const { stdout } = await run('terraform', [...args], { cwd: join(folder, path), env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...providers?.env }, maxBuffer: 64 * 1024 * 1024 });
      return stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`terraform ${args.join(' ')} in ${path}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`, { cause: error });
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cost-roots-'));
    await writeFile(join(folder, 'terraformrc'), '');
    const plan = terraformPlan(platformFixture([{ tier: 'dev', clusters: 1, settings }]));
    roots = terraformRoots(plan).filter(({ kind }) => ['account', 'foundation', 'cluster', 'data'].includes(kind));
    providers = await startProviders({ store, accountId: '111111111111' });
    for (const { path, text } of emitTerraform(plan, chartPins)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    for (const { path } of roots) await writeFile(join(folder, path, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  });

  afterAll(async () => {
    await providers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is applied, and settles: schedules, alarms on what there is, tags, endpoints in one zone', async () => {
    for (const root of roots) {
      expect(await terraform(root, 'fmt', '-check', '-diff')).toBe('');
      await terraform(root, 'init', '-input=false', '-no-color');
      await terraform(root, 'apply', '-auto-approve', '-input=false', '-no-color');
      // Exit code 2 would mean changes.
      await terraform(root, 'plan', '-detailed-exitcode', '-input=false', '-no-color');
    }
    expect(store.list('aws_scheduler_schedule').map(({ attributes }) => attributes['name']).sort()).toEqual(['dev-mlops-aurora-start', 'dev-mlops-aurora-stop', 'dev-mlops-postgres-start', 'dev-mlops-postgres-stop']);
    expect(store.list('aws_ce_cost_allocation_tag')).toHaveLength(6);
    const databases = new Set([...store.list('aws_db_instance'), ...store.list('aws_rds_cluster_instance')].map(({ attributes }) => attributes['identifier']));
    const watched = store.list('aws_cloudwatch_metric_alarm').flatMap(({ attributes }) => (attributes['dimensions'] as Readonly<Record<string, string>>)['DBInstanceIdentifier'] ?? []);
    expect(new Set(watched)).toEqual(databases);
  });

  it('is destroyed to the last object', async () => {
    for (const root of roots.filter(({ kind }) => kind !== 'account').toReversed()) await terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color');
    for (const type of ['aws_scheduler_schedule', 'aws_cloudwatch_metric_alarm', 'aws_db_instance', 'aws_rds_cluster', 'aws_vpc_endpoint']) expect(store.list(type), type).toEqual([]);
  });
});
