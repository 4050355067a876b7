/**
 * One statement that allows actions, as a project documents it. Resources and conditions may hold placeholders in the form `<name>`,
 * filled by `fillPolicy`; IAM's own variables stay in their `${…}` form.
 */
export interface StatementFact {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Operator → key → values. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** The policy a pinned version of a controller documents. */
export interface PolicyFact {
  /** Where it stands, with tag or commit, and how this differs, if it does. */
  readonly source: string;
  /** ISO date. */
  readonly read: string;
  readonly statements: readonly StatementFact[];
}

/** A filled statement, in the shape of `IamStatement` of `src/model/infra.ts`. */
export interface FilledStatement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly on: readonly string[];
  readonly when?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Values of the placeholders; a list multiplies the resource that holds it. */
export type Placeholders = Readonly<Record<string, string | readonly string[]>>;

const fill = (text: string, values: Placeholders): readonly string[] => {
  if (!text.includes('<')) return [text];
  const name = /<([a-zA-Z]+)>/.exec(text)?.[1];
  if (name === undefined) return [text];
  const value = values[name];
  if (value === undefined) throw new Error(`No value for the placeholder <${name}> in "${text}".`);
  return [value].flat().flatMap((one) => fill(text.replace(`<${name}>`, () => one), values));
};

const fillOne = (text: string, values: Placeholders): string => fill(text, values).join(',');

/**
 * Fills a policy's placeholders. Pure. A statement whose resources become empty (a list without entries) is left out, because IAM refuses it.
 * Throws when a placeholder has no value: that is a bug of the caller.
 */
export const fillPolicy = (policy: PolicyFact, values: Placeholders): readonly FilledStatement[] =>
  policy.statements.flatMap(({ sid, actions, resources, conditions }) => {
    const on = resources.flatMap((resource) => fill(resource, values));
    if (on.length === 0) return [];
    if (!conditions) return [{ sid, actions, on }];
    const when = Object.fromEntries(
      Object.entries(conditions).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, wanted]) => [fillOne(key, values), wanted.flatMap((one) => fill(one, values))])),
      ]),
    );
    return [{ sid, actions, on, when }];
  });
