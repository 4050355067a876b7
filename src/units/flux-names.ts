/** Names that Flux' output, its component, Terraform roots and the local platform have in common. */

/** Namespace of Flux and of the platform's own Flux objects, on every cluster that it reconciles. */
export const fluxNamespace = 'flux-system';

/** The GitRepository with the rendered output, and the Kustomization from which everything else follows. */
export const fluxRoot = 'platform';

/** Helm release of the bootstrap root that holds both. */
export const fluxRootRelease = 'flux-root';

/** Service accounts with the right to everything; whatever names none acts with the rights of its namespace's `default`. */
export const fluxAccounts = { kustomizations: 'kustomize-controller', releases: 'helm-controller' } as const;

/** Group and version of each kind of Flux. Source: the definitions of chart flux2 2.18.3 (`catalog/crds`). */
export const fluxApi = {
  kustomization: { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' },
  helmRelease: { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' },
  gitRepository: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository' },
  helmRepository: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository' },
  ociRepository: { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'OCIRepository' },
  imageRepository: { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImageRepository' },
  imagePolicy: { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImagePolicy' },
  imageUpdateAutomation: { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImageUpdateAutomation' },
  receiver: { apiVersion: 'notification.toolkit.fluxcd.io/v1', kind: 'Receiver' },
} as const;
