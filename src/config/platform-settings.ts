import { z } from 'zod';
import { cloudfrontSettings } from './cloudfront-settings.ts';
import { fitsUrl, gitCredentials } from './git-credentials.ts';
import { gitopsEngine } from './gitops-engine.ts';
import { orgSettings } from './org-settings.ts';

/** Where the configuration is kept, relative to the repository. */
export const paths = { platform: 'configuration/platform.yaml', clusters: 'configuration/clusters/', tags: 'configuration/tags.yaml', lock: 'argoeks.lock.yaml' } as const;

/** Top-level keys of platform.yaml other than `envs`, whose entries have a schema of their own (`environmentSettings`). */
export const platformSettings = z.strictObject({
  platform: z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{1,15}$/, { error: 'must begin with a letter and hold 2 to 16 of a-z, 0-9 and -' }).default('argoeks').meta({ description: 'Short name of the whole platform; begins every account-wide name, such as the state bucket\'s.' }),
  }).prefault({}).meta({ description: 'The platform as a whole.' }),
  gitops: z.strictObject({
    engine: gitopsEngine.default('argocd').meta({ description: 'What reconciles the clusters: Argo CD on each environment\'s hub, or Flux on every cluster. `gitops_engine` of an environment or of a cluster\'s `spec` overrides it.' }),
    repo_url: z.string().regex(/^(https:\/\/|ssh:\/\/|git@|file:\/\/)\S+$/, { error: 'is not the URL of a git repository (https://, ssh:// or git@)' }).meta({ description: 'Git repository that holds the rendered output; the GitOps engine reads it.' }),
    credentials: gitCredentials.optional().meta({ description: 'How a private repository is read; absent: it can be read by everybody who reaches it.' }),
    target_revision: z.string().min(1).default('main').meta({ description: 'Branch or tag that the GitOps engine follows.' }),
    chart_mirror: z.string().regex(/^(https:\/\/)?[a-z0-9.-]+(:\d+)?(\/[\w./-]+)?$/, { error: 'is not a registry such as "registry.internal/charts"' }).optional().meta({ description: 'Registry that mirrors every chart, such as a private ECR; without scheme for OCI. Absent: each chart\'s own repository.' }),
    deletion_budget: z.int().min(0).max(10_000).default(5).meta({ description: 'Applications that a build may take out of the repository without being told (`argoeks build --allow-deletions`).', unit: 'applications' }),
  }).superRefine((said, context) => fitsUrl(said, context)).meta({ description: 'Where the GitOps engine reads desired state and charts.' }),
  envs: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,15}$/, { error: 'must begin with a letter and hold at most 16 of a-z, 0-9 and -' }), z.record(z.string(), z.unknown())).meta({ description: 'The environments by name.' }),
  edge: z.record(z.string(), z.strictObject({ cloudfront: cloudfrontSettings.prefault({}).meta({ description: 'CloudFront distribution.' }) })).default({}).meta({ description: 'Edge of each environment.' }),
  org: orgSettings.prefault({}).meta({ description: 'AWS organization: units, accounts, guardrails, single sign-on.' }),
});

/** Top-level keys of platform.yaml with defaults applied; `envs` is still raw. */
export type PlatformSettings = z.infer<typeof platformSettings>;

/** `configuration/tags.yaml`. What AWS allows in tags is checked on the merged sets. */
export const tagSettings = z.strictObject({
  common: z.record(z.string(), z.string()).default({}).meta({ description: 'Tags of every AWS object.' }),
  environments: z.record(z.string(), z.record(z.string(), z.string())).default({}).meta({ description: 'Tags of an environment\'s objects; they win over `common`.' }),
  resource_tags: z.record(z.string(), z.array(z.string())).default({}).meta({ description: 'Tag keys that objects of a kind must carry: every environment has to define them.' }),
});
