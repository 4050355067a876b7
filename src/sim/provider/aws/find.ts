import type { Account } from '../engine/model.ts';
import type { SimObject } from '../store/store.ts';
import { tagsOf } from '../store/store.ts';
import { records, text, textMap, texts } from '../values.ts';
import type { Attributes } from '../values.ts';

/** Names of EC2's filters that are not an attribute with other punctuation. */
const ATTRIBUTE_OF: Readonly<Record<string, string>> = {
  'group-id': 'id', 'subnet-id': 'id', 'allocation-id': 'id', 'route-table-id': 'id', 'group-name': 'name', 'cidr': 'cidr_block', 'availability-zone': 'availability_zone',
};

const holds = (o: SimObject, name: string, values: readonly string[]): boolean => {
  const tags = tagsOf(o);
  if (name === 'tag-key') return values.some((v) => v in tags);
  // EC2 knows * and ? in filter values.
  const patterns = values.map((v) => new RegExp(`^${v.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*').replaceAll('?', '.')}$`, 's'));
  const key = ATTRIBUTE_OF[name] ?? name.replaceAll('-', '_');
  const found = name.startsWith('tag:') ? tags[name.slice(4)] : key === 'id' ? o.id : o.attributes[key];
  return found !== undefined && found !== null && patterns.some((p) => p.test(String(found)));
};

/**
 * Objects of a type in the region of the account view that fit a data source's `filter` blocks, `tags`, and the given
 * attributes (data source's name → object's attribute), in the order of their ids.
 */
export function search(account: Account, type: string, config: Attributes, same: Readonly<Record<string, string>> = {}): readonly SimObject[] {
  const filters = records(config['filter'] ?? null).map((f) => ({ name: text(f['name']) ?? '', values: texts(f['values']) }));
  const tags = Object.entries(textMap(config['tags']));
  return account.store.list(type).filter((o) => o.region === account.region)
    .filter((o) => filters.every((f) => holds(o, f.name, f.values)))
    .filter((o) => tags.every(([k, v]) => tagsOf(o)[k] === v))
    .filter((o) => Object.entries(same).every(([given, attribute]) => (config[given] ?? null) === null || config[given] === (attribute === 'id' ? o.id : (o.attributes[attribute] ?? null))));
}

/** The only element. Throws in the provider's words if there is none or more than one. */
export function single(found: readonly SimObject[], what: string): SimObject {
  const [one, ...more] = found;
  if (one === undefined) throw new Error(`no matching ${what} found`);
  if (more.length > 0) throw new Error(`multiple ${what}s matched; use additional constraints to reduce matches to a single ${what}`);
  return one;
}

/** Attributes of an object as its data source shows them: with the tags that it really has. */
export const shown = (o: SimObject): Attributes => ({ ...o.attributes, id: o.id, tags: tagsOf(o) });
