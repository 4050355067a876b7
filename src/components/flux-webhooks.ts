import { z } from 'zod';
import { loadBalancer } from '../config/load-balancer-settings.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import { webAclName } from '../units/aws-names.ts';
import { fluxApi, fluxNamespace, fluxRoot } from '../units/flux-names.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { secretStore } from '../units/wellknown.ts';

const id = 'flux-webhooks';
const secret = 'webhook-token';
/** Service that the chart puts in front of notification-controller, and the port of its pods. Source: chart flux2 2.18.3, `templates/notification-controller-webhook-service.yaml`. */
const receiverService = { name: 'webhook-receiver', port: 80, podPort: 9292 } as const;

/** What each host calls a push; the others are refused. Source: notification-controller v1.8.3, docs/spec/v1/receivers.md. */
const events: Readonly<Record<string, readonly string[]>> = { github: ['ping', 'push'], gitlab: ['Push Hook', 'Tag Push Hook'], bitbucket: ['diagnostics:ping', 'repo:refs_changed'], 'generic-hmac': [] };

const settings = z.strictObject({
  type: z.enum(['github', 'gitlab', 'bitbucket', 'generic-hmac']).default('github').meta({ description: 'Who calls: GitHub or Gitea, GitLab, Bitbucket Server, or anybody who signs with HMAC (`X-Signature: sha256=…`).' }),
  secret_name: z.string().min(1).optional().meta({ description: 'Secret in Secrets Manager with the key `token`, which the host signs or sends; `<env>/flux/webhook` when absent.' }),
  host: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, { error: 'is not a DNS name' }).optional().meta({ description: 'Name that the host calls; `flux-<cluster>.<domain of the environment>` when absent.' }),
  ...loadBalancer,
  waf: z.boolean().default(false).meta({ description: 'Puts the web ACL `<env>-argocd-waf` in front, where `edge.waf` makes it. Its common rules refuse bodies over 8 KiB, which pushes often have.' }),
});
type Settings = z.output<typeof settings>;

/** Name that the git host calls. Pure. */
export const webhookHost = ({ domain }: Pick<Environment, 'domain'>, { name }: Pick<Cluster, 'name'>, chosen: unknown): string => (chosen as Settings).host ?? `flux-${name}.${domain}`;

const tokenOf = (key: string): KubeObject => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: secret, namespace: fluxNamespace },
  spec: {
    refreshInterval: '1h0m0s',
    secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore.secretsManager },
    target: { name: secret, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    data: [{ secretKey: 'token', remoteRef: { key, property: 'token', conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } }],
  },
});

const receiver = ({ type }: Settings): KubeObject => ({
  ...fluxApi.receiver,
  metadata: { name: fluxRoot, namespace: fluxNamespace },
  spec: {
    type,
    ...(events[type]?.length ? { events: events[type] } : {}),
    secretRef: { name: secret },
    resources: [{ ...fluxApi.gitRepository, name: fluxRoot }],
  },
});

/** TLS ends at the load balancer: the controller speaks none. It answers 404 to whatever is no hook, so that is what health is. Source: notification-controller v1.8.3, internal/server/receiver_server.go. */
const ingressOf = (environment: Environment, cluster: Cluster, chosen: Settings): KubeObject => {
  const annotations = {
    scheme: chosen.scheme, 'target-type': 'ip', 'listen-ports': '[{"HTTPS":443}]', 'ssl-policy': chosen.ssl_policy, 'inbound-cidrs': chosen.allowed_cidrs.join(','),
    ...(chosen.certificate_arn === undefined ? {} : { 'certificate-arn': chosen.certificate_arn }),
    'backend-protocol': 'HTTP', 'healthcheck-protocol': 'HTTP', 'healthcheck-path': '/', 'success-codes': '404',
    'load-balancer-attributes': 'routing.http.drop_invalid_header_fields.enabled=true',
    'wafv2-acl-name': chosen.waf && environment.settings.edge.waf.enabled ? webAclName(environment.name) : 'none',
  };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: receiverService.name, namespace: fluxNamespace, annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value])) },
    spec: {
      ingressClassName: 'alb',
      rules: [{ host: webhookHost(environment, cluster, chosen), http: { paths: [{ path: '/hook/', pathType: 'Prefix', backend: { service: { name: receiverService.name, port: { number: receiverService.port } } } }] } }],
    },
  };
};

/** A push is known at once and not within a minute. Whoever calls has to know a path that nobody can guess, and to sign what is said. */
export const fluxWebhooks = defineComponent({
  id,
  summary: 'Lets the git host tell Flux of a push, through a load balancer with TLS.',
  layer: 'platform',
  requires: ['flux', 'external-secrets', 'aws-load-balancer-controller'],
  defaultOn: false,
  engine: 'flux',
  settings,
  infra: () => ({}),
  workload: ({ environment, cluster, settings: chosen }) => ({
    namespaces: [],
    releases: [{ kind: 'manifests', name: id, namespace: fluxNamespace, manifests: [], clusterManifests: [tokenOf(chosen.secret_name ?? `${environment.name}/flux/webhook`), receiver(chosen), ingressOf(environment, cluster, chosen)] }],
  }),
  network: () => [{ from: 'world', to: 'flux/notification-controller', port: receiverService.podPort, why: 'the load balancer brings what the git host says' }],
  alerts: () => none('Flux looks at the repository each minute all the same'),
  dashboards: () => none('the dashboard of Flux shows what was received'),
  cost: () => none('a load balancer is part of what a cluster is estimated to cost'),
  checks: [],
});
