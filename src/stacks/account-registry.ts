import { EcrPullThroughCacheRule } from '#bindings/aws/ecr-pull-through-cache-rule.js';
import { EcrRegistryPolicy } from '#bindings/aws/ecr-registry-policy.js';
import { EcrRegistryScanningConfiguration } from '#bindings/aws/ecr-registry-scanning-configuration.js';
import { EcrRepositoryCreationTemplate } from '#bindings/aws/ecr-repository-creation-template.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { Construct } from 'constructs';
import { policy, serviceTrust } from './policy.ts';
import { imageLifecycle, registryRepository } from './registry-repository.ts';
import type { RegistryRepositoryProps } from './registry-repository.ts';
import { because } from './root.ts';

/** Cache of public registries in one region. */
export interface PullThroughCacheProps {
  /** Resource name → upstream: prefix of its repositories here, its address, and the secret with its credentials. */
  readonly upstreams: Readonly<Record<string, { readonly prefix: string; readonly url: string; readonly secretArn?: string }>>;
  /** Who may fill it: patterns of role ARNs. */
  readonly pullers: readonly string[];
  /** ARNs of the repositories that it may make. */
  readonly repositories: readonly string[];
}

/** What the registry of an account has once in each region. */
export interface AccountRegistryProps {
  /** Role that makes repositories for the cache; only where there is a cache. */
  readonly cacheRole?: { readonly roleName: string; readonly repositories: readonly string[]; /** ARNs of keys that ECR may use for them. */ readonly keys: readonly string[] };
  /** Resource name → region. */
  readonly regions: Readonly<Record<string, {
    readonly region: string;
    /** `BASIC` or `ENHANCED`, how often, and names with wildcards. */
    readonly scanning?: { readonly type: string; readonly frequency: string; readonly filters: readonly string[] };
    readonly cache?: PullThroughCacheProps;
    /** Resource name → repository for a chart of the mirror. */
    readonly charts?: Readonly<Record<string, RegistryRepositoryProps>>;
  }>>;
}

/** Scanning, pull-through cache and chart mirror. File `registry.tf`. */
export class AccountRegistry extends Construct {
  constructor(scope: Construct, { cacheRole, regions }: AccountRegistryProps) {
    super(scope, 'registry');
    const role = cacheRole && this.#role(cacheRole);
    for (const [place, { region, scanning, cache, charts = {} }] of Object.entries(regions)) {
      if (scanning) {
        new EcrRegistryScanningConfiguration(this, `ecr-registry-scanning-configuration.${place}`, {
          region, scanType: scanning.type, rule: [{ scanFrequency: scanning.frequency, repositoryFilter: scanning.filters.map((filter) => ({ filter, filterType: 'WILDCARD' })) }],
        });
      }
      if (cache && role) this.#cache(place, region, cache, role);
      for (const [id, chart] of Object.entries(charts)) registryRepository(this, id, chart, { region });
    }
  }

  #role({ roleName, repositories, keys }: NonNullable<AccountRegistryProps['cacheRole']>): IamRole {
    const role = new IamRole(this, 'iam-role.registry_cache', { name: roleName, description: 'ECR makes repositories for what it caches', assumeRolePolicy: serviceTrust('ecr.amazonaws.com') });
    new IamRolePolicy(this, 'iam-role-policy.registry_cache', {
      name: 'make-repositories', role: role.name,
      policy: policy([
        { sid: 'Repositories', actions: ['ecr:CreateRepository', 'ecr:ReplicateImage', 'ecr:TagResource'], on: repositories },
        { sid: 'KeyOfEcr', actions: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'], on: keys, when: { StringLike: [{ key: 'kms:ViaService', values: ['ecr.*.amazonaws.com'] }] } },
      ]),
    });
    return role;
  }

  #cache(place: string, region: string, { upstreams, pullers, repositories }: PullThroughCacheProps, role: IamRole): void {
    for (const [id, { prefix, url, secretArn }] of Object.entries(upstreams)) {
      new EcrPullThroughCacheRule(this, `ecr-pull-through-cache-rule.${place}_${id}`, { region, ecrRepositoryPrefix: prefix, upstreamRegistryUrl: url, ...(secretArn === undefined ? {} : { credentialArn: secretArn }) });
    }
    because(new EcrRepositoryCreationTemplate(this, `ecr-repository-creation-template.${place}`, {
      region, prefix: 'ROOT', description: 'Repositories that the cache makes', appliedFor: ['PULL_THROUGH_CACHE'], customRoleArn: role.arn,
      imageTagMutability: 'MUTABLE', encryptionConfiguration: [{ encryptionType: 'KMS' }], lifecyclePolicy: imageLifecycle({ untaggedDays: 14, most: 30 }),
    }), 'Tags of public images move, so they are mutable here; what is dropped is fetched again when it is asked for.');
    because(new EcrRegistryPolicy(this, `ecr-registry-policy.${place}`, {
      region,
      policy: policy([{
        sid: 'NodesFillTheCache', principals: { AWS: ['*'] }, actions: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], on: repositories, when: { ArnLike: [{ key: 'aws:PrincipalArn', values: pullers }] },
      }]),
    }), 'Roles of nodes are named by pattern: they come and go with their clusters, and a policy may not name what is not there.');
  }
}
