import { problem } from '../diag/problem.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Artifact } from '../model/plan.ts';

const unique = (artifacts: readonly Artifact[]): readonly Diagnostic[] => {
  const seen = new Set<string>();
  return artifacts.flatMap(({ path }) => {
    // A file system that ignores case would keep one of two.
    const key = path.toLowerCase();
    if (seen.has(key)) return [problem('verify/two-files', { file: path, line: 1, column: 1 }, `Two rendered files are called ${path}.`, 'Two releases or objects have the same name: rename one.')];
    seen.add(key);
    return [];
  });
};

const referenced = /^\s*(?:- "\$config\/|path: "?)(kubernetes\/[^"\s{]+)"?$/gm;

/** Proves that every path an Application reads is rendered (in `artifacts`, or `kept`, which knows files and folders), and that no two files have one name. Pure. */
export const references = (artifacts: readonly Artifact[], kept: (path: string) => boolean = () => false): readonly Diagnostic[] => {
  const known = new Set(artifacts.flatMap(({ path }) => [path, path.slice(0, path.lastIndexOf('/'))]));
  return [
    ...unique(artifacts),
    ...artifacts
      .filter(({ path }) => path.includes('/applications/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(referenced)].flatMap((match) => {
          const target = match[1] ?? '';
          if (known.has(target) || kept(target)) return [];
          const line = text.slice(0, match.index).split('\n').length;
          return [problem('verify/missing-path', { file: path, line, column: 1 }, `The Application reads ${target}, which is not rendered.`, 'This is a mistake in ArgoEKS: please report it.')];
        }),
      ),
  ];
};
