import type { Diagnostic } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import type { ComponentEntries } from './component-settings.ts';
import { filled, unknownEmptyKeys } from './empty-keys.ts';
import type { Regions, ResolvedEnvironment } from './environments.ts';
import { resolveEnvironment } from './environments.ts';
import { problemsOf } from './issues.ts';
import { findPlaceholders } from './placeholders.ts';
import { byText, mappingOr } from './plain-data.ts';
import { platformSettings } from './platform-settings.ts';
import type { Sources } from './sources.ts';
import { tiers } from './tier.ts';
import type { Source } from './yaml-source.ts';

const environmentOrder = (a: string, b: string): number => {
  const rank = (name: string): number => {
    const index = tiers.findIndex((tier) => tier === name);
    return index < 0 ? tiers.length : index;
  };
  return rank(a) - rank(b) || byText(a, b);
};

/** Validates platform.yaml: the top-level keys, and each environment with the defaults of its tier. Pure. */
export const readPlatform = (source: Source, regions: Regions, components: ComponentEntries): { readonly settings?: Sources['settings']; readonly environments: readonly ResolvedEnvironment[]; readonly names: readonly string[]; readonly diagnostics: readonly Diagnostic[] } => {
  const diagnostics: Diagnostic[] = [];
  const top = platformSettings.safeParse(source.value);
  if (!top.success) diagnostics.push(...problemsOf(top.error.issues, platformSettings, source.value, [{ source, path: [], name: '' }]));
  // An environment or a component that is only named takes its defaults; it must not vanish.
  const named = source.empty.filter(([first, , third, ...more]) => first === 'envs' && (third === undefined || (third === 'components' && more.length === 1)));
  const value = named.reduce(filled, source.value);
  diagnostics.push(...unknownEmptyKeys(source, platformSettings));
  const said = mappingOr(mappingOr(value)['envs']);
  const names = Object.keys(said).sort(environmentOrder);
  if (top.success && names.length === 0) diagnostics.push(problem('config/missing-key', source.span(['envs'], 'key'), 'envs names no environment.', 'Add at least one, such as dev.'));
  const ids = new Set(components.keys());
  const environments = names.flatMap((name) => {
    const { environment, diagnostics: found } = resolveEnvironment(source, name, said[name], regions, ids);
    diagnostics.push(...found);
    return environment ? [environment] : [];
  });
  for (const { schema, raw, origin } of environments) diagnostics.push(...unknownEmptyKeys(source, schema, origin.path, origin.name), ...findPlaceholders(raw, schema, origin));
  const { envs: _, ...rest } = mappingOr(source.value);
  for (const name of Object.keys(mappingOr(rest['edge']))) {
    if (names.length > 0 && !names.includes(name)) diagnostics.push(problem('config/unknown-environment', source.span(['edge', name], 'key'), `edge is set for the environment "${name}", which is not one of envs.`, renameOrChoose(name, names)));
  }
  const management = top.success && top.data.org.enabled ? top.data.org.management_account_id : undefined;
  for (const { basics, settings, origin } of environments) {
    if (settings.aws.account_id === management) diagnostics.push(problem('config/contradiction', source.span(['org', 'management_account_id']), `The environment "${basics.name}" (${origin.source.file}) lives in the account that owns the organization, where no guardrail holds.`, 'Give the environment a member account.'));
  }
  diagnostics.push(...findPlaceholders(rest, platformSettings, { source, path: [], name: '' }));
  return { ...(top.success ? { settings: top.data } : {}), environments, names, diagnostics };
};
