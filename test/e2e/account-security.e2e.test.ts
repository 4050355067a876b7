import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogFacts, chartPins } from '../../src/compile/catalog-facts.ts';
import { resolve } from '../../src/compile/compile.ts';
import { render } from '../../src/compile/render.ts';
import { components } from '../../src/components/registry.ts';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';

const run = promisify(execFile);
const accountId = '314159265358';
const cluster = (environment: string, name: string, region: string, hub = ''): string => `    - {name: ${environment}-mlops-${name}, region: ${region}, labels: {environment: ${environment}${hub}}}\n`;
const hub = ', hub: "true"';
const registry = `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n${cluster('dev', 'a', 'us-east-1', hub)}${cluster('prod', 'a', 'us-east-1', hub)}${cluster('prod', 'b', 'eu-west-1')}`;
const environment = (name: string, security: string): string => `  ${name}:\n    aws: {account_id: "${accountId}", region: us-east-1}\n    security: ${security}\n`;
const platform = (dev: string, prod: string): string => `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n${environment('dev', dev)}${environment('prod', prod)}`;

const everything = platform('{}', '{macie: {enabled: true}, access_analyzer: {unused_access: true}, config: {rules: [ENCRYPTED_VOLUMES, S3_BUCKET_SSL_REQUESTS_ONLY]}, ebs_encryption: {own_key: true}, security_hub: {standards: [fsbp, cis, pci_dss, nist_800_53]}, inspector: {scans: [ec2, ecr, lambda, lambda_code]}}');
const nothing = platform(...(['dev', 'prod'].map(() => '{finding_alerts: false, guardduty: {enabled: false}, security_hub: {enabled: false}, inspector: {enabled: false}, access_analyzer: {enabled: false}, config: {enabled: false}, cloudtrail: {enabled: false}, public_access_block: false, ebs_encryption: {enabled: false}, password_policy: {enabled: false}}') as [string, string]));
const types = [
  'aws_guardduty_detector', 'aws_securityhub_account', 'aws_securityhub_standards_subscription', 'aws_inspector2_enabler', 'aws_macie2_account', 'aws_accessanalyzer_analyzer', 'aws_config_configuration_recorder', 'aws_config_delivery_channel',
  'aws_config_configuration_recorder_status', 'aws_config_config_rule', 'aws_config_retention_configuration', 'aws_iam_service_linked_role', 'aws_cloudtrail', 'aws_s3_account_public_access_block', 'aws_ebs_encryption_by_default', 'aws_ebs_default_kms_key', 'aws_iam_account_password_policy',
];

describe('the root of an account that two environments share', () => {
  const root = `terraform/account/${accountId}`;
  const store = new MemoryStore();
  let folder = '';
  let providers: RunningProviders | undefined;

  const terraform = async (...args: readonly string[]): Promise<string> => {
    try {
      return (await run('terraform', [...args], { cwd: join(folder, root), env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...providers?.env }, maxBuffer: 64 * 1024 * 1024 })).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`terraform ${args.join(' ')}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`, { cause: error });
    }
  };
  /** Writes the root; `mayGo` lifts what keeps Terraform from deleting its buckets. */
  const write = async (text: string, mayGo = false): Promise<void> => {
    const { value, diagnostics } = resolve({ files: new Map([['configuration/platform.yaml', text], ['configuration/clusters/all.yaml', registry]]), lock: undefined, components, facts: catalogFacts() });
    if (!value) throw new Error(diagnostics.map(({ summary }) => summary).join('\n'));
    for (const file of ['access-analyzer', 'audit', 'config', 'defaults', 'guardduty', 'scanners', 'security-hub', 'trail']) await rm(join(folder, root, `${file}.tf`), { force: true });
    for (const { path, text: body } of (await render(value.plan, components, chartPins)).filter((one) => one.path.startsWith(`${root}/`))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), mayGo ? body.replaceAll('prevent_destroy = true', 'prevent_destroy = false') : body);
    }
    await writeFile(join(folder, root, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  };
  const apply = async (): Promise<void> => {
    await terraform('init', '-input=false', '-no-color');
    await terraform('validate', '-no-color');
    await terraform('apply', '-auto-approve', '-input=false', '-no-color');
    await terraform('plan', '-detailed-exitcode', '-input=false', '-no-color');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'account-security-'));
    await writeFile(join(folder, 'terraformrc'), '');
    providers = await startProviders({ store, accountId });
  });
  afterAll(async () => {
    await providers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is formatted, applies with everything, settles, and stays small', async () => {
    await write(everything);
    expect(await terraform('fmt', '-check', '-recursive', '-diff')).toBe('');
    await apply();
    for (const type of types) expect(store.list(type), type).not.toEqual([]);
    for (const type of ['aws_guardduty_detector', 'aws_securityhub_account', 'aws_config_configuration_recorder', 'aws_macie2_account']) expect(store.list(type).map((one) => one.region).toSorted(), type).toEqual(['eu-west-1', 'us-east-1']);
    expect((await terraform('state', 'list')).trim().split('\n').length).toBeLessThan(250);
  });

  it('keeps its records when somebody destroys it', async () => {
    await expect(terraform('destroy', '-auto-approve', '-input=false', '-no-color')).rejects.toThrow('prevent_destroy');
    expect(store.list('aws_cloudtrail')).toHaveLength(1);
  });

  it('loses all of it when it is turned off, and takes it back', async () => {
    await write(nothing);
    await apply();
    for (const type of types) expect(store.list(type), type).toEqual([]);
    await write(everything);
    await apply();
    for (const type of types) expect(store.list(type), type).not.toEqual([]);
  });

  it('is destroyed without leftovers once its buckets may go', async () => {
    await write(everything, true);
    await terraform('destroy', '-auto-approve', '-input=false', '-no-color');
    expect(store.all().filter(({ origin }) => origin === 'terraform').map(({ type, id }) => `${type} ${id}`)).toEqual([]);
  });
});
