import { load, type Facts } from '../config/load.ts';
import { paths } from '../config/platform-settings.ts';
import type { Sources } from '../config/sources.ts';
import type { Diagnostic, Result } from '../diag/diagnostic.ts';
import type { Component } from '../model/component.ts';
import type { Plan } from '../model/plan.ts';
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
