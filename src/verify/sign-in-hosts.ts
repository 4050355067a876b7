import { argocdSettingsOf } from '../components/argocd/settings-of.ts';
import type { GrafanaSettings } from '../components/grafana/settings.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ClusterPlan, Plan } from '../model/plan.ts';

const hasWayIn = ({ sso, ingress }: { readonly sso?: unknown; readonly ingress: { readonly enabled: boolean } }): boolean => sso === undefined || ingress.enabled;

const faultsOf = ({ cluster, components }: ClusterPlan): readonly Diagnostic[] => components.flatMap(({ id, settings, because }) => {
  const [what, key, isWhole] =
    id === 'argocd' ? ['Argo CD', 'components.argocd', hasWayIn(argocdSettingsOf(cluster))] as const
    : id === 'kube-prometheus-stack' ? ['Grafana', 'components.kube-prometheus-stack.grafana', hasWayIn((settings as { readonly grafana: GrafanaSettings }).grafana)] as const
    : ['', '', true] as const;
  return isWhole ? [] : [problem('verify/sign-in-leads-nowhere', because, `People are to sign in to ${what} of ${cluster.name}, and ${key}.ingress is off: the provider sends them back to a host that nothing serves.`, `Set ${key}.ingress: {enabled: true}, unless you bring a way in of your own.`)];
});

/** Single sign-on whose way back leads nowhere. One finding for one line of the configuration. Pure. */
export const signInHosts = ({ environments }: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const finding of environments.flatMap(({ clusters }) => clusters.flatMap(faultsOf))) {
    const key = `${finding.at.file}:${finding.at.line}:${finding.at.column}`;
    if (!found.has(key)) found.set(key, finding);
  }
  return [...found.values()];
};
