import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { clusterIssuer } from '../units/wellknown.ts';

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

/** Certificates for webhooks and for traffic inside the cluster. */
export const certManager = defineComponent({
  id,
  summary: 'Issues and renews certificates inside the cluster.',
  layer: 'platform',
  requires: ['cilium', 'coredns'],
  defaultOn: true,
  settings: z.strictObject({
    replicas: z.int().min(1).max(3).default(1).meta({ description: 'Replicas of the controller and of its webhook.', unit: 'pods' }),
  }),
  infra: () => ({}),
  workload: ({ settings }) => ({
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
        },
        clusterValues: { replicaCount: settings.replicas, webhook: { replicaCount: settings.replicas } },
        ignoreDifferences: [
          { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
          { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
        ],
        standIn: {
          crds: charts['cert-manager'].crds,
          workloads: [
            { kind: 'Deployment', name: id, replicas: settings.replicas, serviceAccount: id, requests: { cpu: '50m', memory: '128Mi' } },
            { kind: 'Deployment', name: 'cert-manager-webhook', replicas: settings.replicas, serviceAccount: 'cert-manager-webhook', port: 10250, requests: { cpu: '10m', memory: '64Mi' } },
            { kind: 'Deployment', name: 'cert-manager-cainjector', serviceAccount: 'cert-manager-cainjector', requests: { cpu: '10m', memory: '128Mi' } },
          ],
        },
      },
      { kind: 'manifests', name: 'cluster-issuers', namespace: id, manifests: issuers, clusterManifests: [] },
    ],
  }),
  network: () => [
    { from: 'kube-apiserver', to: id, port: 10250, why: 'admission webhook' },
    { from: id, to: 'kube-apiserver', port: 443, why: 'watches certificates and writes secrets' },
  ],
  alerts: () => [
    { name: 'CertificateExpiresSoon', expr: 'certmanager_certificate_expiration_timestamp_seconds - time() < 7 * 24 * 3600', forMinutes: 60, severity: 'warning', summary: 'A certificate ends within a week and was not renewed.', runbook: 'certificate-expires-soon' },
  ],
  dashboards: () => none('one generic controller panel'),
  cost: () => none('runs on nodes that are paid already'),
  checks: [crdEstablished('certificates.cert-manager.io'), deploymentReady(id), deploymentReady(id, 'cert-manager-webhook')],
});
