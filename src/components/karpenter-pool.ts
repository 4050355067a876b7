import type { InstanceFacts } from '../../catalog/instances.ts';
import { instances } from '../../catalog/instances.ts';
import { poolSettings, type PoolSettings } from './karpenter-pool-settings.ts';
import { oncePer } from '../units/once-per.ts';

/** One pool with everything decided. */
export interface Pool {
  readonly name: string;
  readonly nvidia: boolean;
  readonly settings: PoolSettings;
  readonly architectures: readonly string[];
  /** One of both. */
  readonly categories?: readonly string[];
  readonly families?: readonly string[];
  readonly newerThanGeneration?: number;
  readonly limits: { readonly cpu?: number; readonly memoryGib?: number; readonly gpus?: number };
}

/** Families of GPUs that models are served and trained on. */
const gpuFamilies = ['g5', 'g6', 'g6e', 'p4d', 'p5'] as const;

const filledPool = (name: string, settings: PoolSettings): Pool => {
  const nvidia = settings.nvidia ?? name === 'gpu';
  const families = settings.families ?? (nvidia && settings.categories === undefined ? gpuFamilies : undefined);
  const newerThanGeneration = settings.newer_than_generation ?? (nvidia || families ? undefined : 5);
  const { cpu, memory_gib, gpus } = settings.limits;
  const own = { cpu: cpu ?? (nvidia ? undefined : 2000), memoryGib: memory_gib ?? (nvidia ? undefined : 4000), gpus: nvidia ? (gpus ?? 100) : undefined };
  return {
    name,
    nvidia,
    settings,
    architectures: settings.architectures ?? (nvidia ? ['amd64'] : ['amd64', 'arm64']),
    ...(families ? { families } : { categories: settings.categories ?? ['c', 'm', 'r'] }),
    ...(newerThanGeneration === undefined ? {} : { newerThanGeneration }),
    limits: Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
  };
};

const filledPools = oncePer((pools: Readonly<Record<string, PoolSettings>>): readonly Pool[] => {
  const builtIn = poolSettings.parse({});
  const { general = builtIn, gpu = builtIn, ...others } = pools;
  const all = [['general', general] as const, ['gpu', gpu] as const, ...Object.entries(others).toSorted(([a], [b]) => (a < b ? -1 : 1))];
  return all.filter(([, { enabled }]) => enabled).map(([name, own]) => filledPool(name, own));
});

/** The pools of a cluster: `general` and `gpu`, and what the configuration adds or leaves out. By that order, then by name. Pure. */
export const poolsOf = ({ pools }: { readonly pools: Readonly<Record<string, PoolSettings>> }): readonly Pool[] => filledPools(pools);

/** Category and generation of a type, as Karpenter reads them from its name. Source: karpenter-provider-aws v1.14.1 `pkg/providers/instancetype/types.go`, `instanceTypeScheme`. */
const scheme = /^([a-z]+)(?:-\d+tb)?(\d+)/;
/** Graviton: a `g` among the letters behind the generation, and the first of its kind. */
const isArm = (type: string): boolean => /^(a1\.|[a-z]+\d+[a-z]*g[a-z]*[.-])/.test(type);

/** Family of a type, which is its name up to the dot. Pure. */
export const familyOf = (type: string): string => type.split('.')[0] ?? '';

/** Whether a pool may launch a type, wherever it is offered. Pure. */
export const fits = ({ nvidia, settings, architectures, categories, families, newerThanGeneration }: Pool, { type, vcpus, gpus }: InstanceFacts): boolean => {
  const [, category = '', generation = '0'] = scheme.exec(type) ?? [];
  const [family = '', size = ''] = type.split('.');
  return (
    nvidia === gpus > 0 &&
    architectures.includes(isArm(type) ? 'arm64' : 'amd64') &&
    (families === undefined || families.includes(family)) &&
    (categories === undefined || categories.includes(category)) &&
    (newerThanGeneration === undefined || Number(generation) > newerThanGeneration) &&
    !settings.exclude_families.includes(family) &&
    (settings.sizes === undefined || settings.sizes.includes(size)) &&
    vcpus >= (settings.cpus.min ?? 0) && vcpus <= (settings.cpus.max ?? Number.POSITIVE_INFINITY)
  );
};

const fitting = new Map<string, readonly InstanceFacts[]>();

/** Types of the catalogue that a pool may launch. Clusters mostly share pools, so each is searched once. Pure. */
export const typesOf = (pool: Pool): readonly InstanceFacts[] => {
  const { nvidia, architectures, categories, families, newerThanGeneration, settings: { exclude_families, sizes, cpus } } = pool;
  const key = JSON.stringify([nvidia, architectures, categories, families, newerThanGeneration, exclude_families, sizes, cpus]);
  const known = fitting.get(key) ?? instances.filter((one) => fits(pool, one));
  fitting.set(key, known);
  return known;
};
