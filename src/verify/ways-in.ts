import { argocdHost, argocdSettingsOf } from '../components/argocd/settings-of.ts';
import { gatewayDomains, type GatewaySettings } from '../components/gateway-api.ts';
import type { GrafanaSettings } from '../components/grafana/settings.ts';
import { grafanaHost } from '../components/grafana/values.ts';
import { oauth2ProxyWay, type OAuth2ProxySettings } from '../components/oauth2-proxy.ts';
import type { Span } from '../diag/diagnostic.ts';
import type { ClusterPlan, ComponentPlan } from '../model/plan.ts';

/** How people come to a page of the platform: over the shared gateway, or over a load balancer that needs a certificate of ACM. */
export interface WayIn {
  readonly what: string;
  readonly host: string;
  readonly via: 'load-balancer' | 'gateway';
  /** ARN that the configuration names; else the controller looks for one that covers the host. */
  readonly certificate: string | undefined;
  /** Keys of `components` that say them. */
  readonly hostKey: string;
  readonly certificateKey: string;
  readonly because: Span;
}

const waysOf = ({ cluster, environment }: ClusterPlan, { id, settings }: ComponentPlan): readonly Omit<WayIn, 'because'>[] => {
  if (id === 'argocd') {
    const chosen = argocdSettingsOf(cluster);
    const { enabled, via, certificate_arn: certificate } = chosen.ingress;
    return enabled ? [{ what: 'Argo CD', host: argocdHost(environment, chosen), via, certificate, hostKey: 'argocd.host', certificateKey: 'argocd.ingress.certificate_arn' }] : [];
  }
  if (id === 'kube-prometheus-stack') {
    const { grafana } = settings as { readonly grafana: GrafanaSettings };
    const { enabled, via, certificate_arn: certificate } = grafana.ingress;
    const at = 'kube-prometheus-stack.grafana.ingress';
    return enabled ? [{ what: 'Grafana', host: grafanaHost(environment, cluster, grafana), via, certificate, hostKey: `${at}.host`, certificateKey: `${at}.certificate_arn` }] : [];
  }
  if (id === 'oauth2-proxy') {
    const way = oauth2ProxyWay(environment, cluster, settings as OAuth2ProxySettings);
    return way === undefined ? [] : [{ what: 'Hubble\'s UI', ...way, hostKey: 'oauth2-proxy.host', certificateKey: 'oauth2-proxy.acm_certificate_arn' }];
  }
  return [];
};

/** The platform's own pages that a cluster serves to the outside. Pure. */
export const waysIn = (plan: ClusterPlan): readonly WayIn[] => plan.components.flatMap((component) => waysOf(plan, component).map((way) => ({ ...way, because: component.because })));

/** Names that the shared gateway of a cluster serves; undefined where it has none. Pure. */
export const servedByGateway = ({ environment, cluster, components }: ClusterPlan): readonly string[] | undefined => {
  const own = components.find(({ id }) => id === 'gateway-api')?.settings as GatewaySettings | undefined;
  return own && gatewayDomains(environment, cluster, own);
};
