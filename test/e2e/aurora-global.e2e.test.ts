import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitTerraform } from '../../src/emit/terraform.ts';
import { terraformRoots } from '../../src/emit/terraform/roots.ts';
import type { TerraformRoot } from '../../src/emit/terraform/roots.ts';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { FaultPlan } from '../../src/sim/provider/store/faults.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';
import { platformFixture } from '../fixtures/platform.ts';
import { chartPins, terraformPlan } from '../fixtures/terraform-plan.ts';

const run = promisify(execFile);

describe('an Aurora global database in two regions', () => {
  let folder = '';
  let roots: readonly TerraformRoot[] = [];
  let providers: RunningProviders | undefined;
  const store = new MemoryStore();
  const faults = new FaultPlan();

  const terraform = async ({ path }: TerraformRoot, ...args: readonly string[]): Promise<string> => {
    try {
      const { stdout } = await run('terraform', [...args, '-no-color'], { cwd: join(folder, path), env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...providers?.env }, maxBuffer: 64 * 1024 * 1024 });
      return stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`terraform ${args.join(' ')} in ${path}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`, { cause: error });
    }
  };
  const apply = async (root: TerraformRoot, ...more: readonly string[]): Promise<string> => terraform(root, 'apply', '-auto-approve', '-input=false', ...more);
  const data = (): TerraformRoot => roots.find(({ kind }) => kind === 'data') ?? expect.fail('there is no root of data stores');
  const write = async (passwordVersion: number): Promise<void> => {
    const plan = terraformPlan(platformFixture([{ tier: 'prod', clusters: 2, regions: ['us-east-1', 'eu-west-1'], settings: { data: { aurora_global: { enabled: true, password_version: passwordVersion } } } }]));
    roots = terraformRoots(plan).filter(({ kind }) => ['foundation', 'cluster', 'data'].includes(kind));
    for (const { path, text } of emitTerraform(plan, chartPins)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  };
  /** The password as each place that knows it has it. */
  const passwords = (): readonly unknown[] => [
    ...store.list('aws_ssm_parameter').filter(({ id }) => id.endsWith('/aurora-global/password')).map(({ writeOnly }) => writeOnly?.['value_wo']),
    ...store.list('aws_rds_cluster').flatMap(({ writeOnly }) => (writeOnly ? [writeOnly['master_password_wo']] : [])),
  ];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aurora-global-'));
    await writeFile(join(folder, 'terraformrc'), '');
    providers = await startProviders({ store, accountId: '333333333333', faults });
    await write(1);
    for (const { path } of roots) await writeFile(join(folder, path, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
    for (const root of roots) {
      await terraform(root, 'init', '-input=false');
      if (root.kind !== 'data') await apply(root);
    }
  });

  afterAll(async () => {
    await providers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes on with the password it began with when an apply failed half way', async () => {
    expect(await terraform(data(), 'fmt', '-check', '-diff')).toBe('');
    faults.add({ type: 'aws_rds_cluster', action: 'create', message: 'InternalFailure: try again' });
    await expect(apply(data())).rejects.toThrow('try again');
    const [begun] = passwords();
    expect(begun).toMatch(/^[A-Za-z0-9]{40}$/);
    await apply(data());
    expect(passwords()).toEqual([begun, begun, begun]);
  });

  it('settles: a second plan changes nothing', async () => {
    // Exit code 2 would mean changes.
    await terraform(data(), 'plan', '-detailed-exitcode', '-input=false');
    expect(store.list('aws_rds_cluster').map(({ region, attributes }) => [region, attributes['master_username'], attributes['global_cluster_identifier']])).toEqual([['eu-west-1', 'platform', 'prod-mlops-global'], ['us-east-1', 'platform', 'prod-mlops-global']]);
  });

  it('gets one new password everywhere when its version is raised', async () => {
    const [before] = passwords();
    await write(2);
    await apply(data());
    const [after, ...others] = passwords();
    expect(after).not.toBe(before);
    expect(others).toEqual([after, after]);
    await terraform(data(), 'plan', '-detailed-exitcode', '-input=false');
  });

  it('keeps the password in no state, plan or output', async () => {
    const [password] = passwords();
    await write(3);
    await terraform(data(), 'plan', '-out=saved.tfplan', '-input=false');
    const said = [
      await readFile(join(folder, data().path, 'terraform.tfstate'), 'utf8'), await readFile(join(folder, data().path, 'terraform.tfstate.backup'), 'utf8'), await terraform(data(), 'output', '-json'), await terraform(data(), 'show', '-json', 'saved.tfplan'),
    ];
    for (const text of said) expect(text).not.toContain(String(password));
    expect(said[0]).toContain('"master_password_wo": null');
    await write(2);
  });

  it('is protected in production, and destroyed to the last object once released, the reading region first', async () => {
    await expect(terraform(data(), 'destroy', '-auto-approve', '-input=false')).rejects.toThrow('Cannot delete protected');
    for (const root of roots.toReversed()) {
      const release = root.kind === 'foundation' ? [] : ['-var=deletion_protection=false'];
      await apply(root, ...release);
      await terraform(root, 'destroy', '-auto-approve', '-input=false', ...release);
    }
    expect(store.all().filter(({ type }) => type !== 'aws_default_security_group').map(({ type, id }) => `${type} ${id}`)).toEqual([]);
  });
});
