import { z } from 'zod';
import { gatewayApiDefinitions } from '../../catalog/gateway-api.ts';
import { hoursPerMonth } from '../../catalog/prices.ts';
import { edgePrices } from '../../catalog/service-prices.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import type { Environment } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { clusterIssuer, namespaceOwnerLabel, sharedGateway } from '../units/wellknown.ts';

const { namespace, name: gateway } = sharedGateway;
const certificate = 'shared-gateway-tls';

const settings = z.strictObject({
  scheme: z.enum(['internal', 'internet-facing']).default('internal').meta({ description: 'Whether the load balancer has addresses of the VPC or of the internet.' }),
  source_ranges: z.array(z.cidrv4()).default([]).meta({ description: 'Blocks that may reach the load balancer; every block when empty, which for `internal` is the VPC and what is connected to it.' }),
  domains: z.array(z.string().regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/, { error: 'is not a DNS name' })).min(1).optional().meta({ description: 'Names that are served; `*.<domain of the environment>` when absent.' }),
  issuer: z.enum([clusterIssuer, 'acme']).default(clusterIssuer).meta({ description: 'Issuer of cert-manager that signs the certificate: the cluster\'s own CA, or `acme` where cert-manager has it.' }),
  acm_certificate_arn: z.string().regex(/^arn:aws(-[a-z]+)*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, { error: 'is not the ARN of an ACM certificate' }).optional().meta({ description: 'Certificate of ACM: then the load balancer ends TLS, and what it passes to the nodes is in the clear within the VPC.' }),
});
type Settings = z.infer<typeof settings>;

/** The class that Cilium's operator serves. Ours, not the chart's: the chart makes it only where a live cluster says it knows the kind. */
const gatewayClass: KubeObject = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'cilium' }, spec: { controllerName: 'io.cilium/gateway-controller' } };

/** Who asks in the clear is sent to HTTPS. */
const redirect: KubeObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'to-https', namespace },
  spec: {
    // Defaults are said, because Argo CD compares lists whole.
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway, sectionName: 'http' }],
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
  },
};

/** Annotations of the Service that Cilium makes for the Gateway, as the AWS Load Balancer Controller reads them. */
const loadBalancer = ({ scheme, source_ranges, acm_certificate_arn }: Settings): Readonly<Record<string, string>> => {
  const key = (name: string): string => `service.beta.kubernetes.io/aws-load-balancer-${name}`;
  return {
    [key('type')]: 'external',
    // The Service has no pods behind it: Cilium takes the traffic from the node's port.
    [key('nlb-target-type')]: 'instance',
    [key('scheme')]: scheme,
    [key('attributes')]: 'load_balancing.cross_zone.enabled=true',
    ...(source_ranges.length > 0 ? { 'service.beta.kubernetes.io/load-balancer-source-ranges': source_ranges.join(',') } : {}),
    ...(acm_certificate_arn === undefined ? {} : { [key('ssl-cert')]: acm_certificate_arn, [key('ssl-ports')]: '443', [key('backend-protocol')]: 'tcp', [key('ssl-negotiation-policy')]: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }),
  };
};

/** Namespaces that the platform or a team answers for may attach routes; those that nobody does may not. */
const allowedRoutes = { namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: namespaceOwnerLabel, operator: 'Exists' }] } } };

const objects = (environment: Environment, chosen: Settings): readonly KubeObject[] => {
  const names = chosen.domains ?? [`*.${environment.domain}`];
  const tls = chosen.acm_certificate_arn === undefined;
  return [
    ...(tls
      ? [{
          apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: certificate, namespace },
          spec: { secretName: certificate, dnsNames: names, issuerRef: { name: chosen.issuer, kind: 'ClusterIssuer', group: 'cert-manager.io' }, privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' } },
        }]
      : []),
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: gateway, namespace },
      spec: {
        gatewayClassName: gatewayClass.metadata.name,
        infrastructure: { annotations: loadBalancer(chosen) },
        listeners: [
          { name: 'http', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'Same' } } },
          ...names.map((hostname, i) => ({
            name: `https-${i}`, hostname, port: 443, allowedRoutes,
            ...(tls ? { protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: certificate }] } } : { protocol: 'HTTP' }),
          })),
        ],
      },
    },
  ];
};

/** One entrance for all HTTP of a cluster, shared by platform and teams: an NLB, and behind it Cilium's own proxy on every node. */
export const gatewayApi = defineComponent({
  id: 'gateway-api',
  summary: 'Serves HTTP and gRPC from outside through Gateways and routes of the Gateway API, with Cilium\'s own proxy.',
  layer: 'platform',
  requires: ['cilium', 'coredns', 'cert-manager', 'aws-load-balancer-controller', 'external-dns'],
  defaultOn: false,
  settings,
  infra: () => ({}),
  workload: ({ environment, settings: chosen }) => ({
    namespaces: [{ name: namespace, podSecurity: 'restricted' }],
    releases: [
      { kind: 'manifests', name: 'gateway-api-crds', namespace, beforeNetwork: true, manifests: gatewayApiDefinitions(), clusterManifests: [] },
      { kind: 'manifests', name: 'shared-gateway', namespace, manifests: [gatewayClass, redirect], clusterManifests: objects(environment, chosen) },
    ],
  }),
  network: () => [],
  alerts: () => none('the proxy is Cilium\'s; requests and errors of routes are what their owners measure'),
  dashboards: () => none('the proxy is Cilium\'s'),
  cost: () => [{ what: 'network load balancer of the shared gateway', usd: edgePrices.loadBalancer.usd * hoursPerMonth + edgePrices.loadBalancerUse.usd, basis: 'at all hours, with one capacity unit; more traffic costs more', usage: {} }],
  checks: [crdEstablished('gateways.gateway.networking.k8s.io'), crdEstablished('httproutes.gateway.networking.k8s.io')],
});
