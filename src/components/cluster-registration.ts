import { z } from 'zod';
import type { Cluster, Environment, Platform } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import { registrationPath } from '../units/aws-names.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { argocdNamespace, platformStackLabel, registersClusterLabel, secretStore } from '../units/wellknown.ts';
import { shardOfCluster } from './argocd/shard.ts';
import { remoteRef } from './remote-ref.ts';

/** Argo CD's configuration of an EKS cluster; the braces in it are External Secrets' templates. Source: Argo CD, "Declarative setup", EKS. */
const config = (spoke: Cluster): string =>
  `{"awsAuthConfig":{"clusterName":"${spoke.name}","roleARN":"{{ .roleArn }}"},"tlsClientConfig":{"insecure":false,"caData":"{{ .certificateAuthority }}"}}`;

const parameter = (platform: Platform, environment: Environment, spoke: Cluster, secretKey: string, name: string) => ({
  secretKey,
  remoteRef: remoteRef(`${registrationPath(platform.name, environment.name, spoke.name)}/${name}`),
});

/** Makes the cluster Secret of one spoke from what its root wrote to Parameter Store. */
const registration = (platform: Platform, environment: Environment, spoke: Cluster): KubeObject => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: `cluster-${spoke.name}`, namespace: argocdNamespace, labels: { [registersClusterLabel]: spoke.name } },
  spec: {
    refreshInterval: '1h0m0s',
    secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore.parameterStore },
    target: {
      name: `cluster-${spoke.name}`,
      creationPolicy: 'Owner',
      // A spoke that can't be read for a while must stay registered.
      deletionPolicy: 'Retain',
      template: {
        type: 'Opaque',
        engineVersion: 'v2',
        mergePolicy: 'Replace',
        metadata: {
          labels: { ...spoke.labels, 'argocd.argoproj.io/secret-type': 'cluster', [platformStackLabel]: 'enabled' },
          annotations: {
            'argoeks.io/environment': environment.name,
            'argoeks.io/tier': spoke.tier,
            'argoeks.io/region': spoke.region,
            'argoeks.io/account-id': spoke.accountId,
          },
        },
        data: { name: spoke.name, server: '{{ .endpoint }}', config: config(spoke), ...shardOfCluster(environment, spoke) },
      },
    },
    data: [
      parameter(platform, environment, spoke, 'endpoint', 'endpoint'),
      parameter(platform, environment, spoke, 'certificateAuthority', 'certificate-authority'),
      parameter(platform, environment, spoke, 'roleArn', 'role-arn'),
    ],
  },
});

/** Registers the environment's other clusters with the hub's Argo CD, without a credential in git or in Terraform's state. */
export const clusterRegistration = defineComponent({
  id: 'cluster-registration',
  summary: 'Registers every other cluster of the environment with the hub\'s Argo CD.',
  layer: 'platform',
  requires: ['argocd', 'external-secrets'],
  defaultOn: 'hub',
  engine: 'argocd',
  settings: z.strictObject({}),
  infra: () => ({}),
  workload: ({ platform, environment, cluster }) => ({
    namespaces: [],
    releases: [
      {
        kind: 'manifests',
        name: 'cluster-registration',
        namespace: argocdNamespace,
        manifests: [],
        clusterManifests: environment.clusters.filter((other) => other.name !== cluster.name && other.engine === 'argocd').map((spoke) => registration(platform, environment, spoke)),
      },
    ],
  }),
  network: () => [],
  alerts: () => none('External Secrets reports a registration that fails'),
  dashboards: () => none('Argo CD shows its clusters'),
  cost: () => none('parameters of the standard tier are free'),
  checks: [],
});
