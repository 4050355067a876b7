import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../src/components');

/** Names of the files that define a component, without ending: file name = id. */
export const componentFiles = (): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && readFileSync(join(folder, file), 'utf8').includes('= defineComponent({'))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted();

const camelCase = (id: string): string => id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Text of `src/components/registry.ts` for these components. */
export const registryText = (ids: readonly string[]): string =>
  [
    '// Written by `npm run gen` from the files of this folder; do not edit.',
    "import type { Component } from '../model/component.ts';",
    ...ids.map((id) => `import { ${camelCase(id)} } from './${id}.ts';`),
    '',
    '/** Every add-on there is, by id. */',
    'export const components: readonly Component[] = [',
    ...ids.map((id) => `  ${camelCase(id)},`),
    '];',
    '',
  ].join('\n');

/** Brings the registry up to date with the folder. Effects: writes the file when it differs. Returns whether it did. */
export const genRegistry = (): boolean => {
  const path = join(folder, 'registry.ts');
  const text = registryText(componentFiles());
  if (readFileSync(path, 'utf8') === text) return false;
  writeFileSync(path, text);
  return true;
};
