import { keyText } from '../../stacks/expression.ts';
import { isIdentifier, padMark, quote } from './hcl-text.ts';

/** What cdktn's bindings say of one argument: its value and whether it is a nested block. */
interface Argument {
  readonly value: unknown;
  readonly isBlock?: boolean;
  readonly storageClassType?: string;
}

/** Key of an object that stands for `jsonencode(…)` of what is below it. */
export const jsonKey = '\uE011json';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isArgument = (value: unknown): value is Argument => isRecord(value) && 'value' in value && ('isBlock' in value || 'storageClassType' in value);
const plain = (value: unknown): unknown => (isArgument(value) ? plain(value.value) : value);
const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** Prints values and bodies of HCL, indented as `terraform fmt` wants it; `=` still carries pad marks. */
export class BodyPrinter {
  readonly #holes: boolean;

  constructor(holes: boolean) {
    this.#holes = holes;
  }

  /** A value as HCL; its first line is not indented. */
  value(given: unknown, indent: string): string {
    const value = plain(given);
    if (typeof value === 'string') return quote(value, this.#holes);
    if (Array.isArray(value)) return this.#list(value, indent);
    if (isRecord(value)) {
      if (jsonKey in value) return `jsonencode(${this.value(value[jsonKey], indent)})`;
      return this.#object(value, indent);
    }
    return String(value);
  }

  #list(items: readonly unknown[], indent: string): string {
    const [only] = items;
    if (items.length === 0) return '[]';
    if (items.length === 1 && !isRecord(plain(only)) && !Array.isArray(plain(only))) return `[${this.value(only, indent)}]`;
    const inner = `${indent}  `;
    return `[\n${items.map((item) => `${inner}${this.value(item, inner)},\n`).join('')}${indent}]`;
  }

  #object(fields: Record<string, unknown>, indent: string): string {
    const lines = Object.entries(fields).filter(([, value]) => isSet(plain(value)))
      .map(([key, value]) => this.line(this.#key(key), value, `${indent}  `));
    return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
  }

  #key(key: string): string {
    const { text, quoted } = keyText(key);
    return !quoted && isIdentifier(text) ? text : quote(text, this.#holes);
  }

  /** `key = value` at an indentation. */
  line(key: string, value: unknown, indent: string): string {
    const text = this.value(value, indent);
    return `${indent}${key}${text.includes('\n') ? ' ' : padMark}= ${text}`;
  }

  /** `key = [a.b, c.d]`, for arguments that hold addresses and not strings. */
  references(key: string, addresses: readonly string[], indent: string): string {
    return this.line(key, addresses.map((address) => `\${${address.replace(/^\$\{(.*)\}$/, '$1')}}`), indent);
  }

  /** The inside of a block: one-line arguments, longer ones, nested blocks, in the order of `rank`. */
  body(fields: Record<string, unknown>, indent: string): readonly string[] {
    const present = Object.entries(fields).filter(([, value]) => isSet(plain(value))).sort(([a], [b]) => rank(a) - rank(b));
    const lines = present.filter(([, value]) => !isBlock(value)).map(([key, value]) => this.line(key, value, indent));
    const short = lines.filter((line) => !line.includes('\n'));
    const long = lines.filter((line) => line.includes('\n'));
    const blocks = present.filter(([, value]) => isBlock(value)).flatMap(([key, value]) => this.#blocks(key, plain(value), indent));
    return joinParts([short.join('\n'), ...long, ...blocks]);
  }

  #blocks(key: string, value: unknown, indent: string): readonly string[] {
    const each = Array.isArray(value) ? value : [value];
    return each.filter(isRecord).map((fields) => this.block(key, this.body(fields, `${indent}  `), indent));
  }

  /** `header { … }` around finished lines. */
  block(header: string, body: readonly string[], indent: string): string {
    return body.length === 0 ? `${indent}${header} {}` : `${indent}${header} {\n${body.join('\n')}\n${indent}}`;
  }
}

// What the bindings leave open (`any`) may be a block of ours.
const isBlock = (value: unknown): boolean => isArgument(value) && (value.isBlock === true || isBlock(value.value));

/** Joins the parts of a body with one empty line in between; empty parts vanish. */
export const joinParts = (parts: readonly string[]): readonly string[] => parts.filter((part) => part !== '').flatMap((part, i) => (i === 0 ? [part] : ['', part]));

const first = ['provider', 'region', 'id', 'key', 'name', 'bucket', 'alias', 'cluster_name', 'principal_arn', 'role', 'description', 'namespace', 'repository', 'chart', 'version'];
const last = ['policy', 'assume_role_policy', 'values', 'tags'];

const rank = (key: string): number => {
  const at = first.indexOf(key);
  if (at >= 0) return at;
  const end = last.indexOf(key);
  return end >= 0 ? 1000 + end : 500;
};
