import pc from 'picocolors';
import { z } from 'zod';
import { systemClock } from '../../adapters/clock.ts';
import { eksKube } from '../../adapters/real-site.ts';
import { resolve } from '../../compile/compile.ts';
import { renameOrChoose } from '../../diag/did-you-mean.ts';
import { backupsOf, isSafe, type ClusterBackups, type ScheduleBackups } from '../../ops/backups.ts';
import { defineCommand } from '../command.ts';
import { selectionOptions } from '../environment-options.ts';
import { readRepository } from '../read-repository.ts';
import { localKube } from './status.ts';

const mark = (good: boolean): string => (good ? pc.green('✓') : pc.red('✗'));

const words: Readonly<Record<ScheduleBackups['state'], string>> = { good: '', late: ', which is too old', none: '', paused: ', and the schedule is paused', missing: ': the schedule is not on the cluster' };

const scheduleLine = ({ schedule, state, lastGood, last, limitHours }: ScheduleBackups): string => {
  const good = lastGood ? `last good backup ${lastGood.ageHours} h ago (${lastGood.name}; limit ${limitHours} h)` : 'no good backup';
  const newest = last && last.name !== lastGood?.name ? `; newest: ${last.name}, ${last.phase}` : '';
  return `    ${mark(state === 'good')} ${schedule}  ${good}${words[state]}${newest}`;
};

const clusterLines = (one: ClusterBackups): readonly string[] => {
  const title = `${one.state === 'off' ? ' ' : mark(isSafe(one))} ${pc.bold(one.cluster)}`;
  if (one.state === 'off') return [`${title}  ${pc.dim('no Velero: components.velero')}`];
  if (one.state === 'absent') return [`${title}  not there`];
  if (one.state === 'unreachable') return [`${title}  unreachable: ${one.why ?? ''}`];
  const locations = one.locations.length === 0 ? [`    ${mark(false)} no bucket: Velero has no BackupStorageLocation`] : one.locations.map(({ name, phase, message }) => `    ${mark(phase === 'Available')} bucket "${name}"  ${phase}${message === undefined ? '' : `: ${message}`}`);
  return [title, ...locations, ...one.schedules.map(scheduleLine)];
};

/** `argoeks backup verify`: exit 1 unless every cluster with Velero could be restored from a good and recent backup. */
export const backupVerify = defineCommand({
  name: 'backup verify',
  summary: 'Says of each cluster whether its backups are there, good and recent.',
  args: z.object(selectionOptions),
  examples: ['argoeks backup verify --env prod', 'argoeks backup verify --env prod --json'],
  async run({ env, local }, { directory }) {
    const input = await readRepository(directory);
    const { value, diagnostics } = resolve(input);
    if (!value) return { diagnostics, sources: input.files };
    const { environments } = value.plan;
    const found = environments.find(({ environment }) => environment.name === env);
    if (!found) return { diagnostics: [{ code: 'config/unknown-environment', severity: 'error', at: { file: 'configuration/platform.yaml', line: 1, column: 1 }, summary: `There is no environment "${env}".`, fix: renameOrChoose(env, environments.map(({ environment }) => environment.name)) }] };
    const clusters = await backupsOf(found.clusters, local ? localKube(directory) : eksKube, systemClock.now());
    const asked = clusters.filter(({ state }) => state !== 'off');
    return { value: { environment: env, clusters }, failed: asked.length === 0 || !asked.every(isSafe) };
  },
  human: ({ clusters }) => clusters.flatMap(clusterLines).join('\n'),
});
