import type { GitopsEngine } from '../../config/gitops-engine.ts';

/** One program of a Go module in `local/tools/`. */
export interface Program {
  /** Name of the binary in the cache. */
  readonly name: string;
  /** Import path of its main package. */
  readonly package: string;
  /** How to ask a binary found on PATH for its version; absent where only our own build will do. */
  readonly versionArgs?: readonly string[];
}

/** A literal that is replaced in the copied source before building. Building fails when it is not found exactly once. */
export interface SourcePatch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** How one Go module of `local/tools/` becomes programs. */
export interface Recipe {
  /** Folder below `local/tools/`. */
  readonly folder: string;
  readonly version: string;
  /** Version of its module, where that counts otherwise. */
  readonly moduleVersion?: string;
  readonly programs: readonly Program[];
  /** `-X` settings of the linker. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Build tags. */
  readonly tags?: readonly string[];
  /** Module whose source is copied and patched before building. */
  readonly patched?: { readonly module: string; readonly patches: readonly SourcePatch[] };
  /** Files of a module that are kept beside the programs: cache folder → path below the module. */
  readonly keep?: { readonly module: string; readonly from: string; readonly to: string };
  /** GitOps engine it belongs to; absent: wanted with either. */
  readonly engine?: GitopsEngine;
  /** Seconds on two cores with nothing cached; only for the progress display. */
  readonly typicalSeconds: number;
}

const kubernetes = '1.35.4';
const componentBase = 'k8s.io/component-base/version';

/**
 * The programs of the local platform, pinned by the Go modules in `local/tools/`, in the order in which they are built.
 *
 * Argo CD is 3.2 where the pinned chart runs 3.4: from 3.3 on its Go module takes gitops-engine from a folder that is not part of the module
 * (`replace … => ./gitops-engine`), so those can't be built from modules alone.
 *
 * Flux is 2.9.4 where the pinned chart runs 2.8.5, whose controllers are not all to be had as Go modules.
 *
 * Argo CD's application controller listens for metrics on every interface and offers no flag for it
 * (`controller/appcontroller.go`, v3.2.6); the local platform must not listen beyond loopback, so that literal is patched.
 */
export const recipes: readonly Recipe[] = [
  { folder: 'redis', version: '2', engine: 'argocd', typicalSeconds: 10, programs: [{ name: 'argoeks-redis', package: '.' }] },
  {
    folder: 'etcd', version: '3.6.5', typicalSeconds: 25,
    programs: [{ name: 'etcd', package: 'go.etcd.io/etcd/server/v3', versionArgs: ['--version'] }],
  },
  {
    folder: 'kubernetes', version: kubernetes, typicalSeconds: 240,
    variables: {
      [`${componentBase}.gitVersion`]: `v${kubernetes}`,
      [`${componentBase}.gitMajor`]: '1',
      [`${componentBase}.gitMinor`]: '35',
    },
    programs: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) => ({
      name, package: `k8s.io/kubernetes/cmd/${name}`, versionArgs: ['--version'],
    })),
  },
  {
    folder: 'kwok', version: '0.8.0', typicalSeconds: 70,
    variables: { 'sigs.k8s.io/kwok/pkg/consts.Version': 'v0.8.0' },
    programs: [{ name: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok', versionArgs: ['--version'] }],
  },
  {
    folder: 'argocd', version: '3.2.6', engine: 'argocd', typicalSeconds: 240,
    variables: { 'github.com/argoproj/argo-cd/v3/common.version': '3.2.6' },
    programs: [{ name: 'argocd', package: 'github.com/argoproj/argo-cd/v3/cmd' }],
    patched: {
      module: 'github.com/argoproj/argo-cd/v3',
      patches: [{
        file: 'controller/appcontroller.go',
        find: 'metricsAddr := fmt.Sprintf("0.0.0.0:%d", metricsPort)',
        replace: 'metricsAddr := fmt.Sprintf("127.0.0.1:%d", metricsPort)',
      }],
    },
    keep: { module: 'github.com/argoproj/argo-cd/v3', from: 'manifests/crds', to: 'argocd-crds' },
  },
  {
    folder: 'flux', version: '2.9.4', moduleVersion: '1.9.4', engine: 'flux', typicalSeconds: 340,
    programs: ['source-controller', 'kustomize-controller', 'helm-controller'].map((name) => ({ name, package: `github.com/fluxcd/${name}` })),
  },
  {
    folder: 'kustomize', version: '5.7.1', typicalSeconds: 15,
    programs: [{ name: 'kustomize', package: 'sigs.k8s.io/kustomize/kustomize/v5', versionArgs: ['version'] }],
  },
  {
    folder: 'helm', version: '3.20.0', typicalSeconds: 85,
    variables: { 'helm.sh/helm/v3/internal/version.version': 'v3.20.0' },
    programs: [{ name: 'helm', package: 'helm.sh/helm/v3/cmd/helm', versionArgs: ['version', '--short'] }],
  },
];

/** Programs that only tests run; built when one asks for its folder. */
export const testRecipes: readonly Recipe[] = [
  // Of the versions that the pinned chart runs: `charts['kube-prometheus-stack'].images`.
  {
    folder: 'prometheus', version: '3.14.0', moduleVersion: '0.314.0', typicalSeconds: 120,
    // Without the clients of two dozen clouds, which only finding targets needs (`plugins/`): they are most of the build.
    tags: ['remove_all_sd'],
    variables: { 'github.com/prometheus/common/version.Version': '3.14.0' },
    programs: [{ name: 'promtool', package: 'github.com/prometheus/prometheus/cmd/promtool', versionArgs: ['--version'] }],
  },
  {
    folder: 'alertmanager', version: '0.34.0', typicalSeconds: 120,
    variables: { 'github.com/prometheus/common/version.Version': '0.34.0' },
    programs: [{ name: 'amtool', package: 'github.com/prometheus/alertmanager/cmd/amtool', versionArgs: ['--version'] }],
  },
  // Of the version that the platform runs (`catalog/thanos.ts`); the newest that Go 1.26.8 builds.
  {
    folder: 'thanos', version: '0.42.4', typicalSeconds: 240,
    // The project's own (`.promu.yml`): without slicelabels it reads labels as what they are not, and crashes at the first block.
    tags: ['netgo', 'slicelabels'],
    variables: { 'github.com/prometheus/common/version.Version': '0.42.4' },
    programs: [{ name: 'thanos', package: 'github.com/thanos-io/thanos/cmd/thanos', versionArgs: ['--version'] }],
  },
  { folder: 'cilium-policy', version: '1.19.6', typicalSeconds: 160, programs: [{ name: 'cilium-policy', package: '.' }] },
];

/** OpenTofu, built only where neither a usable terraform nor a usable tofu is on PATH. Source: Go checksum database. */
export const openTofu = { module: 'github.com/opentofu/opentofu', version: '1.12.6', package: './cmd/tofu', typicalSeconds: 200 } as const;
