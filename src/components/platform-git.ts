import type { Cluster, GitOps } from '../config/platform.ts';
import { fluxNamespace } from '../units/flux-names.ts';
import { absoluteGitUrl } from '../units/git-url.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { argocdNamespace } from '../units/wellknown.ts';
import { gitSecret, gitSecretName, readsGit } from './git-credentials.ts';
import { secretStoreOf } from './secret-store.ts';

/** Whether Terraform installs External Secrets first: an engine can't read a private repository before it, and it would come from there. Pure. */
export const needsSecretsFirst = ({ credentials }: GitOps, cluster: Cluster): boolean => credentials !== undefined && readsGit(cluster);

/**
 * What a cluster's engine needs to read a private repository, before it has read anything: a store that only its namespace may ask, and the Secret. Owned by the bootstrap root for ever, so that
 * a wrong credential can be mended while nothing can be read. Empty where everybody may read the repository. Pure.
 */
export const platformGitObjects = (gitops: GitOps, cluster: Cluster): readonly KubeObject[] => {
  const { credentials, repoUrl } = gitops;
  if (credentials === undefined || !readsGit(cluster)) return [];
  const { engine } = cluster;
  const namespace = engine === 'flux' ? fluxNamespace : argocdNamespace;
  return [
    secretStoreOf(gitSecretName, cluster.region, 'SecretsManager', { namespaces: [namespace] }),
    gitSecret(engine === 'flux' ? absoluteGitUrl(repoUrl) : repoUrl, credentials, { name: gitSecretName, namespace, engine, store: { kind: 'ClusterSecretStore', name: gitSecretName } }),
  ];
};
