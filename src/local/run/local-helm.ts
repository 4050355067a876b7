import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Clock } from '../../ports/clock.ts';
import type { Disk } from '../../ports/disk.ts';
import type { Kube } from '../../ports/kube.ts';
import type { Processes } from '../../ports/process.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { applyObjects, removeObjects, waitForWorkloads } from './cluster-objects.ts';

/** A `helm_release` as Terraform asks for it. */
export interface HelmRelease {
  readonly name: string;
  readonly namespace: string;
  /** Directory of a chart, or the name of one in the mirror. */
  readonly chart: string;
  readonly version?: string;
  /** YAML texts, later ones laid over earlier ones. */
  readonly values: readonly string[];
  /** Single values by dotted name; they win over `values`. */
  readonly set?: Readonly<Record<string, string>>;
  readonly wait: boolean;
  readonly timeoutS: number;
  readonly createNamespace: boolean;
}

export interface LocalHelmOptions {
  readonly processes: Processes;
  readonly clock: Clock;
  /** Path of the helm program. */
  readonly program: string;
  /** Kubernetes version the charts are rendered for, such as `1.35.4`. */
  readonly kubernetesVersion: string;
  /** Where the mirror keeps a chart of a cluster, or undefined when it has none of that name and version. */
  readonly chartPath: (cluster: string, chart: string, version: string | undefined) => string | undefined;
  /** Where the manifests of releases are recorded: `releases/<cluster>/…`. */
  readonly records: Disk;
}

type Recorded = readonly Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>[];

const recordPath = (cluster: string, { name, namespace }: Pick<HelmRelease, 'name' | 'namespace'>): string => `releases/${cluster}/${namespace}.${name}.json`;

/** Jobs that run around an installation need containers that really run; nodes here have none. */
const isHook = ({ metadata }: KubeObject): boolean => metadata.annotations?.['helm.sh/hook'] !== undefined;

/** Objects of rendered YAML, with the release's namespace where a namespaced kind names none (`helm template` leaves that to the server). Pure. */
export const objectsOf = (yaml: string, namespace: string): readonly KubeObject[] =>
  parseAllDocuments(yaml).flatMap((document): KubeObject[] => {
    if (!('toJS' in document)) return [];
    const found = document.toJS() as KubeObject | null;
    if (!found?.kind || !found.metadata?.name) return [];
    return [{ ...found, metadata: { namespace, ...found.metadata } }];
  });

/** Plays Helm for the helm provider: renders with the real program and applies to the cluster. */
export class LocalHelm {
  readonly #options: LocalHelmOptions;

  constructor(options: LocalHelmOptions) {
    this.#options = options;
  }

  /** Renders a release. Throws an `Error` with Helm's words. */
  async render(cluster: string, release: HelmRelease): Promise<readonly KubeObject[]> {
    const { processes, program, kubernetesVersion, chartPath } = this.#options;
    const isDirectory = release.chart.startsWith('/') || release.chart.startsWith('.');
    const chart = isDirectory ? release.chart : chartPath(cluster, release.chart, release.version);
    if (!chart) throw new Error(`chart "${release.chart}" version "${release.version ?? 'any'}" is not in the chart mirror of ${cluster}`);
    const scratch = await mkdtemp(join(tmpdir(), 'argoeks-helm-'));
    try {
      const files = await Promise.all(
        release.values.map(async (text, i) => {
          const file = join(scratch, `values-${i}.yaml`);
          await writeFile(file, text, { mode: 0o600 });
          return file;
        }),
      );
      const args = ['template', release.name, chart, '--namespace', release.namespace, '--include-crds', '--kube-version', kubernetesVersion, ...files.flatMap((f) => ['--values', f]), ...Object.entries(release.set ?? {}).flatMap(([k, v]) => ['--set', `${k}=${v.replaceAll(',', '\\,')}`])];
      const { code, stdout, stderr } = await processes.run({ program, args, env: { HELM_CACHE_HOME: scratch, HELM_CONFIG_HOME: scratch, HELM_DATA_HOME: scratch, KUBECONFIG: undefined } });
      if (code !== 0) throw new Error(stderr.trim() || `helm template ended with ${code}`);
      return objectsOf(stdout, release.namespace).filter((o) => !isHook(o));
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  /** Installs or upgrades; objects that the last version had and this one lacks are removed. Throws an `Error` with the cause. */
  async install(cluster: string, kube: Kube, release: HelmRelease): Promise<void> {
    const { clock, records } = this.#options;
    const objects = await this.render(cluster, release);
    const before = await this.#recorded(cluster, release);
    if (release.createNamespace) await kube.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: release.namespace } });
    await records.write(recordPath(cluster, release), JSON.stringify([...before, ...objects].map(({ apiVersion, kind, metadata: { name, namespace } }) => ({ apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}) } }))));
    await applyObjects(kube, objects, clock);
    const has = (o: Recorded[number]): boolean => objects.some((n) => n.kind === o.kind && n.metadata.name === o.metadata.name && n.metadata.namespace === o.metadata.namespace);
    await removeObjects(kube, before.filter((o) => !has(o)));
    await records.write(recordPath(cluster, release), JSON.stringify(objects.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({ apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}) } }))));
    if (!release.wait) return;
    const missing = await waitForWorkloads(kube, objects, clock, release.timeoutS * 1000);
    if (missing) throw new Error(`context deadline exceeded: ${missing}`);
  }

  /** Removes what a release brought, CRDs excepted, as Helm does. */
  async uninstall(cluster: string, kube: Kube | undefined, release: Pick<HelmRelease, 'name' | 'namespace'>): Promise<void> {
    const objects = await this.#recorded(cluster, release);
    if (kube) await removeObjects(kube, objects.filter((o) => o.kind !== 'CustomResourceDefinition'));
    await this.#options.records.remove(recordPath(cluster, release));
  }

  /** True when its objects were recorded as installed. */
  async isInstalled(cluster: string, release: Pick<HelmRelease, 'name' | 'namespace'>): Promise<boolean> {
    return (await this.#options.records.read(recordPath(cluster, release))) !== undefined;
  }

  async #recorded(cluster: string, release: Pick<HelmRelease, 'name' | 'namespace'>): Promise<Recorded> {
    const text = await this.#options.records.read(recordPath(cluster, release));
    return text ? (JSON.parse(text) as Recorded) : [];
  }
}
