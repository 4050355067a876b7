import { z } from 'zod';

/** The part of JSON Schema that documentation reads; everything else is left alone. */
interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly acting?: boolean;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

const typeOf = (node: Node): string => {
  if (node.enum) return node.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (node.anyOf) return [...new Set(node.anyOf.map(typeOf))].join(' or ');
  if (node.type === 'array') return node.items ? `list of ${typeOf(node.items)}` : 'list';
  return node.type ?? 'any';
};

const shown = (value: unknown): string => (value === undefined ? '' : `\`${JSON.stringify(value)}\``);
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const isGroup = (node: Node): boolean => node.properties !== undefined && Object.keys(node.properties).length > 0;

const rows = (node: Node, path: string): readonly string[] =>
  Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const at = path ? `${path}.${key}` : key;
    const listed = child.items && isGroup(child.items) ? child.items : undefined;
    const note = child.acting === false ? ' *Accepted, not yet acting.*' : '';
    const own = isGroup(child) && child.description === undefined ? [] : [`| \`${cell(at)}\` | ${cell(typeOf(child))} | ${isGroup(child) ? '' : cell(shown(child.default))} | ${child.unit ?? ''} | ${cell(child.description ?? '')}${note} |`];
    return [...own, ...rows(child, at), ...(listed ? rows(listed, `${at}[]`) : [])];
  });

/** Markdown table of every key of a schema: path, type, default, unit, meaning. Keys stand in the schema's order. */
export const settingsTable = (schema: z.ZodType, path = ''): string => {
  const node = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Node;
  const lines = rows(node, path);
  return lines.length === 0 ? 'No settings.' : ['| key | type | default | unit | meaning |', '| --- | --- | --- | --- | --- |', ...lines].join('\n');
};
