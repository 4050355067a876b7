import type { Span } from '../diag/diagnostic.ts';
import type { CloudfrontSettings } from './cloudfront-settings.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import type { GitCredentials } from './git-credentials.ts';
import type { GitopsEngine } from './gitops-engine.ts';
import type { OrgSettings } from './org-settings.ts';

/** What the configuration says, after layering and defaults: the one input of everything behind `config/`. Frozen data. */
export interface Platform {
  /** Short name of the whole platform, `^[a-z][a-z0-9-]{1,15}$`; begins every account-wide name. Key `platform.name`. */
  readonly name: string;
  readonly gitops: GitOps;
  /** Sorted: dev, qa, prod, sandbox, then others by name. */
  readonly environments: readonly Environment[];
  /** Absent where the platform does not manage the organization its accounts are in. */
  readonly organization?: Organization;
}

/** The AWS organization. */
export interface Organization {
  readonly managementAccountId: string;
  /** The key `org` in the file's spelling. */
  readonly settings: OrgSettings;
  readonly at: Span;
}

/** Where the GitOps engine reads desired state and charts. */
export interface GitOps {
  /** Of clusters that say nothing else; what a cluster has in the end is `Cluster.engine`. */
  readonly engine: GitopsEngine;
  /** URL of the git repository that holds the rendered output. */
  readonly repoUrl: string;
  /** How the repository is read where not everybody may. */
  readonly credentials?: GitCredentials;
  readonly targetRevision: string;
  /** Registry that mirrors every chart (for example a private ECR), without scheme for OCI; absent means each chart's own repository. */
  readonly chartMirror?: string;
}

export type Tier = 'dev' | 'qa' | 'prod' | 'sandbox';

/** One environment: an AWS account (or its share of one), a private zone, and its clusters. */
export interface Environment {
  readonly name: string;
  readonly tier: Tier;
  readonly accountId: string;
  readonly partition: string;
  /** First is the primary region; the order is that of first appearance in the registry after the primary. */
  readonly regions: readonly string[];
  /** Name of the private Route 53 zone, for example `dev.eks.local`. */
  readonly domain: string;
  /** Tags for every AWS object of the environment: keys unique ignoring case, legal for every service. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * The environment's own keys of `platform.yaml` with tier defaults applied, in the file's spelling. What is decided from several
   * keys (node counts, whether the API endpoint is public, which components are on) stands on the clusters.
   */
  readonly settings: EnvironmentSettings;
  /** The top-level key `edge.<env>.cloudfront`, where it is enabled. */
  readonly cloudfront?: CloudfrontSettings;
  /** Sorted by name. Never empty. */
  readonly clusters: readonly Cluster[];
  /** Name of the cluster that runs what the environment has once: Argo CD, where that is its engine. */
  readonly hub: string;
  readonly at: Span;
}

/** One cluster, with every value decided: nothing behind this looks at defaults again. */
export interface Cluster {
  readonly name: string;
  readonly environment: string;
  readonly tier: Tier;
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  /** Real zone names of the region, as many as `network.zones` asks for, from `catalog/regions.json`. */
  readonly zones: readonly string[];
  readonly hub: boolean;
  /** What reconciles everything on it. */
  readonly engine: GitopsEngine;
  /** Registry labels; values are strings. */
  readonly labels: Readonly<Record<string, string>>;
  /** VPC block from `argoeks.lock.yaml`, disjoint over the whole fleet. */
  readonly cidr: string;
  /** Cilium cluster id from `argoeks.lock.yaml`, 1 to 127, unique in its environment; 0 beyond (can't join a mesh). */
  readonly meshId: number;
  /** `kubernetes`, `network` and `nodes` of the environment, overridden by the cluster's `spec`; in the file's spelling. */
  readonly kubernetes: EnvironmentSettings['kubernetes'];
  readonly network: EnvironmentSettings['network'];
  readonly nodes: { readonly instance_types: readonly string[]; readonly min: number; readonly desired: number; readonly max: number; readonly ami_type: string; readonly disk_gib: number };
  /** Settings per enabled component id, validated against the component's own schema, defaults applied. Sorted by id. */
  readonly components: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Where the registry lists the cluster. */
  readonly at: Span;
}
