import type { Environment, Platform } from '../../config/platform.ts';
import { distinctNames } from './distinct-names.ts';
import { defaultTags, ownershipTags } from './names.ts';

/** Keys that objects of these environments carry, by resource name. */
const keysOf = (platform: Platform, environments: readonly Environment[]): Readonly<Record<string, string>> => {
  const carried = environments.flatMap((environment) => [environment.tags, ...environment.clusters.map(({ tags }) => tags)].flatMap((tags) => Object.keys(defaultTags(tags, ownershipTags(platform, environment, environment.clusters[0])))));
  const keys = [...new Set(carried)].sort();
  const ids = distinctNames(keys);
  // A key in another alphabet leaves no name.
  return Object.fromEntries(keys.map((key, i) => [ids[i] || `tag_${i + 1}`, key]));
};

/** Decides which tags the account that pays for all activates: every key of tags.yaml, and the platform's own. Undefined where it is not asked to. Pure. */
export const payerTags = (platform: Platform, isAsked: boolean): Readonly<Record<string, string>> | undefined => (isAsked ? keysOf(platform, platform.environments) : undefined);

/** Decides which tags an account that pays for itself activates. Undefined where no environment of it asks for that. Pure. */
export const accountTags = (platform: Platform, environments: readonly Environment[]): Readonly<Record<string, string>> | undefined => {
  const asking = environments.filter(({ partition, settings }) => partition === 'aws' && settings.budgets.activate_tags);
  return asking.length === 0 ? undefined : keysOf(platform, asking);
};
