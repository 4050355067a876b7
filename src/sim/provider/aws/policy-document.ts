import { records, text, texts } from '../values.ts';
import type { Attributes, Value } from '../values.ts';

/** Go's JSON encoder writes these three as escapes; the provider's documents have them so. */
const goEscapes = (json: string): string => json.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);

/** The provider sorts lists in reverse and writes a single element as a text. */
const listOrOne = (values: readonly string[]): Value => {
  const sorted = values.toSorted().toReversed();
  return sorted.length === 1 ? (sorted[0] ?? '') : sorted;
};

/** `&{aws:username}` stands for IAM's own `${…}`, which Terraform would take for its own. */
const unescape = (values: readonly string[]): string[] => values.map((v) => v.replaceAll('&{', '${'));

function principalsOf(v: Value | undefined): Value | undefined {
  const blocks = records(v);
  if (blocks.length === 0) return undefined;
  if (blocks.some((b) => b['type'] === '*')) return '*';
  const byType: Record<string, string[]> = {};
  for (const b of blocks) (byType[text(b['type']) ?? ''] ??= []).push(...unescape(texts(b['identifiers'])));
  return Object.fromEntries(Object.entries(byType).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([type, ids]) => [type, listOrOne(ids)]));
}

function conditionsOf(v: Value | undefined): Value | undefined {
  const out: Record<string, Record<string, Value>> = {};
  for (const b of records(v)) {
    const values = unescape(texts(b['values']));
    (out[text(b['test']) ?? ''] ??= {})[text(b['variable']) ?? ''] = values.length === 1 ? (values[0] ?? '') : values;
  }
  const names = Object.keys(out).toSorted();
  return names.length === 0 ? undefined : Object.fromEntries(names.map((n) => [n, Object.fromEntries(Object.entries(out[n] ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)))]));
}

function statementOf(s: Attributes): Record<string, Value> {
  const list = (key: string): readonly string[] => texts(s[key]);
  const entries: [string, Value | undefined][] = [
    ['Sid', text(s['sid']) || undefined],
    ['Effect', text(s['effect']) ?? 'Allow'],
    ['Action', list('actions').length > 0 ? listOrOne(list('actions')) : undefined],
    ['NotAction', list('not_actions').length > 0 ? listOrOne(list('not_actions')) : undefined],
    ['Resource', list('resources').length > 0 ? listOrOne(unescape(list('resources'))) : undefined],
    ['NotResource', list('not_resources').length > 0 ? listOrOne(unescape(list('not_resources'))) : undefined],
    ['Principal', principalsOf(s['principals'])],
    ['NotPrincipal', principalsOf(s['not_principals'])],
    ['Condition', conditionsOf(s['condition'])],
  ];
  return Object.fromEntries(entries.filter((e): e is [string, Value] => e[1] !== undefined));
}

const statementsIn = (documents: readonly string[]): Record<string, Value>[] =>
  documents.filter((d) => d !== '').flatMap((d) => [(JSON.parse(d) as { Statement?: unknown }).Statement ?? []].flat() as Record<string, Value>[]);

/**
 * The JSON of an `aws_iam_policy_document`, merged as the provider does: sources, then own statements, then overrides by Sid.
 * Source: hashicorp/terraform-provider-aws internal/service/iam/policy_document_data_source.go and policy_model.go. Pure.
 */
export function policyDocument(config: Attributes): { json: string; minified: string } {
  const statements = [...statementsIn(texts(config['source_policy_documents'])), ...records(config['statement']).map(statementOf)];
  for (const over of statementsIn(texts(config['override_policy_documents']))) {
    const at = over['Sid'] === undefined ? -1 : statements.findIndex((s) => s['Sid'] === over['Sid']);
    if (at >= 0) statements[at] = over;
    else statements.push(over);
  }
  const id = text(config['policy_id']);
  const document = { Version: text(config['version']) ?? '2012-10-17', ...(id === undefined ? {} : { Id: id }), ...(statements.length > 0 ? { Statement: statements } : {}) };
  return { json: goEscapes(JSON.stringify(document, null, 2)), minified: goEscapes(JSON.stringify(document)) };
}

