import type { Environment, Platform } from '../../config/platform.ts';
import { hasRegistry } from '../../config/registry-settings.ts';
import { scansIn } from '../../config/security-settings.ts';
import type { AccountRegistryProps, PullThroughCacheProps } from '../../stacks/account-registry.ts';
import type { RegistryRepositoryProps } from '../../stacks/registry-repository.ts';
import { bounded } from '../../units/aws-names.ts';
import { terraformName } from './names.ts';
import { chartMirror } from './registry-props.ts';

/** Public registries that ECR caches without credentials, and those that want them. Source: ECR user guide, "Sync an upstream registry with an Amazon ECR private registry". */
const open = { quay: { prefix: 'quay', url: 'quay.io' }, k8s: { prefix: 'k8s', url: 'registry.k8s.io' }, ecr_public: { prefix: 'ecr-public', url: 'public.ecr.aws' } } as const;
const closed = { docker_hub: { prefix: 'docker-hub', url: 'registry-1.docker.io' }, ghcr: { prefix: 'ghcr', url: 'ghcr.io' } } as const;

const caching = (environments: readonly Environment[]): readonly Environment[] => environments.filter(({ settings }) => settings.registry.pull_through_cache.enabled);

/** Secrets are of one region: only that region's cache can use them. */
const secretIn = (environments: readonly Environment[], key: 'docker_hub_secret_arn' | 'ghcr_secret_arn', region: string): string | undefined =>
  environments.map(({ settings }) => settings.registry.pull_through_cache[key]).find((arn) => arn?.split(':')[3] === region);

const cacheIn = (region: string, environments: readonly Environment[], partition: string, accountId: string): PullThroughCacheProps => {
  const secrets = { docker_hub: secretIn(environments, 'docker_hub_secret_arn', region), ghcr: secretIn(environments, 'ghcr_secret_arn', region) };
  const upstreams: PullThroughCacheProps['upstreams'] = {
    ...open,
    ...(secrets.docker_hub === undefined ? {} : { docker_hub: { ...closed.docker_hub, secretArn: secrets.docker_hub } }),
    ...(secrets.ghcr === undefined ? {} : { ghcr: { ...closed.ghcr, secretArn: secrets.ghcr } }),
  };
  return {
    upstreams, pullers: environments.map(({ settings }) => `arn:${partition}:iam::${accountId}:role/${settings.cluster_name_prefix}-*node`),
    repositories: Object.values(upstreams).map(({ prefix }) => `arn:${partition}:ecr:${region}:${accountId}:repository/${prefix}/*`),
  };
};

const scanned = (environments: readonly Environment[], region: string): readonly string[] => {
  const own = environments.flatMap(({ regions, settings }) => (regions[0] === region ? settings.registry.repositories.filter((one) => one.scan_on_push).map(({ name }) => name) : []));
  const cached = caching(environments).some(({ regions }) => regions.includes(region)) ? [...Object.values(open), ...Object.values(closed)].map(({ prefix }) => `${prefix}/*`) : [];
  return [...new Set([...own, ...cached])].sort();
};

const chartsIn = (platform: Platform, accountId: string, names: readonly string[]): { readonly region: string; readonly charts: Readonly<Record<string, RegistryRepositoryProps>> } | undefined => {
  const mirror = chartMirror(platform);
  if (mirror?.accountId !== accountId) return undefined;
  const partition = platform.environments.find((environment) => environment.accountId === accountId)?.partition ?? 'aws';
  const readers = [...new Set(platform.environments.map((environment) => environment.accountId))].filter((id) => id !== accountId).map((id) => `arn:${partition}:iam::${id}:root`);
  return {
    region: mirror.region,
    charts: Object.fromEntries([...new Set(names)].sort().map((name) => [`chart_${terraformName(name)}`, { name: `${mirror.prefix}${name}`, mutability: 'IMMUTABLE', scanOnPush: false, readers, untaggedDays: 14, losesImages: false }])),
  };
};

/**
 * Decides what an account's registry has once in each region: of all environments in it together, because two of them could not each
 * have it. Undefined where none uses the registry. Names of charts may repeat. Pure.
 */
export const accountRegistryProps = (platform: Platform, accountId: string, chartNames: readonly string[]): AccountRegistryProps | undefined => {
  const users = platform.environments.filter((environment) => environment.accountId === accountId && hasRegistry(environment));
  const mirror = chartsIn(platform, accountId, chartNames);
  const partition = platform.environments.find((environment) => environment.accountId === accountId)?.partition ?? 'aws';
  const regions = [...new Set([...users.flatMap((environment) => (environment.settings.registry.pull_through_cache.enabled ? environment.regions : environment.regions.slice(0, 1))), ...(mirror ? [mirror.region] : [])])].sort();
  if (regions.length === 0) return undefined;
  // Inspector makes the registry's scan its own: a basic one here would be undone and come back with every plan.
  const inAccount = platform.environments.filter((environment) => environment.accountId === accountId);
  const isEnhancedIn = (region: string): boolean => users.some(({ settings }) => settings.registry.scanning === 'ENHANCED') || scansIn(inAccount, region).includes('ecr');
  const caches = regions.map((region) => {
    const here = caching(users).filter((environment) => environment.regions.includes(region));
    return here.length === 0 ? undefined : cacheIn(region, here, partition, accountId);
  });
  const repositories = [...new Set(caches.flatMap((cache) => cache?.repositories ?? []))];
  return {
    ...(repositories.length === 0 ? {} : { cacheRole: { roleName: bounded(`${platform.name}-registry-cache`, 64), repositories, keys: [`arn:${partition}:kms:*:${accountId}:key/*`] } }),
    regions: Object.fromEntries(regions.map((region, i) => {
      const filters = scanned(users, region);
      const isEnhanced = isEnhancedIn(region);
      const cache = caches[i];
      return [terraformName(region), {
        region,
        ...(filters.length === 0 ? {} : { scanning: { type: isEnhanced ? 'ENHANCED' : 'BASIC', frequency: isEnhanced ? 'CONTINUOUS_SCAN' : 'SCAN_ON_PUSH', filters } }),
        ...(cache ? { cache } : {}), ...(mirror?.region === region ? { charts: mirror.charts } : {}),
      }];
    })),
  };
};
