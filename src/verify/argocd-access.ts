import { argocdHost, argocdSettingsOf } from '../components/argocd/settings-of.ts';
import { signInConfig } from '../components/argocd/sign-in.ts';
import type { ArgocdSettings } from '../config/argocd-settings.ts';
import { problem } from '../diag/problem.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Environment } from '../config/platform.ts';
import type { ClusterPlan, Plan } from '../model/plan.ts';
import { hasCertificate } from './has-certificate.ts';

const certificateFault = ({ cluster, environment }: ClusterPlan, chosen: ArgocdSettings) => {
  const host = argocdHost(environment, chosen);
  return chosen.ingress.enabled && chosen.ingress.certificate_arn === undefined && !hasCertificate(environment, cluster.region, host)
    ? [{ code: 'verify/no-certificate', summary: `Argo CD of ${environment.name} is to be reached by ${host}, and no certificate in ${cluster.region} covers that name.`, fix: `Add one with domain: ${host} to envs.${environment.name}.edge.certificates, or set components.argocd.ingress.certificate_arn.` } as const]
    : [];
};

/** Who signs in and is given something: groups, lines for groups, or a role for everybody. */
const givesAnything = ({ settings }: Environment, { access, policy, default_role: fallback }: ArgocdSettings): boolean =>
  access.platform_admins.length + access.read_only.length > 0 || settings.tenants.some(({ groups }) => groups.length > 0) || policy.some((line) => line.startsWith('g')) || fallback !== '';

const signInFault = ({ cluster, environment }: ClusterPlan, chosen: ArgocdSettings) => {
  if (chosen.sso !== undefined)
    return givesAnything(environment, chosen) ? [] : [{ code: 'verify/no-access', summary: `People sign in to Argo CD of ${environment.name}, and no group is given anything.`, fix: 'Name groups in components.argocd.access.' } as const];
  const isOpen = signInConfig(cluster, '', chosen)['admin.enabled'] === 'true';
  return chosen.ingress.enabled && !isOpen ? [{ code: 'verify/no-access', summary: `Argo CD of ${environment.name} has a way in, and nobody can sign in.`, fix: 'Set components.argocd.sso, and groups in components.argocd.access.' } as const] : [];
};

const notificationFaults = ({ environment: { name, settings } }: ClusterPlan, { notifications: { email, pagerduty } }: ArgocdSettings) => [
  ...(email && settings.monitoring.alertmanager.smtp === undefined ? [{ code: 'verify/no-recipient', summary: `Argo CD of ${name} is to write mail, and there is no mail server.`, fix: `Set envs.${name}.monitoring.alertmanager.smtp.` } as const] : []),
  ...(email && settings.alerts.emails.length === 0 ? [{ code: 'verify/no-recipient', summary: `Argo CD of ${name} is to write mail, and nobody is to get it.`, fix: `Set envs.${name}.alerts.emails.` } as const] : []),
  ...(pagerduty && settings.alerts.pagerduty.service_region === 'eu' ? [{ code: 'verify/no-recipient', summary: `Argo CD of ${name} is to open incidents in the EU region of PagerDuty, which it knows no address of.`, fix: 'Set components.argocd.notifications.pagerduty: false; Alertmanager tells PagerDuty of unhealthy applications too.' } as const] : []),
];

/** What Argo CD is told and can't do: a way in without certificate, people who may nothing, words for nobody. Pure. */
export const argocdAccess = ({ environments }: Plan): readonly Diagnostic[] =>
  environments.flatMap(({ environment, clusters }) => clusters.filter(({ cluster }) => cluster.name === environment.hub).flatMap((plan) => {
    const own = plan.components.find(({ id }) => id === 'argocd');
    if (!own) return [];
    const chosen = argocdSettingsOf(plan.cluster);
    return [...certificateFault(plan, chosen), ...signInFault(plan, chosen), ...notificationFaults(plan, chosen)].map(({ code, summary, fix }) => problem(code, own.because, summary, fix));
  }));
