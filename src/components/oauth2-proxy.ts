import { z } from 'zod';
import { deploymentReady } from '../checks/workload-ready.ts';
import type { Cluster } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { secretStore, sharedGateway } from '../units/wellknown.ts';
import { remoteRef } from './remote-ref.ts';

const id = 'oauth2-proxy';
const secret = 'oauth2-proxy-oidc';
const requests = { cpu: '20m', memory: '64Mi' };

const settings = z.strictObject({
  issuer: z.url({ protocol: /^https$/ }).optional().meta({ description: 'OIDC issuer that people sign in with. Without it, `client_id` and `allowed_groups` nothing is served.' }),
  client_id: z.string().min(1).optional().meta({ description: 'Id of the client at the issuer.' }),
  allowed_groups: z.array(z.string().min(1)).default([]).meta({ description: 'Groups whose members may see Hubble; at least one, because flows name every workload of every team.' }),
  groups_claim: z.string().min(1).default('groups').meta({ description: 'Claim of the token that lists groups.' }),
  secret_name: z.string().min(1).optional().meta({ description: 'Secret in Secrets Manager with the keys `client-secret` and `cookie-secret` (32 random bytes in base64); `<env>/oauth2-proxy` when absent.' }),
  host: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, { error: 'is not a DNS name' }).optional().meta({ description: 'Name that people open; `hubble.<domain of the environment>` when absent.' }),
  acm_certificate_arn: z.string().regex(/^arn:aws(-[a-z]+)*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, { error: 'is not the ARN of an ACM certificate' }).optional().meta({ description: 'Certificate of the load balancer where the cluster has no shared gateway; the one of ACM that fits the host when absent.' }),
  replicas: z.int().min(1).max(3).default(2).meta({ description: 'Replicas.', unit: 'pods' }),
});
type Settings = z.infer<typeof settings>;

/** What has to be said before anything is served; undefined while something is missing. */
const toldOf = ({ issuer, client_id, allowed_groups }: Settings): { readonly issuer: string; readonly clientId: string; readonly groups: readonly string[] } | undefined =>
  issuer !== undefined && client_id !== undefined && allowed_groups.length > 0 ? { issuer, clientId: client_id, groups: allowed_groups } : undefined;

/** True while sign-in is not described whole, so that the component serves nothing. `chosen` are its settings, as planned. Pure. */
export const lacksSignIn = (chosen: unknown): boolean => toldOf(chosen as Settings) === undefined;

const hasGateway = (cluster: Cluster): boolean => cluster.components['gateway-api'] !== undefined;

const credentials = (name: string, clientId: string): KubeObject => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: secret, namespace: id },
  spec: {
    refreshInterval: '1h',
    secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore.secretsManager },
    target: { name: secret, creationPolicy: 'Owner', template: { data: { 'client-id': clientId, 'client-secret': '{{ .clientSecret }}', 'cookie-secret': '{{ .cookieSecret }}' } } },
    data: [
      { secretKey: 'clientSecret', remoteRef: remoteRef(name, 'client-secret') },
      { secretKey: 'cookieSecret', remoteRef: remoteRef(name, 'cookie-secret') },
    ],
  },
});

/** What takes lists: as an argument the chart would write a list as one word in brackets. JSON's strings are TOML's. */
const configFile = (groups: readonly string[]): string =>
  [['email_domains', ['*']], ['upstreams', ['http://hubble-ui.kube-system.svc.cluster.local:80/']], ['allowed_groups', groups]].map(([key, list]) => `${String(key)} = ${JSON.stringify(list)}\n`).join('');

/** Way in from outside: a route of the shared gateway where there is one, else a load balancer of its own inside the VPC. */
const exposure = (cluster: Cluster, host: string, certificate: string | undefined) => hasGateway(cluster)
  ? { gatewayApi: { enabled: true, gatewayRef: sharedGateway, hostnames: [host] } }
  : {
      ingress: {
        enabled: true, className: 'alb', hosts: [host], tls: [{ hosts: [host] }],
        annotations: {
          'alb.ingress.kubernetes.io/scheme': 'internal', 'alb.ingress.kubernetes.io/target-type': 'ip', 'alb.ingress.kubernetes.io/healthcheck-path': '/ping',
          'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]', 'alb.ingress.kubernetes.io/ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
          ...(certificate === undefined ? {} : { 'alb.ingress.kubernetes.io/certificate-arn': certificate }),
        },
      },
    };

/** The only way to Hubble's UI from outside: who is not of an allowed group sees nothing of it. */
export const oauth2Proxy = defineComponent({
  id,
  summary: 'Shows Hubble\'s UI to members of allowed groups, after they signed in with the OIDC issuer.',
  layer: 'platform',
  requires: ['cilium', 'coredns', 'external-secrets', 'aws-load-balancer-controller'],
  defaultOn: false,
  settings,
  infra: () => ({}),
  workload: ({ environment, cluster, settings: chosen }) => {
    const told = toldOf(chosen);
    const host = chosen.host ?? `hubble.${environment.domain}`;
    return {
      namespaces: [{ name: id, podSecurity: 'restricted' }],
      releases: told === undefined ? [] : [
        { kind: 'manifests', name: 'oauth2-proxy-credentials', namespace: id, manifests: [], clusterManifests: [credentials(chosen.secret_name ?? `${environment.name}/oauth2-proxy`, told.clientId)] },
        {
          kind: 'chart', name: id, namespace: id, chart: 'oauth2-proxy', installedBy: 'gitops',
          values: {
            config: { existingSecret: secret },
            serviceAccount: { automountServiceAccountToken: false },
            enableServiceLinks: false,
            podDisruptionBudget: { enabled: true, minAvailable: null, maxUnavailable: 1 },
            resources: { requests, limits: { memory: '128Mi' } },
          },
          clusterValues: {
            replicaCount: chosen.replicas,
            config: { configFile: configFile(told.groups) },
            extraArgs: {
              provider: 'oidc', 'oidc-issuer-url': told.issuer, 'oidc-groups-claim': chosen.groups_claim, scope: 'openid email profile',
              'redirect-url': `https://${host}/oauth2/callback`, 'reverse-proxy': true, 'skip-provider-button': true, 'code-challenge-method': 'S256',
              'cookie-secure': true, 'cookie-samesite': 'lax', 'cookie-expire': '8h', 'cookie-refresh': '15m', 'cookie-name': '__Host-hubble',
            },
            ...exposure(cluster, host, chosen.acm_certificate_arn),
          },
          standIn: { workloads: [{ kind: 'Deployment', name: id, replicas: chosen.replicas, serviceAccount: id, port: 4180, requests }] },
        },
      ],
    };
  },
  network: ({ cluster, settings: chosen }) => {
    const told = toldOf(chosen);
    if (told === undefined) return [];
    return [
      hasGateway(cluster)
        ? { from: 'ingress', to: id, port: 4180, why: 'people come through the shared gateway' }
        : { from: 'world', to: id, port: 4180, why: 'people come through the load balancer, whose addresses are of the VPC' },
      { from: id, to: 'cilium/hubble-ui', port: 8081, why: 'shows Hubble to who may see it' },
      { from: id, to: new URL(told.issuer).hostname, port: 443, why: 'has people sign in' },
    ];
  },
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('one generic controller panel'),
  cost: ({ cluster }) => (hasGateway(cluster) ? none('behind the shared gateway') : none('one load balancer more, counted where Ingresses are')),
  checks: [deploymentReady(id)],
});
