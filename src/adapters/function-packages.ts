import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enabledFunctions, functionArchive, functionSource, pagerPackage, type FunctionSettings } from '../config/function-settings.ts';
import type { Environment } from '../config/platform.ts';
import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { zip, type ZipEntry } from '../units/zip.ts';

/** The archive of one function. */
export interface PackedFunction {
  readonly name: string;
  /** Relative to the repository. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Code that comes with the product is packed from there: nobody has to copy it into a repository, and it is renewed with the product. */
const product = fileURLToPath(new URL('../..', import.meta.url));

/** Largest archive that Lambda takes without a bucket. Source: Lambda developer guide, "Lambda quotas", deployment package size. */
const mostBytes = 50 * 1024 * 1024;
/** What tools leave behind differs from machine to machine and is no part of the code. */
const skipped = new Set(['__pycache__', '.DS_Store', '.git', '.gitignore', '.pytest_cache', '.venv']);

const read = async (folder: string, below = ''): Promise<readonly ZipEntry[]> => {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found = await Promise.all(entries.filter(({ name }) => !skipped.has(name) && !name.endsWith('.pyc')).map(async (entry): Promise<readonly ZipEntry[]> => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return read(folder, path);
    if (!entry.isFile()) throw new Error(`${path} is no regular file`);
    const file = join(folder, path);
    return [{ path, bytes: await readFile(file), executable: ((await stat(file)).mode & 0o100) !== 0 }];
  }));
  return found.flat();
};

/** Paths of which one must be in the archive for the handler to be found; empty where the runtime has other rules. */
const entryPoints = ({ handler, runtime }: FunctionSettings): readonly string[] => {
  const module = handler.slice(0, handler.lastIndexOf('.')).replaceAll('.', '/');
  if (runtime.startsWith('python')) return [`${module}.py`, `${module}/__init__.py`];
  if (runtime.startsWith('nodejs')) return ['js', 'mjs', 'cjs'].map((ending) => `${handler.slice(0, handler.lastIndexOf('.'))}.${ending}`);
  return runtime.startsWith('provided') ? ['bootstrap'] : [];
};

const packOne = async (repository: string, environment: Environment, settings: FunctionSettings, at: Span): Promise<PackedFunction | Diagnostic> => {
  const source = functionSource(settings);
  const directory = source === pagerPackage ? product : repository;
  const refuse = (summary: string, fix: string): Diagnostic => problem('functions/no-package', at, `The function ${settings.name} of ${environment.name} cannot be packed: ${summary}`, fix);
  try {
    const isArchive = (await stat(join(directory, source))).isFile();
    const entries = isArchive ? [] : await read(join(directory, source));
    const wanted = isArchive ? [] : entryPoints(settings);
    if (wanted.length > 0 && !entries.some(({ path }) => wanted.includes(path))) return refuse(`${source} holds no ${wanted.join(' or ')}, where ${settings.runtime} looks for its handler "${settings.handler}".`, 'Add the file, or correct `handler`.');
    const bytes = isArchive ? await readFile(join(directory, source)) : zip(entries);
    if (bytes.length > mostBytes) return refuse(`its archive has ${Math.ceil(bytes.length / 1024 / 1024)} MiB, and Lambda takes 50.`, 'Leave out what the runtime brings, or build a compressed archive and name it as `package`.');
    return { name: settings.name, path: functionArchive(environment, settings), bytes };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? refuse(`there is no ${source}.`, 'Put its code there, or correct `package`.') : refuse(`${error instanceof Error ? error.message : String(error)}.`, `Mend ${source}.`);
  }
};

/** Packs every function of an environment in memory. `askedAt` says where each was asked for. Reads `directory`, the repository; writes nothing. */
export const packFunctions = async (directory: string, environment: Environment, askedAt: (name: string) => Span = () => environment.at): Promise<{ readonly packed: readonly PackedFunction[]; readonly diagnostics: readonly Diagnostic[] }> => {
  const made = await Promise.all(enabledFunctions(environment).map((settings) => packOne(directory, environment, settings, askedAt(settings.name))));
  return { packed: made.filter((one) => 'bytes' in one), diagnostics: made.filter((one) => 'code' in one) };
};

/** Writes archives below a directory where they are not there yet with these bytes; nobody sees half of one. Returns the paths it wrote. Effects: these files. */
export const writePackages = async (directory: string, packed: readonly PackedFunction[]): Promise<readonly string[]> => {
  const written: string[] = [];
  for (const { path, bytes } of packed) {
    const file = join(directory, path);
    const before = await readFile(file).catch(() => undefined);
    if (before?.equals(bytes)) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, bytes);
    await rename(`${file}.new`, file);
    written.push(path);
  }
  return written;
};
