import { PortError } from '../ports/port-error.ts';
import type { Kube, KubeQuery } from '../ports/kube.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { matchesSelector, mergePatch, released } from './kube-rules.ts';

type Mutable = { -readonly [K in keyof KubeObject]: KubeObject[K] };

/**
 * A Kubernetes API in memory, as far as `src/ports/kube.ts` goes: it keeps objects, honours finalizers and resource versions, and runs no
 * controllers; tests play those. The contract suite `test/contract/kube.ts` holds it to what a real API server does.
 */
export class SimKube implements Kube {
  readonly #objects = new Map<string, Mutable>();
  readonly #applied = new Map<string, KubeObject>();
  #version = 0;

  static #key({ apiVersion, kind, namespace = '' }: KubeQuery, name: string): string {
    return [apiVersion, kind, namespace, name].join('|');
  }

  static #keyOf({ apiVersion, kind, metadata }: KubeObject): string {
    return SimKube.#key({ apiVersion, kind, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) }, metadata.name);
  }

  async list({ apiVersion, kind, namespace, labelSelector }: KubeQuery): Promise<readonly KubeObject[]> {
    return [...this.#objects.values()]
      .filter((o) => o.apiVersion === apiVersion && o.kind === kind && (namespace === undefined || o.metadata.namespace === namespace))
      .filter((o) => labelSelector === undefined || matchesSelector(o.metadata.labels ?? {}, labelSelector))
      .map((o) => structuredClone(o))
      .sort((a, b) => (`${a.metadata.namespace ?? ''}/${a.metadata.name}` < `${b.metadata.namespace ?? ''}/${b.metadata.name}` ? -1 : 1));
  }

  async get(query: KubeQuery, name: string): Promise<KubeObject | undefined> {
    const found = this.#objects.get(SimKube.#key(query, name));
    return found ? structuredClone(found) : undefined;
  }

  async apply(object: KubeObject): Promise<KubeObject> {
    const key = SimKube.#keyOf(object);
    const before = this.#objects.get(key);
    const pruned = before && mergePatch(before, released(this.#applied.get(key), object));
    this.#applied.set(key, structuredClone(object));
    return this.#store(pruned ? (mergePatch(pruned, object) as KubeObject) : structuredClone(object), before);
  }

  async patch(query: KubeQuery, name: string, patch: unknown): Promise<KubeObject> {
    const before = this.#objects.get(SimKube.#key(query, name));
    if (!before) throw new PortError('missing', 'patch', `${query.kind} ${name}`, `${query.kind} "${name}" not found`);
    const after = this.#store(mergePatch(before, patch) as KubeObject, before);
    this.#collect(after);
    return after;
  }

  async remove(query: KubeQuery, name: string): Promise<void> {
    const found = this.#objects.get(SimKube.#key(query, name));
    if (!found) return;
    found.metadata = { ...found.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } as KubeObject['metadata'];
    this.#collect(found);
  }

  #collect(object: KubeObject): void {
    const meta = object.metadata as { deletionTimestamp?: string; finalizers?: readonly string[] };
    if (meta.deletionTimestamp && (meta.finalizers ?? []).length === 0) {
      this.#objects.delete(SimKube.#keyOf(object));
      this.#applied.delete(SimKube.#keyOf(object));
    }
  }

  #store(object: KubeObject, before: KubeObject | undefined): KubeObject {
    const same = before !== undefined && JSON.stringify(before) === JSON.stringify(object);
    if (!same) {
      this.#version += 1;
      const uid = (before?.metadata as { uid?: string } | undefined)?.uid ?? `uid-${this.#version}`;
      const stored = { ...object, metadata: { ...object.metadata, uid, resourceVersion: String(this.#version) } };
      this.#objects.set(SimKube.#keyOf(object), stored);
      return structuredClone(stored);
    }
    return structuredClone(object);
  }
}
