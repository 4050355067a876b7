import { expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';

const rule = (selection: Readonly<Record<string, unknown>>, rulePriority = 1) => ({ rulePriority, selection: { countType: 'imageCountMoreThan', countNumber: 1, ...selection }, action: { type: 'expire' } });
const rules = (...each: readonly unknown[]): string => JSON.stringify({ rules: each });

test('repositories of a wrong or taken name, and policies on none', async () => {
  const { make } = simAccount();
  await expect(make('aws_ecr_repository', { name: 'Upper' })).rejects.toThrow('invalid value "Upper"');
  await expect(make('aws_ecr_repository', { name: 'a'.repeat(257) })).rejects.toThrow('2 to 256');
  expect(await make('aws_ecr_repository', { name: 'mlops/vllm' })).toMatchObject({ repository_url: '111122223333.dkr.ecr.us-east-1.amazonaws.com/mlops/vllm', image_tag_mutability: 'MUTABLE' });
  await expect(make('aws_ecr_repository', { name: 'mlops/vllm' })).rejects.toThrow('RepositoryAlreadyExistsException');
  await expect(make('aws_ecr_lifecycle_policy', { repository: 'none', policy: rules(rule({ tagStatus: 'any' })) })).rejects.toThrow('RepositoryNotFoundException');
});

test('lifecycle policies that ECR refuses', async () => {
  const { make } = simAccount();
  await make('aws_ecr_repository', { name: 'aa' });
  const put = (policy: string) => make('aws_ecr_lifecycle_policy', { repository: 'aa', policy });
  await expect(put(rules(rule({ tagStatus: 'untagged' }), rule({ tagStatus: 'any' })))).rejects.toThrow('priorities must be unique');
  await expect(put(rules(rule({ tagStatus: 'any' }), rule({ tagStatus: 'untagged' }, 2)))).rejects.toThrow('highest rulePriority');
  await expect(put(rules(rule({ tagStatus: 'tagged' })))).rejects.toThrow('tagPrefixList');
  await put(rules(rule({ tagStatus: 'untagged' }), rule({ tagStatus: 'any' }, 2)));
});

test('caches without the secret they need, and scans that their kind does not know', async () => {
  const { make } = simAccount();
  await expect(make('aws_ecr_pull_through_cache_rule', { ecr_repository_prefix: 'docker-hub', upstream_registry_url: 'registry-1.docker.io' })).rejects.toThrow('requires a credential ARN');
  await expect(make('aws_ecr_pull_through_cache_rule', { ecr_repository_prefix: 'ghcr', upstream_registry_url: 'ghcr.io', credential_arn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:mine' })).rejects.toThrow('ecr-pullthroughcache/');
  await make('aws_ecr_pull_through_cache_rule', { ecr_repository_prefix: 'quay', upstream_registry_url: 'quay.io' });
  await expect(make('aws_ecr_pull_through_cache_rule', { ecr_repository_prefix: 'quay', upstream_registry_url: 'quay.io' })).rejects.toThrow('PullThroughCacheRuleAlreadyExistsException');
  await expect(make('aws_ecr_repository_creation_template', { prefix: 'ROOT', applied_for: ['PULL_THROUGH_CACHE'], encryption_configuration: [{ encryption_type: 'KMS' }] })).rejects.toThrow('custom role ARN is required');
  await expect(make('aws_ecr_registry_scanning_configuration', { scan_type: 'BASIC', rule: [{ scan_frequency: 'CONTINUOUS_SCAN', repository_filter: [{ filter: '*', filter_type: 'WILDCARD' }] }] })).rejects.toThrow('not supported for scan type BASIC');
});
