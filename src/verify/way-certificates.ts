import { argocdHost, argocdSettingsOf } from '../components/argocd/settings-of.ts';
import { grafanaHost } from '../components/grafana/values.ts';
import type { GrafanaSettings } from '../components/grafana/settings.ts';
import { oauth2ProxyWay, type OAuth2ProxySettings } from '../components/oauth2-proxy.ts';
import type { Environment } from '../config/platform.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ClusterPlan, ComponentPlan, Plan } from '../model/plan.ts';

/** A load balancer of the AWS Load Balancer Controller: it looks for a certificate of ACM that covers the host, where none is named. */
interface Way {
  readonly what: string;
  readonly host: string;
  readonly certificate: string | undefined;
  /** Keys of the component's settings. */
  readonly hostKey: string;
  readonly certificateKey: string;
}

const waysOf = ({ cluster, environment }: ClusterPlan, { id, settings }: ComponentPlan): readonly Way[] => {
  if (id === 'argocd' && cluster.name === environment.hub) {
    const chosen = argocdSettingsOf(cluster);
    return chosen.ingress.enabled ? [{ what: 'Argo CD', host: argocdHost(environment, chosen), certificate: chosen.ingress.certificate_arn, hostKey: 'argocd.host', certificateKey: 'argocd.ingress.certificate_arn' }] : [];
  }
  if (id === 'kube-prometheus-stack') {
    const { grafana } = settings as { readonly grafana: GrafanaSettings };
    const at = 'kube-prometheus-stack.grafana.ingress';
    return grafana.ingress.enabled ? [{ what: 'Grafana', host: grafanaHost(environment, cluster, grafana), certificate: grafana.ingress.certificate_arn, hostKey: `${at}.host`, certificateKey: `${at}.certificate_arn` }] : [];
  }
  if (id === 'oauth2-proxy') {
    const way = oauth2ProxyWay(environment, cluster, settings as OAuth2ProxySettings);
    return way === undefined ? [] : [{ what: 'Hubble\'s UI', ...way, hostKey: 'oauth2-proxy.host', certificateKey: 'oauth2-proxy.acm_certificate_arn' }];
  }
  return [];
};

const covers = (name: string, host: string): boolean => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1));

const isCovered = ({ settings, regions: [first] }: Environment, inRegion: string, host: string): boolean =>
  settings.edge.certificates.some(({ domain, alternative_names: others, region = first }) => region === inRegion && [domain, ...others].some((name) => covers(name, host)));

/** Proves that each load balancer that ends TLS finds a certificate: without one the controller makes no load balancer, and the Ingress waits for ever. Pure. */
export const wayCertificates = ({ environments }: Plan): readonly Diagnostic[] =>
  environments.flatMap(({ environment, clusters }) => clusters.flatMap((plan) => plan.components.flatMap((component) => waysOf(plan, component)
    .filter(({ host, certificate }) => certificate === undefined && !isCovered(environment, plan.cluster.region, host))
    .map(({ what, host, hostKey, certificateKey }) => problem(
      'verify/no-certificate', component.because,
      `${what} of ${plan.cluster.name} is to be reached by ${host}, and no certificate in ${plan.cluster.region} covers that name.`,
      `Add one with domain: ${host} to envs.${environment.name}.edge.certificates (zone_id for a name of a public zone, issuer: private for any other), set components.${certificateKey}, or choose a name that a certificate covers with components.${hostKey}.`,
    )))));
