import { z } from 'zod';
import { parseQuantity } from '../units/quantity.ts';
import { gitCredentials } from './git-credentials.ts';
import { gitFits, imageAutomation } from './image-automation.ts';
import type { Basics } from './tier.ts';
import { perTier } from './tier.ts';

const dnsLabel = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

const RoleArn = z.string().regex(/^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/, { error: 'is not the ARN of an IAM role' });
const Port = z.int().min(1).max(65_535);
const quantity = (description: string) => z.string().refine((text) => parseQuantity(text) !== undefined, { error: 'is not a quantity such as "500m" or "512Mi"' }).meta({ description });
/** What the platform's own bindings hand out is no tenant's. */
const Group = z.string().regex(/^[^\s",#]([^",#\r\n]*[^\s",#])?$/, { error: 'is not the name or id of a group, which holds no comma, quote or #' }).refine((text) => !/^(system|platform|tenant|eks):/.test(text), { error: 'must not begin with "system:", "platform:", "tenant:" or "eks:"' });

/** Everything that belongs to the platform lies outside of this prefix, and everything that belongs to tenants inside. */
export const tenantNamespacePrefix = 'tenant-';

const limitsSettings = () =>
  z.strictObject({
    cpu_request: quantity('CPU that a container asks for.').default('100m'),
    memory_request: quantity('Memory that a container asks for.').default('128Mi'),
    memory_limit: quantity('Memory at which a container is killed.').default('512Mi'),
  })
    .refine(({ memory_request: request, memory_limit: limit }) => (parseQuantity(request) ?? 0) <= (parseQuantity(limit) ?? 0), { error: 'asks for more memory than its limit', path: ['memory_request'] })
    .prefault({}).meta({ description: 'What containers get that do not say it themselves.' });

const quotaSettings = ({ tier }: Basics) =>
  z.strictObject({
    cpu: perTier(z.number().positive().meta({ description: 'CPU that all pods together may ask for.', unit: 'cores' }), tier, { dev: 16, qa: 32, prod: 64, sandbox: 8 }),
    memory_gib: perTier(z.number().positive().meta({ description: 'Memory that all pods together may ask for, and be limited to.', unit: 'GiB' }), tier, { dev: 64, qa: 128, prod: 256, sandbox: 32 }),
    gpus: z.int().min(0).default(0).meta({ description: 'GPUs of NVIDIA that all pods together may ask for.', unit: 'GPUs' }),
    pods: perTier(z.int().positive().meta({ description: 'Pods that have not ended.', unit: 'pods' }), tier, { dev: 50, qa: 100, prod: 200, sandbox: 25 }),
    storage_gib: perTier(z.number().min(0).meta({ description: 'Volumes together.', unit: 'GiB' }), tier, { dev: 200, qa: 500, prod: 1000, sandbox: 100 }),
  }).prefault({}).meta({ description: 'Limits of each namespace.' });

const tenant = (basics: Basics) =>
  z.strictObject({
    name: z.string().max(40).regex(dnsLabel, { error: 'is no name of small letters, digits and hyphens' }).refine((name) => name !== 'platform', { error: 'is the platform\'s own team' }).meta({ description: 'Name of the team; also the value of the label `team`, by which its alerts are routed.' }),
    groups: z.array(Group).default([]).meta({ description: 'Groups of the identity provider whose members belong to the team.', examples: [['ml-engineers']] }),
    role_arns: z.array(RoleArn).default([]).meta({ description: 'IAM roles whose wearers belong to the team, through access entries.' }),
    access: perTier(z.enum(['view', 'edit']).meta({ description: 'What members may do by hand: look at everything but secrets, or also change things and enter pods. GitOps changes things either way.' }), basics.tier, { dev: 'edit', qa: 'view', prod: 'view', sandbox: 'edit' }),
    namespaces: z.array(z.string().max(63).regex(dnsLabel, { error: 'is not the name of a namespace' }).refine((name) => name.startsWith(tenantNamespacePrefix), { error: `must begin with "${tenantNamespacePrefix}", which no namespace of the platform does` })).min(1).refine(isUnique, { error: 'names a namespace twice' }).optional().meta({ description: 'Namespaces of the team; `tenant-<name>` when absent.' }),
    clusters: z.array(z.string()).min(1).refine(isUnique, { error: 'names a cluster twice' }).optional().meta({ description: 'Clusters the team works on; every cluster of the environment when absent.' }),
    quota: quotaSettings(basics),
    limits: limitsSettings(),
    gateway_ports: z.array(Port).default([]).meta({ description: 'Ports of pods on which load balancers may reach them.', examples: [[8080]] }),
    metrics_ports: z.array(Port).default([]).meta({ description: 'Ports of pods that Prometheus may scrape: pods with the label `argoeks.io/scrape: "true"`, at their port called `metrics`.', examples: [[9090]] }),
    egress: z.array(z.string().regex(/^(\*\.)?([a-z0-9*-]+\.)+[a-z]{2,}$/, { error: 'is not a DNS name such as "huggingface.co"' })).refine(isUnique, { error: 'names a host twice' }).default([]).meta({ description: 'DNS names that pods may reach on port 443; `*` stands for letters of one label.', examples: [['huggingface.co']] }),
    git: z.strictObject({
      repo_url: z.string().regex(/^(https:\/\/|ssh:\/\/|git@|file:\/\/)\S+$/, { error: 'is not the URL of a git repository (https://, ssh:// or git@)' }).meta({ description: 'Repository of the team.' }),
      credentials: gitCredentials.optional().meta({ description: 'How a private repository is read; a secret of the team\'s own.' }),
      path: z.string().regex(/^(\.|[\w-][\w.-]*(\/[\w-][\w.-]*)*)$/, { error: 'is not a folder inside the repository' }).default('.').meta({ description: 'Folder in it that holds what the team runs in the environment.' }),
      revision: z.string().min(1).default('main').meta({ description: 'Branch or tag that is followed.' }),
      images: imageAutomation.optional().meta({ description: 'Lets Flux write newer images into the repository; on clusters of Flux only.' }),
    }).superRefine(gitFits).optional().meta({ description: 'Where the team keeps what it runs; without it the team has namespaces and nothing that fills them.' }),
  });

const namespacesFrom = ({ name, namespaces }: { readonly name: string; readonly namespaces?: readonly string[] | undefined }): readonly string[] => namespaces ?? [`${tenantNamespacePrefix}${name}`];

/** Schema of `envs.<env>.tenants`: teams that share the environment's clusters, each in namespaces of its own. */
export const tenantsSettings = (basics: Basics) =>
  z.array(tenant(basics))
    .refine((list) => isUnique(list.map(({ name }) => name)), { error: 'names a tenant twice' })
    .refine((list) => isUnique(list.flatMap(namespacesFrom)), { error: 'gives a namespace to two tenants' })
    .default([]).meta({ description: 'Teams that share the clusters, each in namespaces of its own.' });

/** One team, with its namespaces decided. */
export type TenantSettings = z.infer<ReturnType<typeof tenant>>;
export interface Tenant extends Omit<TenantSettings, 'namespaces'> {
  readonly namespaces: readonly string[];
}

/** The teams of one cluster, in the order of the file. Pure. */
export const tenantsOn = ({ settings }: { readonly settings: { readonly tenants: readonly TenantSettings[] } }, cluster: string): readonly Tenant[] =>
  settings.tenants.filter(({ clusters }) => clusters?.includes(cluster) ?? true).map((one) => ({ ...one, namespaces: namespacesFrom(one) }));
