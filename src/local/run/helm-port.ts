import { resolve } from 'node:path';
import type { Kube } from '../../ports/kube.ts';
import { rootPath } from '../../ops/roots.ts';
import type { HelmPort, HelmRelease as ProviderRelease } from '../../sim/provider/helm/release.ts';
import type { LocalWorld } from '../world.ts';
import type { HelmRelease, LocalHelm } from './local-helm.ts';

export interface HelmPortOptions {
  readonly world: LocalWorld;
  readonly helm: LocalHelm;
  readonly environment: string;
  /** Absolute directory of the staged tree: charts in folders are named relative to the bootstrap root that installs them. */
  readonly treeDirectory: string;
  readonly kube: (cluster: string) => Promise<Kube | undefined>;
}

/** Charts whose installation means that an engine's programs may start: they run beside the cluster, not in it. */
const argocdChart = 'argo-cd';
const fluxChart = 'flux2';

/** What the simulated helm provider asks for, done in the control plane that its `host` names. */
export const localHelmPort = ({ world, helm, environment, treeDirectory, kube }: HelmPortOptions): HelmPort => {
  const clusterOf = async ({ kubeHost, name }: ProviderRelease): Promise<string> => {
    const { clusters } = await world.status();
    const found = clusters.find((c) => new URL(c.endpoint).host === kubeHost.replace(/^https?:\/\//, '').replace(/\/$/, ''));
    if (!found) throw new Error(`Kubernetes cluster unreachable: no local control plane serves ${kubeHost || '(no host)'}, where release ${name} belongs`);
    return found.name;
  };
  const releaseFor = (cluster: string, release: ProviderRelease): HelmRelease => {
    const { name, namespace, chart, version, values, set, wait, createNamespace, timeoutSeconds } = release;
    const isFolder = chart.startsWith('.') || chart.startsWith('/');
    return {
      name, namespace, values, set, wait, createNamespace,
      chart: isFolder ? resolve(treeDirectory, rootPath(environment, cluster, 'bootstrap'), chart) : chart,
      timeoutS: timeoutSeconds,
      ...(version && !isFolder ? { version } : {}),
    };
  };
  return {
    install: async (release) => {
      const cluster = await clusterOf(release);
      const api = await kube(cluster);
      if (!api) throw new Error(`Kubernetes cluster unreachable: ${cluster} has no kubeconfig`);
      await helm.install(cluster, api, releaseFor(cluster, release));
      if (release.chart === argocdChart) await world.ensureArgoCd(cluster);
      if (release.chart === fluxChart) await world.ensureFlux(cluster);
      return { status: 'deployed', version: release.version ?? '0.1.0' };
    },
    uninstall: async (release) => {
      const cluster = await clusterOf(release).catch(() => undefined);
      if (cluster) await helm.uninstall(cluster, await kube(cluster), release);
    },
    read: async (release) => {
      const cluster = await clusterOf(release).catch(() => undefined);
      return cluster !== undefined && helm.isInstalled(cluster, release);
    },
  };
};
