import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Attributes } from '../values.ts';

/** One object of the simulated account. `region` is "global" for services without regions. */
export interface StoredObject {
  readonly type: string;
  readonly id: string;
  readonly region: string;
  /** All attributes as Terraform sees them; no unknown values. */
  readonly attributes: Attributes;
}

/** The simulated account: what exists, whoever made it. */
export interface SimStore {
  /** Objects of a type in all regions, or of all types; oldest first. */
  list(type?: string): readonly StoredObject[];
  get(type: string, id: string, region?: string): StoredObject | undefined;
  /** Adds or replaces. */
  put(object: StoredObject): void;
  /** False if there was no such object. */
  delete(type: string, id: string, region?: string): boolean;
  /** Edits attributes behind Terraform's back, as a person in the console would. Throws if there is no such object. */
  drift(type: string, id: string, attributes: Attributes): void;
  /** Everything that is still in the account; empty after a clean destroy. */
  leftovers(): readonly StoredObject[];
}

const keyOf = ({ type, id, region }: Pick<StoredObject, 'type' | 'id' | 'region'>): string => `${type}|${region}|${id}`;

class MapStore implements SimStore {
  readonly #objects = new Map<string, StoredObject>();
  readonly #save: (all: readonly StoredObject[]) => void;

  constructor(start: readonly StoredObject[], save: (all: readonly StoredObject[]) => void) {
    for (const object of start) this.#objects.set(keyOf(object), object);
    this.#save = save;
  }

  list(type?: string): readonly StoredObject[] {
    const all = [...this.#objects.values()];
    return type === undefined ? all : all.filter((o) => o.type === type);
  }

  get(type: string, id: string, region?: string): StoredObject | undefined {
    if (region !== undefined) return this.#objects.get(keyOf({ type, id, region }));
    return this.list(type).find((o) => o.id === id);
  }

  put(object: StoredObject): void {
    this.#objects.set(keyOf(object), object);
    this.#save(this.list());
  }

  delete(type: string, id: string, region?: string): boolean {
    const found = this.get(type, id, region);
    if (!found) return false;
    this.#objects.delete(keyOf(found));
    this.#save(this.list());
    return true;
  }

  drift(type: string, id: string, attributes: Attributes): void {
    const found = this.get(type, id);
    if (!found) throw new Error(`the simulated account has no ${type} "${id}"`);
    this.put({ ...found, attributes: { ...found.attributes, ...attributes } });
  }

  leftovers(): readonly StoredObject[] {
    return this.list();
  }
}

/** An empty account in memory. */
export const createStore = (): SimStore => new MapStore([], () => undefined);

const parse = (path: string): readonly StoredObject[] => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return (JSON.parse(text) as { objects: StoredObject[] }).objects;
};

/**
 * An account kept in a JSON file; empty if the file does not exist. Each change is written beside it and renamed over it before
 * the call returns, so a killed process loses nothing it had confirmed. One process at a time. Throws if the file is no JSON.
 */
export function openFileStore(path: string): SimStore {
  return new MapStore(parse(path), (objects) => {
    const next = `${path}.${process.pid}.${randomUUID()}`;
    writeFileSync(next, JSON.stringify({ objects }), { mode: 0o600 });
    renameSync(next, path);
  });
}
