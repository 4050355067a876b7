import { packFunctions, writePackages } from '../adapters/function-packages.ts';
import { realSite } from '../adapters/real-site.ts';
import { stateBucket } from '../emit/terraform/names.ts';
import { resolve } from '../compile/compile.ts';
import { functionsAskedAt } from '../config/sources.ts';
import { didYouMean } from '../diag/did-you-mean.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { findingsOf } from '../ops/failure.ts';
import type { Site } from '../ops/site.ts';
import { openLocalSite } from '../local/run/local-site.ts';
import type { Context, Outcome } from './command.ts';
import { readRepository } from './read-repository.ts';

/** An environment that commands work on. `close` ends what was started for it. */
export interface OpenEnvironment {
  readonly site: Site;
  close(): Promise<void>;
}

export interface Selection {
  readonly env: string;
  readonly local: boolean;
}

const start = { file: 'configuration/platform.yaml', line: 1, column: 1 };

/**
 * Loads the configuration, finds the environment in it and opens the world it lives in. Warnings of the configuration are left to
 * `check`; its errors stop everything live.
 */
const open = async ({ env, local }: Selection, { directory, verbose, progress, dryRun }: Context): Promise<{ readonly opened?: OpenEnvironment; readonly diagnostics: readonly Diagnostic[]; readonly sources: ReadonlyMap<string, string> }> => {
  const input = await readRepository(directory);
  const resolved = resolve(input);
  const sources = input.files;
  if (!resolved.value) return { diagnostics: resolved.diagnostics.filter((d) => d.severity === 'error'), sources };
  const { environments } = resolved.value.plan;
  const found = environments.find((e) => e.environment.name === env);
  if (!found) {
    const names = environments.map((e) => e.environment.name);
    const near = didYouMean(env, names);
    return { sources, diagnostics: [{ code: 'config/unknown-environment', severity: 'error', at: start, summary: `There is no environment "${env}".`, fix: near ? `Say --env ${near}.` : `Say one of: ${names.join(', ')}.` }] };
  }
  const onCommand = verbose ? (where: string, words: readonly string[]): void => progress(`  ${where}$ ${words.join(' ')}`) : undefined;
  if (local) {
    const opened = await openLocalSite({ directory, plan: resolved.value.plan, environment: found, functionAt: functionsAskedAt(resolved.value.sources, found.environment), components: input.components, ...(onCommand ? { onCommand } : {}) });
    return { opened, diagnostics: [], sources };
  }
  // Terraform reads the archives on every plan: they are made anew, so that they are what the folders hold.
  const { packed, diagnostics } = await packFunctions(directory, found.environment, functionsAskedAt(resolved.value.sources, found.environment));
  if (diagnostics.length > 0) return { diagnostics, sources };
  if (!dryRun) await writePackages(directory, packed);
  const site = await realSite({ directory, environment: found.environment, stateBucket: stateBucket(resolved.value.plan.platform, found.environment), ...(onCommand ? { onCommand } : {}) });
  return { opened: { site, close: async () => undefined }, diagnostics: [], sources };
};

/** Opens an environment for some work and closes it again; what the world refuses becomes findings. */
export const withEnvironment = async <T>(selection: Selection, context: Context, work: (site: Site) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
  let opened: OpenEnvironment | undefined;
  try {
    const result = await open(selection, context);
    if (!result.opened) return { diagnostics: result.diagnostics, sources: result.sources };
    opened = result.opened;
    const outcome = await work(opened.site);
    return { sources: result.sources, ...outcome };
  } catch (error) {
    const findings = findingsOf(error, opened?.site.environment.at ?? start);
    if (!findings) throw error;
    return { diagnostics: findings };
  } finally {
    await opened?.close();
  }
};
