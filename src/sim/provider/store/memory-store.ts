import { keyOf } from './store.ts';
import type { AccountStore, SimObject } from './store.ts';

const byKey = (a: SimObject, b: SimObject): number => (keyOf(a) < keyOf(b) ? -1 : 1);

/**
 * An account that lives as long as the process. `onChange` is called after every change and before it is reported: the file
 * store saves there.
 */
export class MemoryStore implements AccountStore {
  readonly #types = new Map<string, Map<string, SimObject>>();
  readonly #onChange: () => void;

  constructor(objects: readonly SimObject[] = [], onChange: () => void = () => {}) {
    this.#onChange = onChange;
    for (const o of objects) this.#keep(o);
  }

  #keep(o: SimObject): void {
    const kept = this.#types.get(o.type) ?? new Map<string, SimObject>();
    this.#types.set(o.type, kept.set(keyOf(o), o));
  }

  get(type: string, region: string, id: string): SimObject | undefined {
    return this.#types.get(type)?.get(keyOf({ type, region, id }));
  }

  list(type: string): readonly SimObject[] {
    return [...(this.#types.get(type)?.values() ?? [])].toSorted(byKey);
  }

  all(): readonly SimObject[] {
    return [...this.#types.values()].flatMap((kept) => [...kept.values()]).toSorted(byKey);
  }

  put(object: SimObject): void {
    this.#keep(object);
    this.#onChange();
  }

  #drop(key: string): boolean {
    let isFound = false;
    for (const kept of this.#types.values()) {
      isFound = kept.delete(key) || isFound;
      for (const [k, o] of kept) if (o.owner === key) this.#drop(k);
    }
    return isFound;
  }

  delete(type: string, region: string, id: string): boolean {
    const isFound = this.#drop(keyOf({ type, region, id }));
    if (isFound) this.#onChange();
    return isFound;
  }

  close(): void {}
}
