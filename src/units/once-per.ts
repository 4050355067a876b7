import { hash } from 'node:crypto';

/** A pure function that is asked about the same objects again and again, such as what clusters share: each is worked out once, and forgotten with its object. */
export const oncePer = <K extends object, V>(make: (key: K) => V): ((key: K) => V) => {
  const made = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const known = made.get(key) ?? { value: make(key) };
    made.set(key, known);
    return known.value;
  };
};

/** Short text that is equal for objects of equal JSON, keys in the same order. Each object is read once, so it must not change. */
export const digestOf = oncePer((object: object) => hash('sha1', JSON.stringify(object), 'base64url'));
