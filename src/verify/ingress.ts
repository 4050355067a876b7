import { charts } from '../../catalog/charts.ts';
import type { ChartPin } from '../../catalog/chart-pin.ts';
import type { CertManagerSettings } from '../components/cert-manager.ts';
import { gatewayDomains, type GatewaySettings } from '../components/gateway-api.ts';
import { lacksSignIn } from '../components/oauth2-proxy.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ClusterPlan, ComponentPlan, Plan } from '../model/plan.ts';

const pinOf = (chart: string): ChartPin | undefined => (Object.hasOwn(charts, chart) ? charts[chart as keyof typeof charts] : undefined);

/** Who signs the gateway's certificate: an issuer that is there, and that answers for every name. */
const issuerFaults = ({ cluster, environment, components }: ClusterPlan, settings: GatewaySettings, because: ComponentPlan['because']): readonly Diagnostic[] => {
  if (settings.issuer !== 'acme' || settings.acm_certificate_arn !== undefined) return [];
  const acme = (components.find(({ id }) => id === 'cert-manager')?.settings as Partial<CertManagerSettings> | undefined)?.acme;
  if (acme === undefined) return [problem('verify/no-issuer', because, `The gateway of ${cluster.name} wants a certificate of issuer "acme", and cert-manager has no issuer "acme".`, 'Set components.cert-manager.acme, or leave gateway-api.issuer out: then the cluster\'s own CA signs.')];
  const foreign = gatewayDomains(environment, cluster, settings).filter((name) => !acme.domains.some((domain) => `.${name}`.endsWith(`.${domain}`)));
  return foreign.length === 0 ? [] : [problem('verify/no-issuer', because, `The gateway of ${cluster.name} serves ${foreign.join(', ')}, and issuer "acme" answers for ${acme.domains.join(', ')} only.`, 'Name domains in components.gateway-api.domains that are below those of components.cert-manager.acme.domains, or add them there where its zone has them.')];
};

const faultsOf = (plan: ClusterPlan, { id, workload, settings, because }: ComponentPlan): readonly Diagnostic[] => [
  ...workload.releases.flatMap((release) => {
    const retired = release.kind === 'chart' && typeof release.chart === 'string' ? pinOf(release.chart)?.retired : undefined;
    return retired === undefined ? [] : [problem('verify/retired-chart', because, `Component "${id}" of ${plan.cluster.name} runs chart "${release.name}", whose project has ended (${retired.since}): nobody mends what is found in it.`, retired.instead)];
  }),
  ...(id === 'oauth2-proxy' && lacksSignIn(settings) ? [problem('verify/no-sign-in', because, `oauth2-proxy of ${plan.cluster.name} is on, but not told who may sign in, so Hubble's UI is served to nobody.`, 'Set issuer, client_id and allowed_groups of components.oauth2-proxy, or turn it off.')] : []),
  ...(id === 'gateway-api' ? issuerFaults(plan, settings as GatewaySettings, because) : []),
];

/** Ways into a cluster that nobody maintains, or that lead nowhere. One finding for one line of the configuration. Pure. */
export const ingress = ({ environments }: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const plan of environments.flatMap(({ clusters }) => clusters)) {
    for (const finding of plan.components.flatMap((component) => faultsOf(plan, component))) {
      const key = `${finding.code} ${finding.at.file}:${finding.at.line}:${finding.at.column}`;
      if (!found.has(key)) found.set(key, finding);
    }
  }
  return [...found.values()];
};
