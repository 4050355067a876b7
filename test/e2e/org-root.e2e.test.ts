import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orgProps } from '../../src/emit/terraform/org-props.ts';
import { renderDirectly } from '../../src/emit/terraform/render.ts';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';
import { orgRoot } from '../../src/stacks/org-root.ts';
import { organizationFixture } from '../fixtures/organization.ts';
import { platformFixture } from '../fixtures/platform.ts';

const run = promisify(execFile);

describe('terraform/org with everything on', () => {
  const store = new MemoryStore();
  const organization = organizationFixture();
  let folder = '';
  let providers: RunningProviders | undefined;
  const terraform = async (...args: readonly string[]): Promise<string> => {
    try {
      return (await run('terraform', [...args], { cwd: folder, env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...providers?.env }, maxBuffer: 64 * 1024 * 1024 })).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`terraform ${args.join(' ')}\n${stdout.slice(-2000)}\n${stderr.slice(-3000)}`, { cause: error });
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'terraform-org-'));
    await writeFile(join(folder, 'terraformrc'), '');
    providers = await startProviders({ store, accountId: organization.managementAccountId });
    const files = renderDirectly(orgRoot, { backend: { bucket: 'state', key: 'org.tfstate', region: 'us-east-1' }, props: orgProps(platformFixture(), organization) });
    for (const { name, text } of files) await writeFile(join(folder, name), text);
    await writeFile(join(folder, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
    await terraform('init', '-input=false', '-no-color');
  });
  afterAll(async () => {
    await providers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is formatted and valid', async () => {
    expect(await terraform('fmt', '-check', '-diff')).toBe('');
    expect(JSON.parse(await terraform('validate', '-json'))).toMatchObject({ valid: true, diagnostics: [] });
  });
  it('applies and settles', async () => {
    await terraform('apply', '-auto-approve', '-input=false', '-no-color');
    await terraform('plan', '-detailed-exitcode', '-input=false', '-no-color');
    expect(store.list('aws_organizations_account')).toHaveLength(3);
    expect(store.list('aws_organizations_policy_attachment')).toHaveLength(12);
  });
  it('is not destroyed, and closes no account even where somebody lifts the guard', async () => {
    await expect(terraform('destroy', '-auto-approve', '-input=false', '-no-color')).rejects.toThrow('prevent_destroy');
    const file = join(folder, 'organization.tf');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(/prevent_destroy( +)= true/g, 'prevent_destroy$1= false'));
    await expect(terraform('destroy', '-auto-approve', '-input=false', '-no-color', '-target=aws_organizations_account.ml_dev')).rejects.toThrow('ACCOUNT_CANNOT_LEAVE_ORGANIZATION');
    expect(store.list('aws_organizations_account')).toHaveLength(3);
  });
});
