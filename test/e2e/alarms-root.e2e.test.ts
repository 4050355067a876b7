import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitTerraform } from '../../src/emit/terraform.ts';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';
import { platformFixture } from '../fixtures/platform.ts';
import { chartPins, terraformPlan } from '../fixtures/terraform-plan.ts';

const run = promisify(execFile);
const accountId = '111111111111';
const region = 'us-east-1';
const elb = `arn:aws:elasticloadbalancing:${region}:${accountId}:`;
const tags = { 'elbv2.k8s.aws/cluster': 'c' };

describe('the root of alarms on load balancers', () => {
  let folder = '';
  let providers: RunningProviders | undefined;
  const store = new MemoryStore();
  const terraform = async (...args: readonly string[]): Promise<string> => {
    try {
      return (await run('terraform', [...args], { cwd: folder, env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...providers?.env } })).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`terraform ${args.join(' ')}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`, { cause: error });
    }
  };
  const applied = async (): Promise<readonly unknown[]> => {
    await terraform('apply', '-auto-approve', '-input=false', '-no-color');
    await terraform('plan', '-detailed-exitcode', '-input=false', '-no-color');
    return store.list('aws_cloudwatch_metric_alarm').map(({ id }) => id);
  };
  const found = (type: string, arn: string, more: Readonly<Record<string, string | readonly string[]>> = {}): void => {
    store.put({ type, region, id: arn, origin: 'other', attributes: { arn, name: arn.split('/').at(-2) ?? '', tags, ...more } });
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alarms-root-'));
    await writeFile(join(folder, 'terraformrc'), '');
    providers = await startProviders({ store, accountId });
    store.put({ type: 'aws_s3_bucket', region, id: 'acme-models', origin: 'other', attributes: { bucket: 'acme-models' } });
    const monitoring = {
      alb_alarms: [{ service: 'all', lb_tags: tags }, { service: 'one', lb_name: 'k8s-api' }, { service: 'literal', lb_full_name: 'app/literal/1' }],
      target_group_alarms: [{ service: 'all', lb_tags: tags }, { service: 'one', tg_name: 'k8s-tg', lb_name: 'k8s-api' }],
      s3_alarms: [{ bucket: 'acme-models' }],
    };
    for (const { path, text } of emitTerraform(terraformPlan(platformFixture([{ tier: 'dev', clusters: 1, settings: { monitoring } }])), chartPins)) {
      const [, file] = path.split('terraform/environments/dev/alarms/');
      if (file === undefined) continue;
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
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
  it('applies before any load balancer is there, and alarms on those that come and go', async () => {
    const literal = ['dev-alb-literal-elb-5xx', 'dev-alb-literal-latency', 'dev-alb-literal-target-5xx', 'dev-s3-acme-models-4xx-rate', 'dev-s3-acme-models-5xx'];
    expect(await applied()).toEqual(literal);
    found('aws_lb', `${elb}loadbalancer/app/k8s-api/1`);
    found('aws_lb', `${elb}loadbalancer/net/k8s-api/2`);
    found('aws_lb_target_group', `${elb}targetgroup/k8s-tg/3`, { load_balancer_arns: [`${elb}loadbalancer/app/k8s-api/1`] });
    found('aws_lb_target_group', `${elb}targetgroup/free/4`, { load_balancer_arns: [] });
    const kinds = ['elb-5xx', 'latency', 'target-5xx'];
    expect(await applied()).toEqual([
      ...kinds.map((kind) => `dev-alb-all-${kind}-k8s-api`), ...kinds.map((kind) => `dev-alb-one-${kind}-k8s-api`), ...literal,
      ...['all', 'one'].flatMap((service) => ['healthy', 'unhealthy'].map((kind) => `dev-tg-${service}-${kind}-k8s-tg`)),
    ].toSorted());
    expect(store.get('aws_cloudwatch_metric_alarm', region, 'dev-tg-one-unhealthy-k8s-tg')?.attributes['dimensions']).toEqual({ TargetGroup: 'targetgroup/k8s-tg/3', LoadBalancer: 'app/k8s-api/1' });
    store.delete('aws_lb_target_group', region, `${elb}targetgroup/k8s-tg/3`);
    store.delete('aws_lb', region, `${elb}loadbalancer/app/k8s-api/1`);
    expect(await applied()).toEqual(literal);
    await terraform('destroy', '-auto-approve', '-input=false', '-no-color');
    expect([...store.list('aws_cloudwatch_metric_alarm'), ...store.list('aws_s3_bucket_metric')]).toEqual([]);
  });
});
