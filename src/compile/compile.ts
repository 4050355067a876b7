import { load, type Facts } from '../config/load.ts';
import { paths } from '../config/platform-settings.ts';
import type { Sources } from '../config/sources.ts';
import type { Diagnostic, Result } from '../diag/diagnostic.ts';
import { emitCluster, emitShared } from '../emit/kubernetes.ts';
import { emitReference } from '../emit/reference.ts';
import type { emitTerraform } from '../emit/terraform.ts';
import { ownCharts } from '../emit/terraform/own-charts.ts';
import { plannedRoots, type TerraformRoot } from '../emit/terraform/roots.ts';
import type { ChartPins } from '../emit/argocd/application.ts';
import type { Component } from '../model/component.ts';
import type { Artifact, Plan } from '../model/plan.ts';
import { onlyClusters } from './part-keys.ts';
import { plan } from './plan.ts';

/** What a compile reads, all of it: files by relative path, and the facts of the catalogue. */
export interface Input {
  readonly files: ReadonlyMap<string, string>;
  /** Text of `argoeks.lock.yaml`, if there is one. */
  readonly lock: string | undefined;
  readonly components: readonly Component[];
  readonly facts: Facts;
}

/** The configuration, resolved and planned. */
export interface Planned {
  readonly plan: Plan;
  readonly sources: Sources;
  /** Text of `argoeks.lock.yaml` to write. */
  readonly lock: string;
}

/** Loads and plans: everything `check`, `explain` and live commands need, without rendering. Pure. */
export const resolve = ({ files, lock, components, facts }: Input): Result<Planned> => {
  const loaded = load(files, lock, new Map(components.map((component) => [component.id, component])), facts);
  if (!loaded.value) return { diagnostics: loaded.diagnostics };
  const { platform, sources, lock: newLock } = loaded.value;
  const planned = plan(platform, components, sources);
  const diagnostics: readonly Diagnostic[] = [...loaded.diagnostics, ...planned.diagnostics];
  return planned.value ? { value: { plan: planned.value, sources, lock: newLock }, diagnostics } : { diagnostics };
};

/** File that keeps what must stay stable when the fleet changes. */
export const lockPath = paths.lock;

/**
 * Renders a plan: Terraform roots, everything below `kubernetes/`, and the reference pages. Sorted by path. Where `wanted` says no, what
 * belongs to that part alone (a cluster, or a root of Terraform) is left out, because it is known to be there already (`partKeys`). Pure:
 * the same plan gives the same bytes on every machine.
 */
export const render = async (plan: Plan, components: readonly Component[], pins: ChartPins, wanted: (part: string) => boolean = () => true): Promise<readonly Artifact[]> => {
  const part = onlyClusters(plan, wanted);
  const isWanted = ({ cluster, path }: TerraformRoot): boolean => wanted(cluster ?? path);
  const artifacts = [
    ...(plannedRoots(part).some(isWanted) ? await terraform(part, pins, isWanted) : []),
    ...ownCharts(plan),
    ...emitShared(plan, pins),
    ...part.environments.flatMap(({ clusters }) => clusters.flatMap((cluster) => emitCluster(plan, cluster, pins))),
    ...emitReference(plan, components),
  ];
  return artifacts.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
};

/** cdktn is the heaviest import of all; what does not render roots does not pay for it. */
const terraform = async (...asked: Parameters<typeof emitTerraform>): Promise<readonly Artifact[]> => (await import('../emit/terraform.ts')).emitTerraform(...asked);
