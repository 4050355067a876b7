import { z } from 'zod';
import { deploymentReady } from '../checks/workload-ready.ts';
import { nightNodes } from '../config/night-nodes.ts';
import { defineComponent } from '../model/component.ts';
import { clusterIssuer } from '../units/wellknown.ts';
import { loadBalancerCost } from './load-balancer-cost.ts';

const id = 'ingress-nginx';
const controller = 'ingress-nginx-controller';
const defaultCertificate = 'default-tls';
const requests = { cpu: '100m', memory: '128Mi' };

/** An NGINX behind a load balancer, for what still speaks Ingress with NGINX' annotations. Its project has ended: the component `gateway-api` is what replaces it. */
export const ingressNginx = defineComponent({
  id,
  summary: 'Serves Ingresses with NGINX behind an internal load balancer. Its project ended in March 2026: only for what can not move to gateway-api yet.',
  layer: 'platform',
  requires: ['cilium', 'coredns', 'cert-manager', 'aws-load-balancer-controller'],
  defaultOn: false,
  settings: z.strictObject({
    replicas: z.int().min(1).max(10).optional().meta({ description: 'Replicas; 2, or 1 on a single node, when absent.', unit: 'pods' }),
    default_class: z.boolean().default(false).meta({ description: 'Takes Ingresses that name no class.' }),
    source_ranges: z.array(z.cidrv4()).default([]).meta({ description: 'Blocks that may reach the load balancer; the VPC and what is connected to it when empty.' }),
  }),
  infra: () => ({}),
  workload: ({ environment, cluster, settings: { replicas: asked, default_class, source_ranges } }) => {
    const replicas = asked ?? (nightNodes(environment, cluster) > 1 ? 2 : 1);
    const key = (name: string): string => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
    return {
      namespaces: [{ name: id, podSecurity: 'restricted' }],
      releases: [
        {
          kind: 'manifests', name: 'ingress-nginx-certificate', namespace: id, manifests: [],
          // Served where an Ingress names no certificate of its own.
          clusterManifests: [{
            apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: defaultCertificate, namespace: id },
            spec: { secretName: defaultCertificate, dnsNames: [`*.${environment.domain}`], issuerRef: { name: clusterIssuer, kind: 'ClusterIssuer', group: 'cert-manager.io' }, privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' } },
          }],
        },
        {
          kind: 'chart', name: id, namespace: id, chart: 'ingress-nginx', installedBy: 'gitops',
          values: {
            controller: {
              allowSnippetAnnotations: false,
              extraArgs: { 'default-ssl-certificate': `${id}/${defaultCertificate}` },
              config: { 'ssl-protocols': 'TLSv1.2 TLSv1.3', 'force-ssl-redirect': 'true', 'annotations-risk-level': 'Medium' },
              service: {
                type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb',
                annotations: { [key('scheme')]: 'internal', [key('nlb-target-type')]: 'ip', [key('attributes')]: 'load_balancing.cross_zone.enabled=true', [key('target-group-attributes')]: 'preserve_client_ip.enabled=true' },
              },
              metrics: { enabled: true },
              // Otherwise Jobs make the webhook's certificate, after each sync.
              admissionWebhooks: { certManager: { enabled: true }, patch: { enabled: false } },
              maxUnavailable: 1,
              topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { 'app.kubernetes.io/name': id } } }],
              resources: { requests, limits: { memory: '512Mi' } },
            },
          },
          clusterValues: { controller: { replicaCount: replicas, ingressClassResource: { default: default_class }, service: { loadBalancerSourceRanges: source_ranges } } },
          ignoreDifferences: [{ group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] }],
          standIn: {
            workloads: [{ kind: 'Deployment', name: controller, replicas, serviceAccount: id, port: 8443, requests }],
            objects: [{ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'nginx' }, spec: { controller: 'k8s.io/ingress-nginx' } }],
          },
        },
      ],
    };
  },
  // A team opens its pods to it with `gateway_ports`.
  network: () => [
    { from: 'world', to: id, port: 443, why: 'serves what Ingresses say; the load balancer leaves the address of who asks' },
    { from: 'world', to: id, port: 80, why: 'sends who asks in the clear to HTTPS' },
    { from: id, to: 'kube-apiserver', port: 443, why: 'watches Ingresses' },
    { from: 'kube-apiserver', to: id, port: 8443, why: 'admission webhook for Ingresses' },
  ],
  alerts: () => [
    { name: 'IngressNginxDown', expr: `kube_deployment_status_replicas_available{namespace="${id}",deployment="${controller}"} == 0`, forMinutes: 5, severity: 'critical', summary: 'No NGINX serves Ingresses of class nginx.', runbook: 'ingress-nginx-down' },
  ],
  dashboards: () => [{ title: 'Requests by status', expr: 'sum by (status) (rate(nginx_ingress_controller_requests[5m]))', unit: 'reqps' }],
  cost: () => loadBalancerCost('network load balancer of ingress-nginx'),
  checks: [deploymentReady(id, controller)],
});
