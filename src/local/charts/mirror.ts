import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClusterPlan } from '../../model/plan.ts';
import type { ChartRelease } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { chartOf, digestOf, packChart, type ChartId } from './archive.ts';
import { indexFile, type IndexEntry } from './index-file.ts';
import { placeOf, renderStandIn } from './stand-in.ts';

/** What the mirror serves for one chart of one cluster. */
export interface MirroredChart extends ChartId {
  readonly cluster: string;
  readonly origin: 'real' | 'stand-in';
  /** Archive on disk. */
  readonly path: string;
}

export interface MirrorInput {
  /** Folder that is written: `<cluster>/index.yaml` and one archive per chart. Replaced as a whole. */
  readonly directory: string;
  readonly clusters: readonly ClusterPlan[];
  /** Pin of a chart release. */
  readonly pinOf: (release: ChartRelease) => ChartId;
  /** CRD by its full name. Throws when the catalogue doesn't know it. */
  readonly crd: (name: string) => KubeObject;
  /** Folder of `argoeks charts pull`, with `<name>-<version>.tgz`. */
  readonly cache: string;
}

const fileOf = ({ name, version }: ChartId): string => `${name}-${version}.tgz`;

/**
 * Builds the chart repositories of the local platform, one per cluster because a stand-in carries that cluster's role ARNs.
 * A chart found in the cache is served as it is; any other is a stand-in made from what the components that release it declare.
 * Effects: writes below `directory`, which appears complete or not at all.
 */
export const buildMirror = async ({ directory, clusters, pinOf, crd, cache }: MirrorInput): Promise<readonly MirroredChart[]> => {
  const fresh = `${directory}.new`;
  await rm(fresh, { recursive: true, force: true });
  const charts: MirroredChart[] = [];
  for (const { cluster, components } of clusters) {
    const releases = Map.groupBy(components.flatMap((c) => c.workload.releases).filter((r): r is ChartRelease => r.kind === 'chart'), (release) => fileOf(pinOf(release)));
    const entries: IndexEntry[] = [];
    await mkdir(join(fresh, cluster.name), { recursive: true });
    for (const [file, sharing] of releases) {
      const [first] = sharing;
      if (!first) continue;
      const pin = pinOf(first);
      const real = await readFile(join(cache, file)).catch(() => undefined);
      const archive =
        real ??
        (await packChart(
          pin.name,
          chartOf(pin, sharing.map((release) => ({ release: release.name, objects: renderStandIn(release.standIn, placeOf(release)) })), [...new Set(sharing.flatMap(({ standIn }) => standIn.crds ?? []))].map(crd)),
        ));
      await writeFile(join(fresh, cluster.name, file), archive);
      entries.push({ ...pin, digest: digestOf(archive), file });
      charts.push({ ...pin, cluster: cluster.name, origin: real ? 'real' : 'stand-in', path: join(directory, cluster.name, file) });
    }
    await writeFile(join(fresh, cluster.name, 'index.yaml'), indexFile(entries));
  }
  await mkdir(dirname(directory), { recursive: true });
  await rm(directory, { recursive: true, force: true });
  await rename(fresh, directory);
  return charts;
};
