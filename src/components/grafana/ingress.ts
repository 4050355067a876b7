import type { Cluster, Environment } from '../../config/platform.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { sharedRoute } from '../shared-route.ts';
import type { GrafanaSettings } from './settings.ts';
import { grafanaHost } from './values.ts';

/**
 * The route, or the load balancer, in front of the Service of Grafana: inside the network, and TLS only. Not the chart's own Ingress, whose address or certificate may be missing for long: Prometheus and
 * its rules would wait for it. Source: AWS Load Balancer Controller v3.4.3, "Ingress annotations". Pure.
 */
export const grafanaIngress = (environment: Environment, cluster: Cluster, settings: GrafanaSettings, namespace: string, service: string): readonly KubeObject[] => {
  const { enabled, via, certificate_arn: certificate, allowed_cidrs: cidrs } = settings.ingress;
  if (!enabled) return [];
  if (via === 'gateway') return [sharedRoute('grafana', namespace, grafanaHost(environment, cluster, settings), service, 80)];
  return [{
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'grafana',
      namespace,
      annotations: Object.fromEntries(Object.entries({
        scheme: 'internal', 'target-type': 'ip', 'listen-ports': '[{"HTTPS":443}]', 'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', 'inbound-cidrs': cidrs.join(','), 'healthcheck-path': '/api/health',
        'load-balancer-attributes': 'routing.http.drop_invalid_header_fields.enabled=true',
        ...(certificate === undefined ? {} : { 'certificate-arn': certificate }),
      }).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value])),
    },
    spec: {
      ingressClassName: 'alb',
      rules: [{ host: grafanaHost(environment, cluster, settings), http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } }] } }],
    },
  }];
};
