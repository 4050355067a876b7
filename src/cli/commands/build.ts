import { z } from 'zod';
import { chartPins } from '../../compile/catalog-facts.ts';
import { partKeys, partOfPath } from '../../compile/part-keys.ts';
import { lockPath, resolve } from '../../compile/compile.ts';
import { render } from '../../compile/render.ts';
import { hasErrors } from '../../diag/problem.ts';
import { deletedApplications } from '../../verify/deleted-applications.ts';
import { alertReceivers } from '../../verify/alert-receivers.ts';
import { verifyOutput, verifyPlan } from '../../verify/verify.ts';
import { defineCommand } from '../command.ts';
import { codeVersion } from '../output/code-version.ts';
import { startScan } from '../output/scan.ts';
import { staleOutput, syncOutput, type Changes } from '../output/sync.ts';
import { readRepository } from '../read-repository.ts';

const lines = (changes: Changes): readonly string[] => [
  ...changes.added.map((path) => `  + ${path}`),
  ...changes.changed.map((path) => `  ~ ${path}`),
  ...changes.removed.map((path) => `  - ${path}`),
];

/** `argoeks build`: the configuration as files to review and commit. */
export const build = defineCommand({
  name: 'build',
  summary: 'Compiles the configuration into terraform/, kubernetes/ and docs/reference/.',
  args: z.object({
    check: z.boolean().default(false).meta({ description: 'Write nothing; exit 3 if a file on disk would change.' }),
    reallocate: z.array(z.string()).default([]).meta({ description: 'Give these clusters new addresses, after a collision in argoeks.lock.yaml.' }),
    allow_deletions: z.coerce.number().int().min(0).default(0).meta({ description: 'Lets this build take as many Applications out of the repository, beyond gitops.deletion_budget.' }),
  }),
  examples: ['argoeks build', 'argoeks build --check'],
  async run({ check, reallocate, allow_deletions: allowed }, { directory, dryRun }) {
    // A cache of another version of the code counts for nothing; the disk is looked at while the plan is made.
    const { cache, result: scanning } = startScan(directory);
    const code = codeVersion();
    const input = await readRepository(directory, reallocate);
    const resolved = resolve(input);
    if (!resolved.value) return { diagnostics: resolved.diagnostics, sources: input.files };
    const { plan, lock } = resolved.value;
    const keys = partKeys(plan, chartPins);
    const same = new Set(Object.keys(keys).filter((name) => cache.code === code && cache.keys[name] === keys[name]));
    // Proofs that need no files come first: meanwhile the look at the disk ends.
    const proofs = [...verifyPlan(plan, same), ...alertReceivers(plan, resolved.value.sources)];
    const scan = await scanning;
    const stained = new Set(scan.touched.map(partOfPath));
    const parts = new Set([...same].filter((name) => !stained.has(name)));
    const kept = new Map([...cache.parts].filter(([name]) => parts.has(name)));
    const has = (path: string): boolean => kept.get(partOfPath(path) ?? '')?.has(path) === true;
    const artifacts = await render(plan, input.components, chartPins, (part) => !parts.has(part));
    const diagnostics = [...resolved.diagnostics, ...proofs, ...verifyOutput(plan, artifacts, { parts, has })];
    if (hasErrors(diagnostics)) return { diagnostics, sources: input.files };
    const wanted = { artifacts: [{ path: lockPath, text: lock }, ...artifacts], kept: parts, code, keys };
    const removed = staleOutput(directory, cache, scan, wanted);
    const deleted = deletedApplications(removed, resolved.value.sources.settings.gitops.deletion_budget, allowed);
    if (hasErrors(deleted)) return { diagnostics: [...diagnostics, ...deleted], sources: input.files };
    const synced = syncOutput(directory, cache, scan, wanted, { dryRun: check || dryRun });
    if (!synced.value) return { diagnostics: [...diagnostics, ...synced.diagnostics], sources: input.files };
    const changes = synced.value;
    const pending = check && lines(changes).length > 0;
    return { value: { ...changes, files: artifacts.length + [...kept.values()].reduce((sum, { count }) => sum + count, 0) + 1, warnings: diagnostics.length }, pending };
  },
  human(value, { verbose }) {
    const all = lines(value);
    const warned = value.warnings > 0 ? ` ${value.warnings} warning${value.warnings === 1 ? '' : 's'}: argoeks check shows ${value.warnings === 1 ? 'it' : 'them'}.` : '';
    if (all.length === 0) return `Up to date: ${value.files} files.${warned}`;
    const shown = verbose ? all : all.slice(0, 20);
    const rest = all.length - shown.length;
    return [...shown, ...(rest > 0 ? [`  and ${rest} more (--verbose lists them)`] : []), `${value.added.length} added, ${value.changed.length} changed, ${value.removed.length} removed of ${value.files} files.${warned}`].join('\n');
  },
});
