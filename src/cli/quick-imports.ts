import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Packages of many small files that most commands load; `tools/gen-packages.ts` joins each into one. */
export const joinedPackages = ['cdktn', 'commander', 'constructs', 'yaml', 'zod'] as const;

const root = new URL('../../', import.meta.url).href;
const folder = new URL('../../generated/packages/', import.meta.url);

/**
 * Lets our own modules load these packages from one file each: finding and opening three hundred files takes a tenth of a first build. Other
 * packages keep what they asked for; without the joined files everything is as always. Effects: a hook of this process' module loader.
 */
export const loadJoinedPackages = (): void => {
  const joined = new Map<string, string>();
  for (const name of joinedPackages) {
    const file = new URL(`${name}.js`, folder);
    if (existsSync(file)) joined.set(name, file.href);
  }
  registerHooks({
    resolve(specifier, context, next) {
      const url = joined.get(specifier);
      const isOurs = context.parentURL?.startsWith(root) === true && !context.parentURL.includes('/node_modules/');
      return url !== undefined && isOurs ? { url, format: 'module', shortCircuit: true } : next(specifier, context);
    },
  });
};
