import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFunctions, writePackages } from '../../src/adapters/function-packages.ts';
import { emitTerraform } from '../../src/emit/terraform.ts';
import { findingKinds } from '../../src/emit/terraform/findings-props.ts';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';
import { platformFixture } from '../fixtures/platform.ts';
import { chartPins, terraformPlan } from '../fixtures/terraform-plan.ts';

const run = promisify(execFile);
const repository = new URL('../../', import.meta.url).pathname;

describe('alerts of an environment in two regions, with every way to tell of them', () => {
  let folder = '';
  let providers: RunningProviders | undefined;
  const store = new MemoryStore();

  const terraform = async (...args: readonly string[]): Promise<string> => {
    try {
      const { stdout } = await run('terraform', [...args, '-no-color'], { cwd: join(folder, 'terraform/environments/dev'), env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...providers?.env }, maxBuffer: 64 * 1024 * 1024 });
      return stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`terraform ${args.join(' ')}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`, { cause: error });
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alerts-'));
    await writeFile(join(folder, 'terraformrc'), '');
    const platform = platformFixture([{
      tier: 'dev', clusters: 2, regions: ['eu-west-1', 'eu-central-1'],
      settings: {
        alerts: { emails: ['oncall@acme.io'], slack: { workspace_id: 'T0123ABCD', channel_id: 'C0123ABCD' }, pagerduty: { service_key_ssm: '/dev/alerts/pagerduty/serviceKey' } },
        security: { finding_alerts: true },
      },
    }]);
    providers = await startProviders({ store, accountId: '111111111111' });
    for (const { path, text } of emitTerraform(terraformPlan(platform), chartPins)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    for (const environment of platform.environments) await writePackages(folder, (await packFunctions(repository, environment)).packed);
    await writeFile(join(folder, 'terraform/environments/dev/backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  });

  afterAll(async () => {
    await providers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('apply and settle: a second plan changes nothing', async () => {
    await terraform('init', '-input=false');
    await terraform('apply', '-auto-approve', '-input=false');
    // Exit code 2 would mean changes.
    await terraform('plan', '-detailed-exitcode', '-input=false');
    const subscriptions = store.list('aws_sns_topic_subscription').map(({ region, attributes }) => `${region} ${String(attributes['protocol'])}`);
    expect(subscriptions.toSorted()).toEqual(['eu-central-1 email', 'eu-central-1 lambda', 'eu-west-1 email', 'eu-west-1 lambda', 'us-east-1 email', 'us-east-1 lambda']);
    expect(store.list('aws_chatbot_slack_channel_configuration')).toHaveLength(1);
  });

  it('give EventBridge the patterns that were meant, to the letter', () => {
    const patterns = store.list('aws_cloudwatch_event_rule').map(({ attributes }) => JSON.parse(String(attributes['event_pattern'])) as unknown);
    expect(patterns).toHaveLength(4);
    for (const { pattern } of findingKinds) expect(patterns.filter((one) => JSON.stringify(one) === JSON.stringify(sorted(pattern)))).toHaveLength(2);
  });

  it('are destroyed to the last object', async () => {
    await terraform('destroy', '-auto-approve', '-input=false');
    expect(store.all().filter(({ type }) => type !== 'aws_default_security_group').map(({ type, id }) => `${type} ${id}`)).toEqual([]);
  });
});

/** Keys in the order that Terraform's `jsonencode` writes them. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)])) : value;
};
