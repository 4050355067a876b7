import pc from 'picocolors';
import type { ToolEvent } from '../../local/tools.ts';
import { simulatedBanner } from '../../sim/banner.ts';

/** What a finished `local up` says. */
export interface UpValue {
  readonly environment: string;
  readonly outcome: string;
  /** Nothing had to be done. */
  readonly unchanged: boolean;
  readonly hub: string;
  readonly clusters: readonly { readonly name: string; readonly kubeconfig: string }[];
  readonly standIns: readonly string[];
  readonly realCharts: readonly string[];
  readonly ms: number;
}

/** A line of progress while tools are found or built; empty for one that is simply there. Pure. */
export const toolLine = ({ tool, index, total, state, seconds, typicalSeconds }: ToolEvent): string => {
  if (state === 'cached' || state === 'on-path') return '';
  const bar = '█'.repeat(Math.round((20 * index) / total)).padEnd(20, '░');
  const time = state === 'building' ? ` (${Math.round(seconds)} s; such a build takes about ${typicalSeconds} s on two cores)` : '';
  return `${bar} ${index}/${total} ${tool}: ${state}${time}`;
};

/** What came up and what to look at next. Pure. */
export const upText = ({ environment, outcome, unchanged, hub, clusters, standIns, realCharts, ms }: UpValue): string => {
  if (outcome !== 'done') return `${environment} is not up. Continue, once the cause is mended, with: argoeks local up --env ${environment} --resume`;
  const hubConfig = clusters.find((c) => c.name === hub)?.kubeconfig ?? '';
  const charts = standIns.length === 0 ? `Charts: all ${realCharts.length} are the real ones.` : `Charts: stand-ins with the same workloads for ${standIns.join(', ')}${realCharts.length > 0 ? `; real: ${realCharts.join(', ')}` : ''}. "argoeks charts pull" fetches the real ones.`;
  return [
    `${pc.green('✓')} ${environment} is up on this machine${unchanged ? '; nothing had to be changed' : ` (${Math.round(ms / 1000)} s)`}.`,
    `${simulatedBanner} Nodes are simulated too; no container runs.`,
    charts,
    '',
    'Look at it:',
    '  argoeks status',
    `  kubectl --kubeconfig ${hubConfig} get applications -n argocd`,
    ...clusters.map(({ kubeconfig }) => `  kubectl --kubeconfig ${kubeconfig} get nodes,pods -A`),
    `  argoeks env plan --env ${environment} --local      # says no changes`,
    '  argoeks local logs                        # programs and their logs',
    'Stop it and leave nothing behind: argoeks local down',
  ].join('\n');
};
