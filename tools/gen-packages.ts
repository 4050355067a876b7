import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { joinedPackages } from '../src/cli/quick-imports.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GENERATED = join(ROOT, 'generated');
const TARGET = join(GENERATED, 'packages');
const STAMP = join(TARGET, '.stamp');

/** Hash of all that decides what the joined packages look like. */
const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const name of [...joinedPackages, 'rolldown']) hash.update(readFileSync(join(ROOT, 'node_modules', name, 'package.json')));
  return hash.update(readFileSync(fileURLToPath(import.meta.url))).digest('hex');
};

/** A module with every named export of a package, by which also those of CommonJS have names. */
const entry = async (folder: string, name: string): Promise<string> => {
  const names = Object.keys((await import(name)) as object).filter((one) => one !== 'default' && one !== 'module.exports');
  const file = join(folder, `${name}.js`);
  writeFileSync(file, `export { ${names.join(', ')} } from '${name}';\n`);
  return file;
};

/**
 * Joins packages of many small files into one file each, `generated/packages/<name>.js`; what two of them share stands beside them, so that
 * there is one of each class. `src/cli/quick-imports.ts` leads the program there. Does nothing when they are up to date. Changes: that
 * folder, as a whole. Returns a line that says what was done.
 */
export async function generatePackages(): Promise<string> {
  const print = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === print) return 'packages: up to date';
  mkdirSync(GENERATED, { recursive: true });
  const work = mkdtempSync(join(GENERATED, '.packages-'));
  try {
    const input: Record<string, string> = {};
    for (const name of joinedPackages) input[name] = await entry(work, name);
    const bundle = await rolldown({ input, platform: 'node' });
    await bundle.write({ dir: join(work, 'out'), format: 'esm', minify: true, entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' });
    writeFileSync(join(work, 'out', '.stamp'), print);
    if (existsSync(TARGET)) renameSync(TARGET, join(work, 'old'));
    renameSync(join(work, 'out'), TARGET);
    return `packages: ${joinedPackages.length} joined in generated/packages`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
