import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** A program that the user has to install, and the command that does it. */
export interface MissingPrerequisite {
  readonly program: string;
  readonly why: string;
  readonly install: string;
}

/** Three numbers of a version, from any text that holds one (`v1.35.4`, `etcd Version: 3.6.5`). Pure. */
export function versionIn(text: string): readonly [number, number, number] | undefined {
  const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : undefined;
}

/** Whether the first version in `text` is `minimum` or later. Pure. */
export function isAtLeast(text: string, minimum: string): boolean {
  const have = versionIn(text);
  const want = versionIn(minimum);
  if (!have || !want) return false;
  for (const i of [0, 1, 2] as const) if (have[i] !== want[i]) return have[i] > want[i];
  return true;
}

/** Where a program is on PATH, or undefined. Reads the file system. */
export function findOnPath(program: string, path = process.env['PATH'] ?? ''): string | undefined {
  for (const dir of path.split(delimiter)) {
    if (!isAbsolute(dir)) continue;
    const candidate = join(dir, program);
    try {
      accessSync(candidate, constants.X_OK);
      if (statSync(candidate).isFile()) return candidate;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Oldest Go that builds the pinned modules; a newer toolchain is fetched by Go itself where GOTOOLCHAIN allows it. */
export const minimumGo = '1.26.0';

const wanted: readonly MissingPrerequisite[] = [
  { program: 'git', why: 'the local Argo CD reads the rendered output from a git repository', install: 'sudo apt-get install -y git   (macOS: brew install git)' },
  { program: 'go', why: `the local control planes are built from pinned Go modules (Go ${minimumGo} or later)`, install: 'install Go from https://go.dev/dl/   (macOS: brew install go)' },
];

/**
 * All programs the local platform needs and does not find, at once. `needsGo` is false when everything is in the cache already.
 * Pure but for `find`.
 */
export function missingPrerequisites(needsGo: boolean, find: (program: string) => string | undefined = findOnPath): readonly MissingPrerequisite[] {
  return wanted.filter(({ program }) => (program !== 'go' || needsGo) && find(program) === undefined);
}
