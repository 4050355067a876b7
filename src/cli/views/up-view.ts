import pc from 'picocolors';
import { simulatedBanner } from '../../sim/banner.ts';

/** What a finished `local up` says. */
export interface UpValue {
  readonly environment: string;
  readonly outcome: string;
  /** Nothing had to be done. */
  readonly unchanged: boolean;
  readonly hub: string;
  readonly clusters: readonly { readonly name: string; readonly kubeconfig: string; readonly engine: 'argocd' | 'flux' }[];
  readonly standIns: readonly string[];
  readonly realCharts: readonly string[];
  readonly ms: number;
}

/** What came up and what to look at next. Pure. */
export const upText = ({ environment, outcome, unchanged, hub, clusters, standIns, realCharts, ms }: UpValue): string => {
  if (outcome !== 'done') return `${environment} is not up. Continue, once the cause is mended, with: argoeks local up --env ${environment} --resume`;
  const argocd = clusters.some(({ engine }) => engine === 'argocd');
  const hubConfig = clusters.find((c) => c.name === hub)?.kubeconfig ?? '';
  const charts = standIns.length === 0 ? `Charts: all ${realCharts.length} are the real ones.` : `Charts: stand-ins with the same workloads for ${standIns.join(', ')}${realCharts.length > 0 ? `; real: ${realCharts.join(', ')}` : ''}. "argoeks charts pull" fetches the real ones.`;
  return [
    `${pc.green('✓')} ${environment} is up on this machine${unchanged ? '; nothing had to be changed' : ` (${Math.round(ms / 1000)} s)`}.`,
    `${simulatedBanner} Nodes are simulated too; no container runs.`,
    charts,
    '',
    'Look at it:',
    '  argoeks status',
    ...(argocd ? [`  kubectl --kubeconfig ${hubConfig} get applications -n argocd`] : []),
    ...clusters.filter(({ engine }) => engine === 'flux').map(({ kubeconfig }) => `  kubectl --kubeconfig ${kubeconfig} get kustomizations,helmreleases -n flux-system`),
    ...clusters.map(({ kubeconfig }) => `  kubectl --kubeconfig ${kubeconfig} get nodes,pods -A`),
    `  argoeks env plan --env ${environment} --local      # says no changes`,
    '  argoeks local logs                        # programs and their logs',
    'Stop it and leave nothing behind: argoeks local down',
  ].join('\n');
};
