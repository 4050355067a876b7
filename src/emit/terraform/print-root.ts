import { DefaultTokenResolver, StringConcat, TerraformDataSource, TerraformElement, TerraformEphemeralResource, TerraformLocal, TerraformOutput, TerraformProvider, TerraformResource, TerraformVariable, Token, Tokenization } from 'cdktn';
import { jsonIn } from '../../stacks/expression.ts';
import { findingMetadata, reasonMetadata } from '../../stacks/root.ts';
import type { Root } from '../../stacks/root.ts';
import { BodyPrinter, joinParts, jsonKey } from './hcl-body.ts';
import type { RootFile } from './template.ts';
import { versionsBlock } from './versions.ts';
import type { Backend } from './versions.ts';

const resolver = new DefaultTokenResolver(new StringConcat());

type Fields = Record<string, unknown>;

const isPlain = (value: unknown): value is Fields => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** JSON documents become trees before references in them are resolved, so that quotes in an expression can't break them. */
const openJson = (value: unknown): unknown => {
  if (typeof value === 'string') {
    const document = jsonIn(value);
    return document === undefined ? value : { [jsonKey]: document };
  }
  if (Array.isArray(value)) return value.map(openJson);
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, openJson(item)])) : value;
};

/** Replaces tokens by references. Most values hold none: cdktn's own walk over them took a fifth of the time of a build. */
const withReferences = (scope: TerraformElement, value: unknown): unknown => {
  const isList = Array.isArray(value) && !value.some((item) => typeof item === 'string' && item.startsWith('#{TfToken['));
  if (isList) return value.map((item) => withReferences(scope, item)).filter((item) => item !== undefined && item !== null);
  if (isPlain(value) && !Tokenization.isResolvable(value)) {
    return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => {
      const found = withReferences(scope, item);
      return found === undefined ? [] : [[key.includes('TfToken[') ? String(withReferences(scope, key)) : key, found]];
    }));
  }
  const isToken = typeof value === 'string' ? value.includes('TfToken[') : typeof value === 'number' ? Token.isUnresolved(value) : typeof value === 'object' && value !== null;
  return isToken ? (Tokenization.resolve(value, { scope, resolver, preparing: false }) as unknown) : value ?? undefined;
};

const fieldsOf = (element: TerraformElement, found: unknown): Fields => {
  const fields = withReferences(element, openJson(found));
  if (!isPlain(fields)) throw new Error(`${element.node.path} has no arguments`);
  return fields;
};

const metaKeys = ['//', 'depends_on', 'lifecycle', 'provisioner', 'provider', 'count', 'for_each', 'connection'];

const lifecycleLines = (print: BodyPrinter, lifecycle: Fields): readonly string[] =>
  Object.entries(lifecycle).map(([key, value]) => (Array.isArray(value) ? print.references(key, value as string[], '    ') : print.line(key, value, '    ')));

const printBlock = (print: BodyPrinter, header: string, fields: Fields): string => {
  const own = Object.fromEntries(Object.entries(fields).filter(([key]) => !metaKeys.includes(key)));
  const { lifecycle, depends_on: dependsOn, for_each: forEach } = fields;
  const parts = print.body(own, '  ').filter((line) => line !== '');
  if (typeof forEach === 'string') parts.unshift(print.line('for_each', forEach, '  '));
  if (isPlain(lifecycle)) parts.push(print.block('lifecycle', lifecycleLines(print, lifecycle), '  '));
  if (Array.isArray(dependsOn) && dependsOn.length > 0) parts.push(print.references('depends_on', dependsOn as string[], '  '));
  return print.block(header, joinParts(parts), '');
};

const only = (value: unknown): Fields => {
  const [inner] = isPlain(value) ? Object.values(value) : [];
  if (!isPlain(inner)) throw new Error('an element renders to one block');
  return inner;
};

const blockOf = (print: BodyPrinter, element: TerraformElement): string => {
  const name = element.friendlyUniqueId;
  if (element instanceof TerraformResource) return printBlock(print, `resource "${element.terraformResourceType}" "${name}"`, fieldsOf(element, only(only(element.toHclTerraform().resource))));
  if (element instanceof TerraformDataSource) return printBlock(print, `data "${element.terraformResourceType}" "${name}"`, fieldsOf(element, only(only(element.toHclTerraform().data))));
  if (element instanceof TerraformEphemeralResource) return printBlock(print, `ephemeral "${element.terraformResourceType}" "${name}"`, fieldsOf(element, only(only(element.toHclTerraform().ephemeral))));
  if (element instanceof TerraformProvider) return printBlock(print, `provider "${element.terraformResourceType}"`, fieldsOf(element, element['synthesizeHclAttributes']()));
  if (element instanceof TerraformVariable) {
    const fields = fieldsOf(element, only(element.toTerraform().variable));
    // A type is an expression of its own kind, not text.
    return printBlock(print, `variable "${name}"`, { ...fields, type: `\${${String(fields['type'])}}` });
  }
  if (element instanceof TerraformOutput) return printBlock(print, `output "${name}"`, fieldsOf(element, only(element.toHclTerraform().output)));
  throw new Error(`${element.node.path} is of a kind that is not printed`);
};

const commented = (element: TerraformElement, block: string): string => {
  const said = (kind: string): readonly string[] => element.node.metadata.filter(({ type }) => type === kind).flatMap(({ data }) => String(data).split('\n'));
  const [header = '', ...body] = block.split('\n');
  // The scanner reads what stands inside the block only.
  return [...said(reasonMetadata).map((line) => `# ${line}`), header, ...said(findingMetadata).map((line) => `  # ${line}`), ...body].join('\n');
};

/** Prints a root as HCL, one file per section plus `versions.tf`; padding of `=` is still marked. Throws on two blocks of one address: a bug. */
export const printRoot = (root: Root, backend: Backend, holes: boolean): readonly RootFile[] => {
  const print = new BodyPrinter(holes);
  const files = new Map<string, string[]>();
  const locals = new Map<string, Fields>();
  const headers = new Set<string>();
  const providers: string[] = [];
  for (const element of root.node.findAll().filter((node) => TerraformElement.isTerraformElement(node))) {
    const section = element.node.scopes[2]?.node.id;
    if (section === undefined || element.node.scopes.length < 4) continue;
    const file = `${section}.tf`;
    if (TerraformLocal.isTerraformElement(element) && element instanceof TerraformLocal) {
      locals.set(file, { ...locals.get(file), ...fieldsOf(element, element.toHclTerraform().locals) });
      if (!files.has(file)) files.set(file, []);
      continue;
    }
    if (element instanceof TerraformProvider) providers.push(element.terraformResourceType);
    const block = blockOf(print, element);
    const header = block.slice(0, block.indexOf('{'));
    if (headers.has(header)) throw new Error(`two blocks are called ${header}`);
    headers.add(header);
    files.set(file, [...(files.get(file) ?? []), commented(element, block)]);
  }
  for (const [file, fields] of locals) files.get(file)?.unshift(print.block('locals', Object.entries(fields).map(([key, value]) => print.line(key, value, '  ')), ''));
  files.set('versions.tf', [versionsBlock(print, backend, providers), ...(files.get('versions.tf') ?? [])]);
  return [...files].map(([name, blocks]) => ({ name, text: `${blocks.join('\n\n')}\n` })).sort((a, b) => (a.name < b.name ? -1 : 1));
};
