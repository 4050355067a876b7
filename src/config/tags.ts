import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import { show } from '../diag/show.ts';
import { unknownEmptyKeys } from './empty-keys.ts';
import { problemsOf } from './issues.ts';
import { byText } from './plain-data.ts';
import { tagSettings } from './platform-settings.ts';
import type { Source } from './yaml-source.ts';

/** Letters, spaces, digits and the signs every service accepts. Source: IAM user guide, "Rules for tagging in IAM and AWS STS". */
const legal = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
/** AWS allows 50 tags on an object; ten are left to the platform and to controllers. */
const mostTags = 40;

/** Merged tag sets by environment. */
export type TagSets = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Why a tag would be refused by some service. Keys of EKS and Karpenter: CRD ec2nodeclasses.karpenter.k8s.aws, `spec.tags`. */
const complaint = (key: string, value: string): string | undefined => {
  if (key.length === 0 || key.length > 128) return `has a key of ${key.length} characters; 1 to 128 are allowed`;
  if (value.length > 256) return `has a value of ${value.length} characters; 256 are allowed`;
  if (/^aws:/i.test(key)) return 'begins with "aws:", which AWS keeps for itself';
  if (/^(eks:|kubernetes\.io\/cluster|karpenter\.(sh|k8s\.aws)\/)/i.test(key)) return 'begins like the tags by which EKS and Karpenter know what is theirs';
  if (key.toLowerCase() === 'name') return 'is no common tag: every object has a name of its own';
  if (/^argoeks:/i.test(key)) return 'begins with "argoeks:", which the platform\'s own tags do';
  if (!legal.test(key)) return `has a key with a character IAM refuses: ${show([...key].find((char) => !legal.test(char)))}`;
  if (!legal.test(value)) return `has a value with a character IAM refuses: ${show([...value].find((char) => !legal.test(char)))}`;
  return undefined;
};

/**
 * Reads `configuration/tags.yaml` and merges `common` with each environment's tags. Without the file the sets are empty. The keys of
 * a set are sorted, unique ignoring case and legal for every service. Pure.
 */
export const readTags = (source: Source | undefined, environments: readonly string[]): { readonly sets: TagSets; readonly diagnostics: readonly Diagnostic[] } => {
  if (!source) return { sets: new Map(environments.map((name) => [name, {}])), diagnostics: [] };
  const parsed = tagSettings.safeParse(source.value);
  const unknown = unknownEmptyKeys(source, tagSettings);
  if (!parsed.success) return { sets: new Map(), diagnostics: [...unknown, ...problemsOf(parsed.error.issues, tagSettings, source.value, [{ source, path: [], name: '' }])] };
  const { common, environments: perEnvironment, resource_tags: required } = parsed.data;
  const diagnostics: Diagnostic[] = [...unknown];
  const check = (tags: Readonly<Record<string, string>>, path: readonly string[]): void => {
    for (const [key, value] of Object.entries(tags)) {
      const text = complaint(key, value);
      if (text !== undefined) diagnostics.push(problem('config/illegal-tag', source.span([...path, key], 'key'), `The tag ${show(key)}: ${show(value)} ${text}.`, 'Change it; letters, digits, spaces and _ . : / = + - @ are allowed everywhere. Divide lists by spaces or "/".'));
    }
  };
  check(common, ['common']);
  for (const name of Object.keys(perEnvironment)) {
    if (!environments.includes(name)) diagnostics.push(problem('config/unknown-environment', source.span(['environments', name], 'key'), `Tags are set for the environment "${name}", which platform.yaml does not define.`, renameOrChoose(name, environments)));
    check(perEnvironment[name] ?? {}, ['environments', name]);
  }
  const sets = new Map(environments.map((name) => {
    const own = perEnvironment[name] ?? {};
    const placeOf = (key: string): Span => source.span(Object.hasOwn(own, key) ? ['environments', name, key] : ['common', key], 'key');
    const merged = Object.fromEntries(Object.entries({ ...common, ...own }).sort(([a], [b]) => byText(a, b)));
    const seen = new Map<string, string>();
    for (const key of [...Object.keys(common), ...Object.keys(own)]) {
      const twin = seen.get(key.toLowerCase());
      if (twin !== undefined && twin !== key) {
        const { file, line, column } = placeOf(twin);
        diagnostics.push(problem('config/illegal-tag', placeOf(key), `The tags "${key}" and "${twin}" (${file}:${line}:${column}) differ only in case; IAM takes them for the same key and refuses both.`, `Write "${twin}" in both places, or remove one.`));
      }
      seen.set(key.toLowerCase(), key);
    }
    if (Object.keys(merged).length > mostTags) diagnostics.push(problem('config/illegal-tag', source.span(['environments', name], 'key'), `The environment "${name}" has ${Object.keys(merged).length} tags; ${mostTags} are allowed.`, 'Remove some: AWS allows 50 on an object, and the platform needs the rest.'));
    const missing = new Map<string, { readonly at: Span; readonly kinds: readonly string[] }>();
    for (const [kind, keys] of Object.entries(required)) {
      for (const [i, key] of keys.entries()) {
        if (Object.hasOwn(merged, key)) continue;
        const known = missing.get(key);
        missing.set(key, { at: known?.at ?? source.span(['resource_tags', kind, i]), kinds: [...(known?.kinds ?? []), kind] });
      }
    }
    for (const [key, { at, kinds }] of missing) {
      diagnostics.push(problem('config/unknown-tag', at, `Objects of the kind ${kinds.map((kind) => `"${kind}"`).join(', ')} must carry the tag "${key}", but the environment "${name}" does not define it.`, `Define it in \`common\` or \`environments.${name}\`. ${renameOrChoose(key, Object.keys(merged))}`));
    }
    return [name, merged] as const;
  }));
  return { sets, diagnostics };
};
