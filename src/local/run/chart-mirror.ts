import { readdir } from 'node:fs/promises';
import { chartPins } from '../../compile/catalog-facts.ts';
import { pinOf } from '../../emit/argocd/application.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import { digest } from '../../ops/digest.ts';
import type { Disk } from '../../ports/disk.ts';
import { crdManifest } from '../../verify/kubernetes/crd-manifest.ts';
import { placeOf, renderStandIn } from '../charts/stand-in.ts';
import { chartCache } from '../charts/cache.ts';
import { buildMirror, type MirroredChart } from '../charts/mirror.ts';

const listPath = 'charts.json';

interface Kept {
  readonly digest: string;
  readonly charts: readonly MirroredChart[];
}

/**
 * Builds the chart repositories of an environment's clusters below `.argoeks/local/charts`, unless they are there for the same releases
 * and the same fetched charts: Argo CD may be reading them.
 */
export const ensureMirror = async (records: Disk, clusters: readonly ClusterPlan[]): Promise<readonly MirroredChart[]> => {
  const cache = chartCache();
  const fetched = (await readdir(cache).catch(() => [])).filter((f) => f.endsWith('.tgz')).sort();
  const releases = clusters.map(({ cluster, components }) => [cluster.name, components.flatMap((c) => c.workload.releases).flatMap((r) => (r.kind === 'chart' ? [[r.name, r.namespace, pinOf(chartPins, r), r.standIn.crds ?? [], renderStandIn(r.standIn, placeOf(r))]] : []))]);
  const wanted = digest(JSON.stringify(releases), ...fetched);
  const kept = JSON.parse((await records.read(listPath)) ?? '{}') as Partial<Kept>;
  if (kept.digest === wanted && kept.charts && (await records.list('charts')).length > 0) return kept.charts;
  const charts = await buildMirror({ directory: records.path('charts'), clusters, pinOf: (release) => pinOf(chartPins, release), crd: crdManifest, cache });
  await records.write(listPath, JSON.stringify({ digest: wanted, charts }));
  return charts;
};
