import { z } from 'zod';
import type { KubeObject } from '../../units/kube-object.ts';
import { argocdNamespace, registersClusterLabel } from '../../units/wellknown.ts';
import type { KubeAccess, KubeItem } from '../kube-rest.ts';
import type { Player } from './player.ts';

const Target = z.looseObject({
  target: z.looseObject({
    name: z.string().optional(),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()).optional(), annotations: z.record(z.string(), z.string()).optional() }).optional(),
      data: z.record(z.string(), z.string()).optional(),
    }).optional(),
  }).optional(),
});

/** The label by which Argo CD recognises a cluster Secret. Source: Argo CD, "Declarative setup", clusters. */
const clusterSecretType = { 'argocd.argoproj.io/secret-type': 'cluster' } as const;

/** What Argo CD needs to reach a local cluster: a token and the authority. Pure. */
export const clusterConfig = (access: KubeAccess): string => JSON.stringify({
  bearerToken: access.token,
  tlsClientConfig: { insecure: false, caData: Buffer.from(access.caPem, 'utf8').toString('base64') },
});

/** The cluster Secret for an ExternalSecret that registers a cluster: its metadata as written, but with the local cluster's address. Pure. */
export function clusterSecret(external: KubeItem, cluster: string, access: KubeAccess): KubeObject {
  const target = Target.safeParse(external.spec).data?.target;
  return {
    apiVersion: 'v1', kind: 'Secret', type: 'Opaque',
    metadata: {
      name: target?.name ?? external.metadata.name, namespace: external.metadata.namespace ?? argocdNamespace,
      labels: { ...target?.template?.metadata?.labels, ...clusterSecretType },
      annotations: { ...target?.template?.metadata?.annotations, 'argoeks.io/simulated': 'true' },
    },
    stringData: { name: target?.template?.data?.['name'] ?? cluster, server: access.endpoint, config: clusterConfig(access) },
  };
}

/**
 * Plays External Secrets for the Secrets that register clusters: what production reads from Parameter Store comes from the local
 * control planes. A cluster that has none yet is left alone. Changes: Secrets in Argo CD's namespace.
 */
export const externalSecrets = (accesses: () => Promise<ReadonlyMap<string, KubeAccess>>): Player => {
  const written = new Map<string, string>();
  return {
    name: 'external-secrets',
    async pass(rest) {
      const [wanted, known] = await Promise.all([
        rest.list(`/apis/external-secrets.io/v1/namespaces/${argocdNamespace}/externalsecrets`, { labelSelector: registersClusterLabel }),
        accesses(),
      ]);
      for (const external of wanted) {
        const cluster = external.metadata.labels?.[registersClusterLabel] ?? '';
        const access = known.get(cluster);
        if (!access || external.metadata.deletionTimestamp !== undefined) continue;
        const secret = clusterSecret(external, cluster, access);
        const path = `/api/v1/namespaces/${argocdNamespace}/secrets/${secret.metadata.name}`;
        const text = JSON.stringify(secret);
        if (written.get(path) === text && await rest.get(path)) continue;
        await rest.apply(path, secret);
        written.set(path, text);
      }
    },
  };
};
