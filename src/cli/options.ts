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
