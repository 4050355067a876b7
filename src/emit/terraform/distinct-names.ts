import { terraformName } from './names.ts';

/** Names in Terraform made from any others, each different: where two would look alike, the later gets a number. In the order given. Pure. */
export const distinctNames = (names: readonly string[]): readonly string[] => {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = terraformName(name).replace(/_+$/, '');
    let distinct = plain;
    for (let n = 2; taken.has(distinct); n += 1) distinct = `${plain}_${n}`;
    taken.add(distinct);
    return distinct;
  });
};
