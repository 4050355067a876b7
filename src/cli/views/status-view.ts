import pc from 'picocolors';
import { isWell, type ClusterStatus, type EnvironmentStatus } from '../../ops/status.ts';

const mark = (good: boolean): string => (good ? pc.green('✓') : pc.yellow('!'));

const clusterLines = ({ name, region, hub, state, why, nodes, applications }: ClusterStatus): readonly string[] => {
  const title = `  ${pc.bold(name)}  ${region}${hub ? '  hub' : ''}`;
  if (state === 'absent') return [`${title}  ${pc.dim('not there')}`];
  if (state === 'unreachable') return [`${title}  ${pc.red('unreachable')}: ${why ?? ''}`];
  const well = applications.filter((a) => a.sync === 'Synced' && a.health === 'Healthy').length;
  const lines = [
    title,
    `    ${mark(nodes.total > 0 && nodes.ready === nodes.total)} nodes         ${nodes.ready} of ${nodes.total} ready${nodes.notReady.length > 0 ? ` (not ready: ${nodes.notReady.slice(0, 5).join(', ')})` : ''}`,
    `    ${mark(applications.length > 0 && well === applications.length)} applications  ${well} of ${applications.length} Synced and Healthy`,
  ];
  const width = Math.max(0, ...applications.map((a) => a.name.length));
  const rows = applications.map((a) => {
    const good = a.sync === 'Synced' && a.health === 'Healthy';
    return `        ${mark(good)} ${a.name.padEnd(width)}  ${a.sync.padEnd(9)}  ${a.health}${good || a.causes.length === 0 ? '' : `\n          ${pc.dim(a.causes[0] ?? '')}`}`;
  });
  return [...lines, ...rows];
};

/** Environments with clusters, nodes and applications, as a person wants to read it. Pure. */
export const statusText = (environments: readonly EnvironmentStatus[], isLocal: boolean): string =>
  environments
    .map((e) => [`${mark(isWell(e))} ${pc.bold(e.name)}  ${isLocal ? 'this machine, AWS simulated' : `account ${e.accountId}`}`, ...e.clusters.flatMap(clusterLines)].join('\n'))
    .join('\n\n');
