import type { Environment, Platform } from '../../config/platform.ts';
import type { RegistryProps } from '../../stacks/registry.ts';
import { terraformName } from './names.ts';

/** Decides everything of an environment's repositories; undefined where it has none. Pure. */
export const registryProps = (environment: Environment): RegistryProps | undefined => {
  const { partition, accountId, tier, settings: { registry: { repositories }, cluster_name_prefix: prefix } } = environment;
  if (repositories.length === 0) return undefined;
  const taken = new Set<string>();
  return {
    partition, accountId, alias: `alias/${prefix}-registry`,
    repositories: Object.fromEntries(repositories.map((one, i) => {
      const id = terraformName(one.name);
      const own = taken.has(id) ? `${id}_${i + 1}` : id;
      taken.add(own);
      return [own, {
        name: one.name, mutability: one.mutability, scanOnPush: one.scan_on_push, readers: one.allowed_account_ids.map((id) => `arn:${partition}:iam::${id}:root`),
        keepReleases: one.keep_releases, untaggedDays: one.untagged_days, losesImages: tier !== 'prod',
      }];
    })),
  };
};

/** Account and region of the registry that mirrors charts, and what stands before their names; undefined where it is no ECR of ours. Pure. */
export const chartMirror = ({ gitops, environments }: Platform): { readonly accountId: string; readonly region: string; readonly prefix: string } | undefined => {
  const [, accountId = '', region = '', path = ''] = /^(?:\w+:\/\/)?(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/?(.*)$/.exec(gitops.chartMirror ?? '') ?? [];
  if (!environments.some((environment) => environment.accountId === accountId)) return undefined;
  const prefix = path.replace(/\/$/, '');
  return { accountId, region, prefix: prefix === '' ? '' : `${prefix}/` };
};
