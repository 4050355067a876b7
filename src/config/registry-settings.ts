import { z } from 'zod';
import type { Environment } from './platform.ts';

const RepositoryName = z.string().max(256).regex(/^(?=.{2})([a-z0-9]+([._-][a-z0-9]+)*\/)*[a-z0-9]+([._-][a-z0-9]+)*$/, { error: 'is not a repository name such as "mlops/vllm-server" (a-z, 0-9, and . _ - / between them)' });
const AccountId = z.string().regex(/^\d{12}$/, { error: 'is not an AWS account id: twelve digits in quotes' });
const secretArn = (what: string) =>
  z.string().regex(/^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:ecr-pullthroughcache\/\S+$/, { error: 'is not the ARN of a secret whose name begins with "ecr-pullthroughcache/", as ECR demands' }).optional().meta({ description: `Secret with \`username\` and \`accessToken\` for ${what}, in the same account and region; without it ${what} is not cached.` });

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** Schema of `envs.<env>.registry`: repositories for images and charts of one's own, and the cache of public ones. */
export const registrySettings = () =>
  z.strictObject({
    repositories: z.array(z.strictObject({
      name: RepositoryName.meta({ description: 'Name of the repository; no two of an account and region may be alike.' }),
      mutability: z.enum(['IMMUTABLE', 'MUTABLE']).default('IMMUTABLE').meta({ description: 'Whether a tag may move to another image.' }),
      scan_on_push: z.boolean().default(true).meta({ description: 'Looks for known vulnerabilities in what is pushed.' }),
      allowed_account_ids: z.array(AccountId).default([]).meta({ description: 'Other accounts that may pull.' }),
      keep_releases: z.int().min(1).max(1000).default(10).meta({ description: 'Images kept among those with a tag that begins with "v" or "release".', unit: 'images' }),
      untagged_days: z.int().min(1).max(365).default(14).meta({ description: 'How long images without a tag are kept.', unit: 'days' }),
    })).refine((list) => isUnique(list.map(({ name }) => name)), { error: 'names a repository twice' }).default([]).meta({ description: 'ECR repositories, in the first region of the environment.' }),
    pull_through_cache: z.strictObject({
      enabled: z.boolean().default(false).meta({ description: 'ECR keeps images of public registries below `quay/`, `k8s/` and `ecr-public/`, in every region of the environment.' }),
      docker_hub_secret_arn: secretArn('Docker Hub'),
      ghcr_secret_arn: secretArn('ghcr.io'),
    }).prefault({}).meta({ description: 'Cache of public registries; nodes need no way to the internet for it.' }),
    scanning: z.enum(['BASIC', 'ENHANCED']).default('BASIC').meta({ description: 'Kind of vulnerability scan of the account\'s registry; "ENHANCED" is Amazon Inspector\'s, paid for each image, and holds wherever `security.inspector` looks at "ecr".' }),
  }).prefault({}).meta({ description: 'Container registry.' });

/** True where an environment uses the registry of its account. Pure. */
export const hasRegistry = ({ settings: { registry } }: Environment): boolean => registry.repositories.length > 0 || registry.pull_through_cache.enabled;
