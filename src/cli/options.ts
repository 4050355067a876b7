import { Option } from 'commander';
import { z } from 'zod';

interface Described {
  readonly description?: string | undefined;
}

const kebab = (name: string): string => name.replaceAll('_', '-');

interface Kind {
  readonly boolean: boolean;
  readonly list: boolean;
}

const kindOf = (schema: z.ZodType): Kind => {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as { type?: string };
  return { boolean: shape.type === 'boolean', list: shape.type === 'array' };
};

/** Options of a command from its schema: `dry_run: z.boolean()` becomes `--dry-run`. Lists may be given several times. */
export const optionsOf = (args: z.ZodObject, positional: readonly string[]): readonly Option[] =>
  Object.entries(args.shape as Readonly<Record<string, z.ZodType & Described>>)
    .filter(([name]) => !positional.includes(name))
    .map(([name, schema]) => {
      const { boolean, list } = kindOf(schema);
      const option = new Option(boolean ? `--${kebab(name)}` : `--${kebab(name)} <${list ? 'value...' : 'value'}>`, schema.description ?? '');
      return option;
    });

/** Name as the user types it, for messages. */
export const typed = (name: string, positional: readonly string[]): string => (positional.includes(name) ? `<${kebab(name)}>` : `--${kebab(name)}`);

/** Commander's camelCase names back to the schema's. */
export const fromCommander = (given: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));

/** What is wrong with one argument, in the user's words: `--env is missing.` Pure. */
export const usageProblem = (issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>, positional: readonly string[]): string => {
  const name = String(issue.path[0] ?? '');
  const value = given[name];
  const word = typed(name, positional);
  if (value === undefined) return `${word} is missing${issue.code === 'invalid_value' ? `; it is one of: ${issue.values.join(', ')}` : ''}.`;
  if (issue.code === 'invalid_value') return `${word} is ${JSON.stringify(value)}, but has to be one of: ${issue.values.join(', ')}.`;
  return `${word} is ${JSON.stringify(value)}: ${issue.message}.`;
};
