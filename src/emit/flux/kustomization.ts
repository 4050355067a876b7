import type { Tier } from '../../config/platform.ts';
import { fluxAccounts, fluxApi, fluxNamespace, fluxRoot } from '../../units/flux-names.ts';
import type { KubeObject } from '../../units/kube-object.ts';

/** What decides a Kustomization. */
export interface KustomizationParts {
  readonly name: string;
  readonly tier: Tier;
  readonly path: string;
  /** Names of the Kustomizations that must be ready first; sorted. */
  readonly after: readonly string[];
  /** Of what is not to disappear with its file: what Terraform installed, namespaces. */
  readonly keep: boolean;
  /** Its own objects say what is kept; only what is generated new with each change goes by itself. */
  readonly guardsItself?: boolean;
  /** Brings definitions of custom resources: with them every object of their kinds would go, those of users too. */
  readonly defines: boolean;
}

/**
 * One step of a cluster's bring-up: it starts when all before it are ready, and is ready itself when everything it applied is. Nothing is deleted in prod because a
 * file went, nor anywhere what Terraform installed first. Pure.
 */
export const kustomization = ({ name, tier, path, after, keep, defines, guardsItself = false }: KustomizationParts): KubeObject => ({
  ...fluxApi.kustomization,
  metadata: { name, namespace: fluxNamespace, labels: { 'argoeks.io/release': name } },
  spec: {
    interval: '10m',
    retryInterval: '30s',
    // Longer than the longest installation below it.
    timeout: '20m',
    sourceRef: { kind: fluxApi.gitRepository.kind, name: fluxRoot },
    path: `./${path}`,
    serviceAccountName: fluxAccounts.kustomizations,
    prune: guardsItself || (tier !== 'prod' && !keep),
    deletionPolicy: tier === 'prod' || keep || defines ? 'Orphan' : 'MirrorPrune',
    wait: true,
    ...(after.length === 0 ? {} : { dependsOn: after.map((each) => ({ name: each })) }),
  },
});
