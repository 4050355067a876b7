import type { KubeObject } from '../units/kube-object.ts';

/** Chart, namespace and service account of External Secrets. */
export const externalSecretsName = 'external-secrets';

/** A store of one AWS service that External Secrets reads with its own role; `condition` says which namespaces may ask it. Pure. */
export const secretStoreOf = (name: string, region: string, service: 'SecretsManager' | 'ParameterStore', condition: Readonly<Record<string, unknown>>): KubeObject => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ClusterSecretStore',
  metadata: { name },
  spec: { conditions: [condition], provider: { aws: { service, region, auth: { jwt: { serviceAccountRef: { name: externalSecretsName, namespace: externalSecretsName } } } } } },
});
