import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Packages of many small files that most commands load; `tools/gen-packages.ts` joins each into one. */
export const joinedPackages = ['cdktn', 'commander', 'constructs', 'yaml', 'zod'] as const;

const root = new URL('../../', import.meta.url).href;
const folder = new URL('../../generated/packages/', import.meta.url);

const ownFile = /^\.\.?\/.*\.ts$/;

/**
 * Spares our own modules the search for what they import, half of the time of loading: a relative path names a file of ours, and some packages are loaded from
 * one file each. Other packages keep what they asked for; without the joined files there is only more to load. Effects: a hook of this
 * process' module loader.
 */
export const quickImports = (): void => {
  const joined = new Map<string, string>();
  for (const name of joinedPackages) {
    const file = new URL(`${name}.js`, folder);
    if (existsSync(file)) joined.set(name, file.href);
  }
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      if (parentURL?.startsWith(root) !== true || parentURL.includes('/node_modules/')) return next(specifier, context);
      if (ownFile.test(specifier)) return { url: new URL(specifier, parentURL).href, format: 'module-typescript', shortCircuit: true };
      const url = joined.get(specifier);
      return url === undefined ? next(specifier, context) : { url, format: 'module', shortCircuit: true };
    },
  });
};
