import { z } from 'zod';
import type { ArgocdSettings } from '../config/argocd-settings.ts';
import type { Environment } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import { webAclName } from '../units/aws-names.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { argocdNamespace } from '../units/wellknown.ts';
import { loadBalancerCost } from './load-balancer-cost.ts';
import { argocdHost, argocdSettingsOf } from './argocd/settings-of.ts';

const alb = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(values).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]));

/**
 * The load balancer: TLS from the browser to it and from it to the server, which has a certificate of its own. The command line wants `--grpc-web`.
 * Source: AWS Load Balancer Controller v3.4.3, "Ingress annotations"; without `certificate-arn` it looks for a certificate that covers the host.
 */
const ingressOf = (environment: Environment, chosen: ArgocdSettings): KubeObject => {
  const { scheme, allowed_cidrs: cidrs, certificate_arn: certificate, ssl_policy: policy, waf } = chosen.ingress;
  const host = argocdHost(environment, chosen);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'argocd-server',
      namespace: argocdNamespace,
      annotations: alb({
        scheme, 'target-type': 'ip', 'listen-ports': '[{"HTTPS":443}]', 'ssl-policy': policy, 'inbound-cidrs': cidrs.join(','),
        ...(certificate === undefined ? {} : { 'certificate-arn': certificate }),
        'backend-protocol': 'HTTPS', 'healthcheck-protocol': 'HTTPS', 'healthcheck-path': '/healthz',
        'load-balancer-attributes': 'routing.http.drop_invalid_header_fields.enabled=true',
        // Left out, the last one would stay.
        'wafv2-acl-name': waf && environment.settings.edge.waf.enabled ? webAclName(environment.name) : 'none',
      }),
    },
    spec: {
      ingressClassName: 'alb',
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'argocd-server', port: { number: 443 } } } }] } }],
    },
  };
};

/** The way in to Argo CD from outside the cluster. Behind the controller of load balancers, which Argo CD itself installs. */
export const argocdIngress = defineComponent({
  id: 'argocd-ingress',
  summary: 'Puts an Application Load Balancer with TLS and the environment\'s web ACL in front of Argo CD, where `components.argocd.ingress` asks for it.',
  layer: 'platform',
  requires: ['argocd', 'aws-load-balancer-controller'],
  defaultOn: 'hub',
  engine: 'argocd',
  settings: z.strictObject({}),
  infra: () => ({}),
  workload: ({ environment, cluster }) => {
    const chosen = argocdSettingsOf(cluster);
    return {
      namespaces: [],
      releases: [{ kind: 'manifests', name: 'argocd-ingress', namespace: argocdNamespace, manifests: [], clusterManifests: chosen.ingress.enabled ? [ingressOf(environment, chosen)] : [] }],
    };
  },
  // An address of the VPC that is neither a pod nor a node is the world to Cilium; the security group says which may come.
  network: ({ cluster }) => (argocdSettingsOf(cluster).ingress.enabled ? [{ from: 'world', to: 'argocd/argocd-server', port: 8080, why: 'the load balancer brings users' }] : []),
  alerts: () => none('alarms of load balancers are `monitoring.alb_alarms`'),
  dashboards: () => none('CloudWatch shows load balancers'),
  cost: ({ cluster }) => (argocdSettingsOf(cluster).ingress.enabled ? loadBalancerCost('load balancer of Argo CD') : none('no load balancer is asked for')),
  checks: [],
});
