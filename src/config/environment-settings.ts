import { z } from 'zod';
import { backupSettings } from './backup-settings.ts';
import { kubernetesSettings, networkSettings, nodesSettings } from './cluster-settings.ts';
import { connectivitySettings } from './connectivity-settings.ts';
import { budgetsSettings } from './cost-settings.ts';
import { dataSettings } from './data-settings.ts';
import { edgeSettings } from './edge-settings.ts';
import { gitopsEngine } from './gitops-engine.ts';
import { monitoringSettings } from './monitoring-settings.ts';
import { observabilitySettings } from './observability-settings.ts';
import { storageSettings } from './storage-settings.ts';
import { functionsSettings } from './function-settings.ts';
import { registrySettings } from './registry-settings.ts';
import { scheduleSettings } from './schedule-settings.ts';
import { securitySettings } from './security-settings.ts';
import { alertsSettings, featuresSettings, kubeflowSettings } from './service-settings.ts';
import { tenantsSettings } from './tenant-settings.ts';
import type { Basics } from './tier.ts';
import { tiers } from './tier.ts';

const Cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, { error: 'is not an IPv4 block such as 10.0.0.0/10' });

/** Address blocks the clusters of an environment get their VPC blocks from, where `base_cidr` is absent. Disjoint. */
export const defaultBaseCidrs: Readonly<Record<string, string>> = { dev: '10.0.0.0/10', qa: '10.64.0.0/10', prod: '10.128.0.0/10', sandbox: '10.192.0.0/10' };

/** Prefix of an environment's cluster names, where `cluster_name_prefix` is absent. */
export const defaultNamePrefix = (name: string): string => (name === 'sandbox' ? 'sbx-mlops' : `${name}-mlops`);

const ciSettings = ({ name }: Basics) =>
  z.strictObject({
    github: z.strictObject({
      repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, { error: 'is not "<owner>/<repository>"' }).meta({ description: 'Repository whose workflows may deploy.', examples: ['acme/argoeks'] }),
      branch: z.string().default('main').meta({ description: 'Branch whose workflows may plan.' }),
      environment: z.string().default(name).meta({ description: 'GitHub environment whose workflows may apply.' }),
    }).optional().meta({ description: 'GitHub Actions.' }),
    gitlab: z.strictObject({
      url: z.url({ error: 'is not a URL' }).default('https://gitlab.com').meta({ description: 'GitLab server; issuer of the tokens.' }),
      project: z.string().regex(/^[\w.-]+(\/[\w.-]+)+$/, { error: 'is not "<group>/<project>"' }).meta({ description: 'Project whose pipelines may deploy.', examples: ['acme/argoeks'] }),
      branch: z.string().default('main').meta({ description: 'Branch whose pipelines may deploy.' }),
    }).optional().meta({ description: 'GitLab CI.' }),
  }).prefault({}).meta({ description: 'CI systems that get a role in the account through OpenID Connect, without long-lived keys.' });

/**
 * Schema of `envs.<env>`: the only definition of its keys. Types, checks, defaults, `argoeks explain`, editor help and docs come
 * from here. Node metadata: `description`, `unit`, `byTier` (defaults of all tiers), `acting: false` (output comes with a later
 * part of the platform; holds for everything below the node).
 */
export const environmentSettings = (basics: Basics) =>
  z.strictObject({
    tier: z.enum(tiers).default(basics.tier).meta({ description: 'Decides the defaults; from the environment\'s name when absent.' }),
    region: z.string().min(1).optional().meta({ description: 'Primary region; the same as `aws.region`.' }),
    aws: z.strictObject({
      account_id: z.string().regex(/^\d{12}$/, { error: 'is not an AWS account id: twelve digits in quotes' }).meta({ description: 'Account of the environment, twelve digits, in quotes.' }),
      region: z.string().min(1).default('us-east-1').meta({ description: 'Primary region.' }),
      partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']).default('aws').meta({ description: 'AWS partition.' }),
    }).meta({ description: 'Where the environment lives.' }),
    domain: z.string().regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/, { error: 'is not a domain name in lower case' }).default(basics.domain).meta({ description: 'Name of the private Route 53 zone.' }),
    base_cidr: z.union([Cidr, z.array(Cidr).min(1)]).default(defaultBaseCidrs[basics.name] ?? []).meta({ description: 'IPv4 block or blocks from which each cluster\'s VPC block is taken; no two environments may overlap. dev 10.0.0.0/10, qa 10.64.0.0/10, prod 10.128.0.0/10, sandbox 10.192.0.0/10 when absent.' }),
    cluster_name_prefix: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must begin with a letter and hold only a-z, 0-9 and -' }).default(defaultNamePrefix(basics.name)).meta({ description: 'Every cluster of the environment is called `<prefix>-…`.' }),
    gitops_engine: gitopsEngine.optional().meta({ description: 'What reconciles this environment\'s clusters; `gitops.engine` when absent.' }),
    network: networkSettings(basics.tier),
    kubernetes: kubernetesSettings(basics.tier),
    nodes: nodesSettings(basics.tier),
    ci: ciSettings(basics),
    state: z.strictObject({
      bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'is not an S3 bucket name' }).optional().meta({ description: 'Bucket of the Terraform state; computed from platform, account and region when absent.' }),
      replica_region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'is not a region such as eu-west-1' }).optional().meta({ description: 'Region that every version of the states is copied to, with a key of its own; another one than the bucket\'s. The same for all environments of an account.', examples: ['eu-west-1'] }),
    }).prefault({}).meta({ description: 'Terraform state.' }),
    components: z.record(z.string(), z.record(z.string(), z.unknown())).default({}).meta({ description: 'Settings per component: `enabled`, and the component\'s own keys.' }),
    tenants: tenantsSettings(basics),
    storage: storageSettings(basics),
    data: dataSettings(basics),
    features: featuresSettings(),
    alerts: alertsSettings(),
    security: securitySettings(basics),
    budgets: budgetsSettings(basics),
    schedule: scheduleSettings(basics),
    monitoring: monitoringSettings(basics),
    observability: observabilitySettings(),
    kubeflow: kubeflowSettings(basics),
    functions: functionsSettings(),
    registry: registrySettings(),
    backup: backupSettings(basics),
    sns: z.record(z.string(), z.unknown()).default({}).meta({ description: 'Taken for compatibility and free in form; decides nothing. Topics follow from `alerts`.', acting: false }),
    chatbot: z.record(z.string(), z.unknown()).default({}).meta({ description: 'Taken for compatibility and free in form; decides nothing. Slack follows from `alerts.slack`.', acting: false }),
    edge: edgeSettings(basics.tier),
    connectivity: connectivitySettings(),
  });

/** What the file says about one environment, with tier defaults applied, in the file's spelling. */
export type EnvironmentSettings = z.infer<ReturnType<typeof environmentSettings>>;
