import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { certManagerPolicy } from '../../catalog/iam/cert-manager.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import type { Cluster } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import type { Infra } from '../model/infra.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { clusterIssuer } from '../units/wellknown.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';

const id = 'cert-manager';
const selfSigned = 'platform-self-signed';

/** A CA of the cluster's own: a self-signed root, and the issuer that signs with it. */
const issuers: readonly KubeObject[] = [
  { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: selfSigned }, spec: { selfSigned: {} } },
  {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: clusterIssuer, namespace: id },
    spec: {
      isCA: true,
      commonName: clusterIssuer,
      secretName: clusterIssuer,
      duration: '87600h',
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
      issuerRef: { name: selfSigned, kind: 'ClusterIssuer', group: 'cert-manager.io' },
    },
  },
  { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: clusterIssuer }, spec: { ca: { secretName: clusterIssuer } } },
];

const settings = z.strictObject({
  replicas: z.int().min(1).max(3).default(1).meta({ description: 'Replicas of the controller and of its webhook.', unit: 'pods' }),
  acme: z
    .strictObject({
      email: z.email().meta({ description: 'Where the authority writes to.' }),
      server: z.url().default('https://acme-v02.api.letsencrypt.org/directory').meta({ description: 'Directory of the authority.' }),
      zone_id: z.string().regex(/^Z[A-Z0-9]+$/, { error: 'is not the id of a Route 53 zone such as "Z0123456789ABCDEFGHIJ"' }).meta({ description: 'Public Route 53 zone in which challenges are written.' }),
      domains: z.array(z.string().min(1)).min(1).meta({ description: 'Domains certificates are issued for.' }),
    })
    .optional()
    .meta({ description: 'Issuer `acme` of publicly trusted certificates; none when absent.' }),
});

/** Settings of the component, as planned. */
export type CertManagerSettings = z.infer<typeof settings>;

const acmeIssuer = (cluster: Cluster, { email, server, zone_id, domains }: NonNullable<z.infer<typeof settings>['acme']>): KubeObject => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'ClusterIssuer',
  metadata: { name: 'acme' },
  spec: {
    acme: {
      email,
      server,
      privateKeySecretRef: { name: 'acme-account' },
      solvers: [{ selector: { dnsZones: domains }, dns01: { route53: { region: cluster.region, hostedZoneID: zone_id } } }],
    },
  },
});

/** With one replica a budget would hold every drain up. */
const budgetFor = (replicas: number) => (replicas > 1 ? { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } } : {});

/** Certificates for webhooks and for traffic inside the cluster. */
export const certManager = defineComponent({
  id,
  summary: 'Issues and renews certificates inside the cluster.',
  layer: 'platform',
  requires: ['cilium', 'coredns'],
  defaultOn: true,
  settings,
  infra: ({ cluster, settings: { acme } }): Infra => (acme ? { controller: workloadRole(cluster, id, id, id, documented(cluster, [certManagerPolicy], { zoneId: acme.zone_id })) } : {}),
  workload: ({ cluster, settings: { replicas, acme }, infra }) => ({
    namespaces: [{ name: id, podSecurity: 'restricted' }],
    releases: [
      {
        kind: 'chart',
        name: id,
        namespace: id,
        chart: 'cert-manager',
        installedBy: 'gitops',
        values: {
          crds: { enabled: true, keep: true },
          global: { leaderElection: { namespace: id } },
          // A hook Job, which Argo CD would run after each sync.
          startupapicheck: { enabled: false },
          resources: { requests: { cpu: '50m', memory: '128Mi' } },
          webhook: { resources: { requests: { cpu: '10m', memory: '64Mi' } } },
          cainjector: { resources: { requests: { cpu: '10m', memory: '128Mi' } } },
        },
        clusterValues: {
          replicaCount: replicas,
          // The environment's private zone may have the names of the public one: asked there, a challenge would never be seen.
          ...(acme ? { dns01RecursiveNameservers: '1.1.1.1:53,8.8.8.8:53', dns01RecursiveNameserversOnly: true } : {}),
          ...budgetFor(replicas),
          webhook: { replicaCount: replicas, ...budgetFor(replicas) },
          ...(infra['controller']?.kind === 'iam-role' ? { serviceAccount: { annotations: roleAnnotation(infra['controller'].arn) } } : {}),
        },
        ignoreDifferences: [
          { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
          { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
        ],
        standIn: {
          crds: charts['cert-manager'].crds,
          workloads: [
            { kind: 'Deployment', name: id, replicas, serviceAccount: id, requests: { cpu: '50m', memory: '128Mi' } },
            { kind: 'Deployment', name: 'cert-manager-webhook', replicas, serviceAccount: 'cert-manager-webhook', port: 10250, requests: { cpu: '10m', memory: '64Mi' } },
            { kind: 'Deployment', name: 'cert-manager-cainjector', serviceAccount: 'cert-manager-cainjector', requests: { cpu: '10m', memory: '128Mi' } },
          ],
        },
      },
      { kind: 'manifests', name: 'cluster-issuers', namespace: id, manifests: issuers, clusterManifests: acme ? [acmeIssuer(cluster, acme)] : [] },
    ],
  }),
  network: ({ settings: { acme } }) => [
    ...(acme
      ? [
          { from: 'cert-manager/cert-manager', to: new URL(acme.server).hostname, port: 443, why: 'orders certificates' },
          { from: 'cert-manager/cert-manager', to: 'route53.amazonaws.com', port: 443, why: 'writes challenges' },
          { from: 'cert-manager/cert-manager', to: 'world', port: 53, protocol: 'ANY' as const, why: 'asks public name servers whether a challenge can be seen' },
        ]
      : []),
    { from: 'kube-apiserver', to: 'cert-manager/cert-manager-webhook', port: 10250, why: 'admission webhook' },
    { from: id, to: 'kube-apiserver', port: 443, why: 'watches certificates and writes secrets' },
  ],
  alerts: () => [
    { name: 'CertificateExpiresSoon', expr: 'certmanager_certificate_expiration_timestamp_seconds - time() < 7 * 24 * 3600', forMinutes: 60, severity: 'warning', summary: 'A certificate ends within a week and was not renewed.', runbook: 'certificate-expires-soon' },
  ],
  dashboards: () => none('one generic controller panel'),
  cost: () => none('runs on nodes that are paid already'),
  checks: [crdEstablished('certificates.cert-manager.io'), deploymentReady(id), deploymentReady(id, 'cert-manager-webhook')],
});
