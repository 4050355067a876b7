import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFunctions, writePackages } from '../../src/adapters/function-packages.ts';
import { catalogFacts, chartPins } from '../../src/compile/catalog-facts.ts';
import { resolve } from '../../src/compile/compile.ts';
import { render } from '../../src/compile/render.ts';
import { components } from '../../src/components/registry.ts';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';

const run = promisify(execFile);
const accountId = '314159265358';
const clusters = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: prod-mlops-a, region: us-east-1, labels: {environment: prod, hub: "true"}}\n    - {name: prod-mlops-b, region: eu-west-1, labels: {environment: prod}}\n';
const platformFile = (environment: string, mirror = ''): string => `gitops: {repo_url: https://git.acme.io/a/b.git${mirror}}\nenvs:\n  prod:\n    aws: {account_id: "${accountId}", region: us-east-1}\n${environment}`;

const everything = platformFile(`    functions:
      - {name: hello, env: {MODEL_URI: "s3://models/\${x}"}, architectures: [arm64], http_api: {enabled: true, routes: ["GET /", "POST /b/{id}"]}}
      - {name: hello_api, package: build/functions/hello, http_api: {enabled: true, routes: [$default], authorization: NONE}}
      - {name: quiet, package: build/functions/hello}
    registry:
      repositories: [{name: mlops/a, allowed_account_ids: ["271828182845"]}, {name: mlops-a, mutability: MUTABLE, scan_on_push: false}]
      pull_through_cache: {enabled: true, docker_hub_secret_arn: "arn:aws:secretsmanager:us-east-1:${accountId}:secret:ecr-pullthroughcache/hub-a", ghcr_secret_arn: "arn:aws:secretsmanager:eu-west-1:${accountId}:secret:ecr-pullthroughcache/ghcr-a"}
      scanning: ENHANCED
    backup: {kinds: [rds, aurora, dynamodb, efs, s3], copy_region: us-west-2, lock: compliance}
`, `, chart_mirror: ${accountId}.dkr.ecr.us-east-1.amazonaws.com/charts`);
const nothing = platformFile('    backup: {enabled: false}\n');

describe('an environment with everything of functions, registry and backups', () => {
  const root = 'terraform/environments/prod';
  const account = `terraform/account/${accountId}`;
  const store = new MemoryStore();
  let folder = '';
  let providers: RunningProviders | undefined;

  const terraform = async (path: string, ...args: readonly string[]): Promise<string> => {
    try {
      return (await run('terraform', [...args], { cwd: join(folder, path), env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...providers?.env }, maxBuffer: 64 * 1024 * 1024 })).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`terraform ${args.join(' ')} in ${path}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`, { cause: error });
    }
  };
  const write = async (text: string): Promise<void> => {
    const { value, diagnostics } = resolve({ files: new Map([['configuration/platform.yaml', text], ['configuration/clusters/prod.yaml', clusters]]), lock: undefined, components, facts: catalogFacts() });
    if (!value) throw new Error(diagnostics.map(({ summary }) => summary).join('\n'));
    for (const path of [account, root]) for (const file of ['functions', 'registry', 'backup']) await rm(join(folder, path, `${file}.tf`), { force: true });
    for (const { path, text: body } of await render(value.plan, components, chartPins)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), body);
    }
    for (const path of [account, root]) await writeFile(join(folder, path, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
    await mkdir(join(folder, 'build/functions/hello'), { recursive: true });
    await writeFile(join(folder, 'build/functions/hello/handler.py'), 'def handler(event, context):\n    return {}\n');
    for (const environment of value.plan.platform.environments) {
      const { packed, diagnostics: wrong } = await packFunctions(folder, environment);
      expect(wrong).toEqual([]);
      await writePackages(folder, packed);
    }
  };
  const apply = async (path: string): Promise<void> => {
    await terraform(path, 'init', '-input=false', '-no-color');
    await terraform(path, 'apply', '-auto-approve', '-input=false', '-no-color');
    await terraform(path, 'plan', '-detailed-exitcode', '-input=false', '-no-color');
  };
  const own = /^aws_(lambda|apigateway|ecr|backup)/;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'functions-roots-'));
    await writeFile(join(folder, 'terraformrc'), '');
    providers = await startProviders({ store, accountId });
  });
  afterAll(async () => {
    await providers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is formatted, applies and settles', async () => {
    await write(everything);
    expect(await terraform('terraform', 'fmt', '-check', '-recursive', '-diff')).toBe('');
    await apply(account);
    await apply(root);
    for (const [type, count] of [['aws_lambda_function', 3], ['aws_apigatewayv2_stage', 2], ['aws_apigatewayv2_route', 3], ['aws_ecr_pull_through_cache_rule', 8], ['aws_backup_vault', 3], ['aws_backup_plan', 4], ['aws_backup_vault_lock_configuration', 3]] as const) expect({ type, count: store.list(type).length }).toEqual({ type, count });
  });

  it('uploads new code when the folder holds new code, and only then', async () => {
    await writeFile(join(folder, 'build/functions/hello/handler.py'), 'def handler(event, context):\n    return {"statusCode": 204}\n');
    await terraform(root, 'plan', '-detailed-exitcode', '-input=false', '-no-color');
    const { value } = resolve({ files: new Map([['configuration/platform.yaml', everything], ['configuration/clusters/prod.yaml', clusters]]), lock: undefined, components, facts: catalogFacts() });
    for (const environment of value?.plan.platform.environments ?? []) await writePackages(folder, (await packFunctions(folder, environment)).packed);
    await terraform(root, 'plan', '-input=false', '-no-color', '-out=after');
    const shown = JSON.parse(await terraform(root, 'show', '-json', 'after')) as { readonly resource_changes: readonly { readonly address: string; readonly change: { readonly actions: readonly string[] } }[] };
    expect(shown.resource_changes.filter(({ change }) => change.actions[0] !== 'no-op').map(({ address, change }) => [address, change.actions[0]]).toSorted()).toEqual(['hello', 'hello_api_2', 'quiet'].map((id) => [`aws_lambda_function.${id}`, 'update']));
  });

  it('loses all of it when it is turned off', async () => {
    await write(nothing);
    await apply(root);
    await apply(account);
    expect(store.all().map(({ type }) => type).filter((type) => own.test(type))).toEqual([]);
  });

  it('is destroyed without leftovers of its own', async () => {
    await write(everything);
    await apply(account);
    await apply(root);
    await terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color');
    expect(store.all().map(({ type }) => type).filter((type) => /^aws_(lambda|apigateway|backup)/.test(type))).toEqual([]);
  });
});
