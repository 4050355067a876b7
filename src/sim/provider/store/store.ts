import { isRecord, textMap } from '../values.ts';
import type { Attributes } from '../values.ts';

/** Where objects of services without regions are kept. */
export const GLOBAL_REGION = 'aws-global';

/** One object of the simulated account. */
export interface SimObject {
  readonly type: string;
  readonly region: string;
  readonly id: string;
  /** All attributes as Terraform sees them; no unknown values. */
  readonly attributes: Attributes;
  /** What was handed over once and AWS never shows: no attribute, so in no state. */
  readonly writeOnly?: Attributes;
  /** Who made it: Terraform, AWS along with another object (the default security group…), or a controller or person. */
  readonly origin: 'terraform' | 'aws' | 'other';
  /** Its creation has not been answered: what the local platform does for it is under way, or its process died in the middle. */
  readonly unfinished?: true;
  /** Key of the object that it vanishes with. */
  readonly owner?: string;
}

/** Names one object in the whole account. */
export const keyOf = ({ type, region, id }: Pick<SimObject, 'type' | 'region' | 'id'>): string => `${type}/${region}/${id}`;

/** The account: what exists. Changes are kept before a call returns. */
export interface AccountStore {
  get(type: string, region: string, id: string): SimObject | undefined;
  /** In the order of their keys. */
  list(type: string): readonly SimObject[];
  all(): readonly SimObject[];
  /** Adds or replaces. */
  put(object: SimObject): void;
  /** Removes it and what it owns. False if there was none. */
  delete(type: string, region: string, id: string): boolean;
  /** Lets go of the file, if there is one. */
  close(): void;
}

/** Tags of an object, those of the provider's defaults among them. */
export function tagsOf({ attributes }: SimObject): Record<string, string> {
  const all = attributes['tags_all'] ?? null;
  return textMap(isRecord(all) ? all : (attributes['tags'] ?? null));
}

/** What was made by Terraform or by others and is still there: nothing, after a clean destroy. Objects that AWS makes on its own don't count. */
export const leftovers = (store: AccountStore): readonly SimObject[] => store.all().filter((o) => o.origin !== 'aws');

/** Edits an object behind Terraform's back, as a person in the console would. Throws if it does not exist. */
export function drift(store: AccountStore, type: string, id: string, attributes: Attributes): void {
  const object = store.list(type).find((o) => o.id === id);
  if (object === undefined) throw new Error(`the simulated account has no ${type} "${id}"`);
  store.put({ ...object, attributes: { ...object.attributes, ...attributes } });
}
