import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { externalSecretsPolicy, pushOneSecretPolicy, readSecretPolicy } from '../../catalog/iam/external-secrets.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { namespaceOwnerLabel, platformOwner, secretStore } from '../units/wellknown.ts';
import { isMeshed, meshSecretName } from './clustermesh-peers.ts';
import { gitSecretNames } from './git-credentials.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';
import { needsSecretsFirst } from './platform-git.ts';
import { externalSecretsName, secretStoreOf } from './secret-store.ts';

const id = externalSecretsName;

/** The platform's secrets: nobody else's namespace may ask them. */
const platformOnly = { namespaceSelector: { matchLabels: { [namespaceOwnerLabel]: platformOwner } } };

const store = (name: string, region: string, service: 'SecretsManager' | 'ParameterStore') => secretStoreOf(name, region, service, platformOnly);

/** Secrets stay in AWS; the cluster gets them as Kubernetes Secrets from two stores. */
export const externalSecrets = defineComponent({
  id,
  summary: 'Copies secrets from Secrets Manager and Parameter Store into Kubernetes Secrets.',
  layer: 'platform',
  requires: ['cilium', 'coredns'],
  defaultOn: true,
  settings: z.strictObject({
    prefixes: z.array(z.string().regex(/^[\w./-]+\/$/, { error: 'must end in "/"' })).optional().meta({ description: 'What names of secrets and parameters must begin with, without the leading slash; `<platform>/<env>/` and `<env>/` when absent.' }),
    key_arns: z.array(z.string().regex(/^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, { error: 'is not the ARN of a KMS key' })).default([]).meta({ description: 'KMS keys of your own with which secrets and parameters are encrypted; those of AWS need no entry.' }),
    replicas: z.int().min(1).max(3).default(1).meta({ description: 'Replicas; one leads.', unit: 'pods' }),
  }),
  infra: ({ platform, environment, cluster, settings }) => {
    const prefixes = settings.prefixes ?? [`${platform.name}/${environment.name}/`, `${environment.name}/`];
    // Names of secrets may begin with a slash, which is then part of the name; paths of parameters always do.
    const secretPrefix = prefixes.flatMap((prefix) => [prefix, `/${prefix}`]);
    // The hub makes the authority of a cluster mesh, the others read it.
    const mesh = isMeshed(cluster) ? [meshSecretName(platform.name, environment.name)] : [];
    const named = [...gitSecretNames(platform.gitops, environment, cluster), ...mesh];
    return { controller: workloadRole(cluster, id, id, id, documented(cluster, [externalSecretsPolicy, readSecretPolicy, pushOneSecretPolicy], { secretPrefix, parameterPrefix: prefixes, keyArn: settings.key_arns, secretName: named, pushedName: cluster.hub ? mesh : [] })) };
  },
  workload: ({ platform, cluster, settings, infra }) => ({
    namespaces: [{ name: id, podSecurity: 'restricted' }],
    releases: [
      {
        kind: 'chart',
        name: id,
        namespace: id,
        chart: 'external-secrets',
        // An engine that can't read git without a secret can't install what brings the secret.
        installedBy: needsSecretsFirst(platform.gitops, cluster) ? 'terraform' : 'gitops',
        values: {
          installCRDs: true,
          // Without this an uninstall takes every ExternalSecret, and the Secrets with them.
          crds: { annotations: { 'helm.sh/resource-policy': 'keep' } },
          serviceAccount: { name: id },
          leaderElect: true,
          resources: { requests: { cpu: '50m', memory: '128Mi' } },
          webhook: { resources: { requests: { cpu: '10m', memory: '64Mi' } } },
          certController: { resources: { requests: { cpu: '10m', memory: '64Mi' } } },
        },
        clusterValues: { replicaCount: settings.replicas, ...(settings.replicas > 1 ? { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } } : {}), serviceAccount: { annotations: roleAnnotation(infra.controller.arn) } },
        ignoreDifferences: [
          // The certificate controller writes these.
          { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
          { kind: 'Secret', name: 'external-secrets-webhook', jsonPointers: ['/data'] },
        ],
        standIn: {
          crds: charts['external-secrets'].crds.filter((name) => !name.includes('.generators.') || name.startsWith('passwords.')),
          workloads: [
            { kind: 'Deployment', name: id, replicas: settings.replicas, serviceAccount: id, roleArn: infra.controller.arn, requests: { cpu: '50m', memory: '128Mi' } },
            { kind: 'Deployment', name: 'external-secrets-webhook', serviceAccount: 'external-secrets-webhook', port: 10250, requests: { cpu: '10m', memory: '64Mi' } },
            { kind: 'Deployment', name: 'external-secrets-cert-controller', serviceAccount: 'external-secrets-cert-controller', requests: { cpu: '10m', memory: '64Mi' } },
          ],
        },
      },
      {
        kind: 'manifests',
        name: 'secret-stores',
        namespace: id,
        manifests: [],
        clusterManifests: [store(secretStore.secretsManager, cluster.region, 'SecretsManager'), store(secretStore.parameterStore, cluster.region, 'ParameterStore')],
      },
    ],
  }),
  network: ({ cluster }) => [
    { from: id, to: 'kube-apiserver', port: 443, why: 'watches ExternalSecrets, and writes Secrets and certificates' },
    { from: 'external-secrets/external-secrets', to: `secretsmanager.${cluster.region}.amazonaws.com`, port: 443, why: 'reads secrets' },
    { from: 'external-secrets/external-secrets', to: `ssm.${cluster.region}.amazonaws.com`, port: 443, why: 'reads parameters' },
    { from: 'external-secrets/external-secrets', to: `sts.${cluster.region}.amazonaws.com`, port: 443, why: 'assumes the role of a store' },
    { from: 'kube-apiserver', to: 'external-secrets/external-secrets-webhook', port: 10250, why: 'admission webhooks' },
  ],
  alerts: () => [
    { name: 'ExternalSecretNotReady', expr: 'externalsecret_status_condition{condition="Ready",status="False"} == 1', forMinutes: 15, severity: 'warning', summary: 'A secret can not be read from AWS; its Kubernetes Secret is old or absent.', runbook: 'external-secret-not-ready' },
  ],
  dashboards: () => none('one generic controller panel'),
  cost: () => none('secrets are counted by what owns them'),
  checks: [crdEstablished('clustersecretstores.external-secrets.io'), deploymentReady(id)],
});
