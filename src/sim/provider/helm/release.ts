import type { ResourceModel } from '../engine/model.ts';
import type { Attributes } from '../values.ts';
import { isRecord, records, text, texts } from '../values.ts';

/** A release as Terraform wants it: what the `helm_release` resource says, with defaults filled in. */
export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  /** Name in the repository, or path of a folder. */
  readonly chart: string;
  readonly repository?: string;
  readonly version?: string;
  /** YAML texts; later ones win. */
  readonly values: readonly string[];
  /** Single values by dotted name; they win over `values`. */
  readonly set: Readonly<Record<string, string>>;
  readonly wait: boolean;
  readonly createNamespace: boolean;
  readonly timeoutSeconds: number;
  /** API server of the provider's `kubernetes` block; empty where it names none. */
  readonly kubeHost: string;
}

/** What became of an installation. */
export interface InstalledRelease {
  /** "deployed" if all went well. */
  readonly status: string;
  /** Version of the chart that was installed. */
  readonly version: string;
  readonly manifest?: string;
}

/** Installs charts for real. What it throws becomes a diagnostic with its message. */
export interface HelmPort {
  /** Installs or upgrades. */
  install(release: HelmRelease): Promise<InstalledRelease>;
  uninstall(release: HelmRelease): Promise<void>;
  /** Is it there? */
  read(release: HelmRelease): Promise<boolean>;
}

/** Only keeps records: for tests and plans without a cluster. */
export const recordingHelm = (): HelmPort & { readonly releases: Map<string, HelmRelease> } => {
  const releases = new Map<string, HelmRelease>();
  const key = (r: HelmRelease): string => `${r.kubeHost}/${r.namespace}/${r.name}`;
  return {
    releases,
    install: async (r) => {
      releases.set(key(r), r);
      return { status: 'deployed', version: r.version ?? '0.0.0' };
    },
    uninstall: async (r) => void releases.delete(key(r)),
    read: async (r) => releases.has(key(r)),
  };
};

/** Release that the attributes of a `helm_release` describe. Pure. */
export function releaseOf(a: Attributes, kubeHost: string): HelmRelease {
  const sets = [...records(a['set'] ?? null), ...records(a['set_sensitive'] ?? null)];
  const repository = text(a['repository']);
  const version = text(a['version']);
  return {
    name: text(a['name']) ?? '', namespace: text(a['namespace']) ?? 'default', chart: text(a['chart']) ?? '',
    ...(repository ? { repository } : {}), ...(version ? { version } : {}),
    values: texts(a['values']),
    set: Object.fromEntries(sets.map((s) => [text(s['name']) ?? '', text(s['value']) ?? ''])),
    wait: a['wait'] !== false, createNamespace: a['create_namespace'] === true, timeoutSeconds: Number(a['timeout'] ?? 300), kubeHost,
  };
}

/** Address of the API server in the configuration of the helm provider. */
export const kubeHostOf = (config: Attributes): string => {
  const kubernetes = config['kubernetes'] ?? null;
  return isRecord(kubernetes) ? (text(kubernetes['host']) ?? '') : '';
};

/** Names of a release are unique in a cluster's namespace. Clusters are told apart by `clusterStore`. */
export const releaseModel: ResourceModel = {
  source: 'hashicorp/terraform-provider-helm v3.1.1 helm/resource_helm_release.go',
  label: 'Helm release',
  forceNew: ['name', 'namespace'],
  defaults: {
    atomic: false, cleanup_on_fail: false, create_namespace: false, dependency_update: false, disable_crd_hooks: false, disable_openapi_validation: false,
    disable_webhooks: false, force_update: false, lint: false, max_history: 0, namespace: 'default', pass_credentials: false, recreate_pods: false,
    render_subchart_notes: true, replace: false, reset_values: false, reuse_values: false, skip_crds: false, take_ownership: false, timeout: 300,
    upgrade_install: false, verify: false, wait: true, wait_for_jobs: false,
  },
  recompute: { metadata: ['*'], status: ['*'] },
  name: (a) => text(a['name']) ?? '',
  compute: (c) => {
    const [name, namespace] = [text(c.planned['name']) ?? '', text(c.planned['namespace']) ?? 'default'];
    return { id: `${namespace}/${name}`, name, namespace, status: 'pending-install', version: '', manifest: '', metadata: null, resources: {} };
  },
};
