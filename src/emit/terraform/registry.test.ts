import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';
import { accountRegistryProps } from './account-registry-props.ts';

const render = (environments: readonly EnvironmentSketch[], chartMirror?: string): ReadonlyMap<string, string> => {
  const platform = platformFixture(environments);
  return new Map(emitTerraform(terraformPlan({ ...platform, gitops: { ...platform.gitops, ...(chartMirror === undefined ? {} : { chartMirror }) } }), chartPins).map(({ path, text }) => [path, text]));
};
const dev = (registry?: Readonly<Record<string, unknown>>, more: Partial<EnvironmentSketch> = {}): EnvironmentSketch => ({ tier: 'dev', clusters: 1, ...(registry ? { settings: { registry } } : {}), ...more });
const ownOf = (one: Readonly<Record<string, unknown>>, tier: 'dev' | 'prod' = 'dev'): string => render([dev({ repositories: [{ name: 'mlops/vllm', ...one }] }, { tier })]).get(`terraform/environments/${tier}/registry.tf`) ?? expect.fail('registry.tf was not rendered');
const accountOf = (environments: readonly EnvironmentSketch[], mirror?: string): string | undefined => render(environments, mirror).get('terraform/account/111111111111/registry.tf');
const hub = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:ecr-pullthroughcache/hub-x';

describe('repositories', () => {
  it('leave no trace where there are none', () => {
    expect([...render([dev()])].filter(([, text]) => /_ecr_|ecr:Create/.test(text)).map(([path]) => path)).toEqual([]);
    expect(render([dev({ scanning: 'ENHANCED' })])).toEqual(render([dev()]));
  });

  it('are encrypted with a key of ours, scanned, immutable, and forget what is old', () => {
    const text = ownOf({});
    expect(text).toMatch(/encryption_type = "KMS"\n +kms_key += aws_kms_key\.registry\.arn/);
    expect(text).toMatch(/image_tag_mutability += "IMMUTABLE"/);
    expect(text).toMatch(/scan_on_push = true/);
    expect(text).toMatch(/"v",\n +"release",\n +\]\n +countType += "imageCountMoreThan"\n +countNumber += 10/);
    expect(text).toMatch(/tagStatus += "untagged"\n +countType += "sinceImagePushed"\n +countUnit += "days"\n +countNumber += 14/);
    expect(text).not.toContain('aws_ecr_repository_policy');
  });

  it('keep their images when they are destroyed in prod only', () => {
    expect(ownOf({})).toMatch(/force_delete += true/);
    expect(ownOf({}, 'prod')).toMatch(/force_delete += false/);
  });

  it.each([
    ['mutability', 'MUTABLE', /image_tag_mutability += "MUTABLE"/], ['scan_on_push', false, /scan_on_push = false/], ['keep_releases', 3, /countNumber += 3\n/], ['untagged_days', 2, /countNumber += 2\n/],
    ['allowed_account_ids', ['999999999999'], /AWS = "arn:aws:iam::999999999999:root"/],
  ] as const)('act on %s', (key, value, seen) => {
    expect(ownOf({})).not.toMatch(seen);
    expect(ownOf({ [key]: value })).toMatch(seen);
  });
});

describe('the registry of an account', () => {
  it('scans what asks for it, by Inspector where one environment wants that', () => {
    const basic = accountOf([dev({ repositories: [{ name: 'bb' }, { name: 'aa', scan_on_push: false }] })]);
    expect(basic).toMatch(/scan_type = "BASIC"/);
    expect(basic).toContain('"bb"');
    expect(basic).not.toContain('"aa"');
    expect(accountOf([dev({ repositories: [{ name: 'bb' }], scanning: 'ENHANCED' })])).toMatch(/scan_type = "ENHANCED"[^]*"CONTINUOUS_SCAN"/);
  });

  it('caches public registries in every region, those with credentials where there is a secret', () => {
    const cache = { pull_through_cache: { enabled: true, docker_hub_secret_arn: hub } };
    const text = accountOf([dev(cache, { clusters: 2, regions: ['us-east-1', 'eu-west-1'] })]) ?? '';
    const urls = [...text.matchAll(/upstream_registry_url += "(.*)"/g)].map(([, url]) => url).toSorted();
    expect(urls).toEqual(['public.ecr.aws', 'public.ecr.aws', 'quay.io', 'quay.io', 'registry-1.docker.io', 'registry.k8s.io', 'registry.k8s.io']);
    expect(text).toContain(`"${hub}"`);
    expect(text.match(/"aws_ecr_repository_creation_template"/g)).toHaveLength(2);
    expect(text).toMatch(/"aws:PrincipalArn" = "arn:aws:iam::111111111111:role\/dev-mlops-\*node"/);
  });

  it('is one where two environments share the account', () => {
    const both = accountOf([dev({ pull_through_cache: { enabled: true } }), { tier: 'qa', clusters: 1, accountId: '111111111111', settings: { registry: { pull_through_cache: { enabled: true } } } }]) ?? '';
    expect(both.match(/resource "aws_ecr_registry_policy"/g)).toHaveLength(1);
    expect(both).toContain('role/qa-mlops-*node"');
  });

  it('mirrors charts where the mirror is the registry of a configured account', () => {
    const mirror = '111111111111.dkr.ecr.us-east-1.amazonaws.com/charts';
    const text = accountOf([dev(), { tier: 'qa', clusters: 1 }], mirror) ?? '';
    expect([...text.matchAll(/\n {2}name += "(.*)"/g)].map(([, name]) => name)).toEqual(['charts/argo-cd', 'charts/cilium']);
    expect(text).toContain('"arn:aws:iam::222222222222:root"');
    expect(accountOf([dev()], 'registry.acme.io/charts')).toBeUndefined();
    expect(accountOf([dev()], '999999999999.dkr.ecr.us-east-1.amazonaws.com/charts')).toBeUndefined();
  });

  it('never asks for two rules of one prefix in a region', () => {
    const props = accountRegistryProps(platformFixture([dev({ pull_through_cache: { enabled: true, docker_hub_secret_arn: hub, ghcr_secret_arn: hub } })]), '111111111111', []);
    for (const { cache } of Object.values(props?.regions ?? {})) {
      const prefixes = Object.values(cache?.upstreams ?? {}).map(({ prefix }) => prefix);
      expect(prefixes).toHaveLength(5);
      expect(new Set(prefixes).size).toBe(5);
    }
  });
});
