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
import type { EnvironmentSketch } from '../fixtures/platform.ts';
import { chartPins, terraformPlan } from '../fixtures/terraform-plan.ts';

const run = promisify(execFile);
const on = { enabled: true };
const copied = { enabled: true, replicate: true };
const everything: EnvironmentSketch = {
  tier: 'prod', clusters: 1,
  settings: {
    storage: { thanos: copied, mlflow: copied, pipelines: copied, feast: copied, models: copied, velero: copied, data_lake: copied, access_logs: on, replica_region: 'eu-west-1' },
    data: { postgres: on, aurora: on, redis: { ...on, engine: 'redis' }, memcached: on, msk: on, feast: { ...on, tables: ['users', 'items'] } },
  },
};

describe('buckets and data stores with everything on', () => {
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
    folder = await mkdtemp(join(tmpdir(), 'data-stores-'));
    await writeFile(join(folder, 'terraformrc'), '');
    const plan = terraformPlan(platformFixture([everything]));
    roots = terraformRoots(plan).filter(({ kind }) => ['foundation', 'storage', 'cluster', 'data'].includes(kind));
    providers = await startProviders({ store, accountId: '333333333333' });
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

  it('are formatted, applied, and settle: a second plan changes nothing', async () => {
    for (const root of roots) {
      expect(await terraform(root, 'fmt', '-check', '-diff')).toBe('');
      await terraform(root, 'init', '-input=false', '-no-color');
      await terraform(root, 'apply', '-auto-approve', '-input=false', '-no-color');
      // Exit code 2 would mean changes.
      await terraform(root, 'plan', '-detailed-exitcode', '-input=false', '-no-color');
    }
    expect(store.list('aws_s3_bucket_replication_configuration')).toHaveLength(11);
  });

  it('keep no password in a state', async () => {
    for (const root of roots) expect(await terraform(root, 'show', '-json')).not.toMatch(/"(master_)?password":"|"auth_token":"/);
  });

  it('are protected in production, and destroyed to the last object once released', async () => {
    const isData = ({ kind }: TerraformRoot): boolean => kind === 'data';
    const data = roots.find(isData) ?? expect.fail('there is no root of data stores');
    await expect(terraform(data, 'destroy', '-auto-approve', '-input=false', '-no-color')).rejects.toThrow(/Cannot delete protected|protected against deletion/);
    for (const root of roots.toReversed()) {
      const release = root.kind === 'foundation' || root.kind === 'storage' ? [] : ['-var', 'deletion_protection=false'];
      await terraform(root, 'apply', '-auto-approve', '-input=false', '-no-color', ...release);
      await terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color', ...release);
    }
    // Terraform only adopts default security groups.
    expect(store.all().filter(({ type }) => type !== 'aws_default_security_group').map(({ type, id }) => `${type} ${id}`)).toEqual([]);
  });
});
