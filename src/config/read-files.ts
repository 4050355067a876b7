import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { byText } from './plain-data.ts';
import { paths } from './platform-settings.ts';
import type { Source } from './yaml-source.ts';
import { readYaml } from './yaml-source.ts';

/** The configuration's files, parsed but not validated. */
export interface ReadFiles {
  readonly platform: Source | undefined;
  readonly tags: Source | undefined;
  /** Every document of every registry, in the order of file names. */
  readonly registries: readonly Source[];
  /** False when a registry could not be read, so that clusters may be missing. */
  readonly complete: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const one = (file: string, files: ReadonlyMap<string, string>, required: boolean): { readonly source?: Source; readonly diagnostics: readonly Diagnostic[] } => {
  const top = { file, line: 1, column: 1 };
  const text = files.get(file);
  if (text === undefined) return { diagnostics: required ? [problem('config/missing-file', top, `There is no ${file}.`, 'Write it, or let `argoeks init` write a first version.')] : [] };
  const { value, diagnostics } = readYaml(file, text);
  if (!value) return { diagnostics };
  const [source, second] = value;
  if (second) return { diagnostics: [problem('config/several-documents', second.span([]), `${file} holds ${value.length} documents; it is one.`, 'Remove the line "---" and merge the parts.')] };
  if (!source) return { diagnostics: required ? [problem('config/empty-file', top, `${file} says nothing.`, 'Fill it in, or restore it from git.')] : [] };
  return { source, diagnostics };
};

/** Parses platform.yaml, tags.yaml and all registries out of `files`; other files are left alone. Pure. */
export const readFiles = (files: ReadonlyMap<string, string>): ReadFiles => {
  const platform = one(paths.platform, files, true);
  const tags = one(paths.tags, files, false);
  const diagnostics: Diagnostic[] = [...platform.diagnostics, ...tags.diagnostics];
  const names = [...files.keys()].filter((file) => file.startsWith(paths.clusters) && /\.ya?ml$/.test(file)).sort(byText);
  let complete = names.length > 0;
  if (!complete) diagnostics.push(problem('config/missing-file', { file: paths.clusters, line: 1, column: 1 }, `There is no registry in ${paths.clusters}.`, 'Write one, or let `argoeks init` write a first version.'));
  const registries = names.flatMap((file) => {
    const { value, diagnostics: found } = readYaml(file, files.get(file) ?? '');
    diagnostics.push(...found);
    if (!value) complete = false;
    return value ?? [];
  });
  return { platform: platform.source, tags: tags.source, registries, complete, diagnostics };
};
