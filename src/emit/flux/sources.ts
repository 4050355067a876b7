import type { GitOps } from '../../config/platform.ts';
import type { OwnChart } from '../../model/workload.ts';
import { fluxApi, fluxNamespace } from '../../units/flux-names.ts';
import type { KubeObject } from '../../units/kube-object.ts';

/** Where a HelmRelease takes its chart from: an artifact of an OCI registry, or a chart of a repository. */
export type ChartSource = { readonly source: KubeObject; readonly spec: Readonly<Record<string, unknown>> };

const metadata = (name: string) => ({ name, namespace: fluxNamespace });

/** How often a source is looked at where nobody reports a change. */
export const sourceInterval = '10m';

/** A private ECR hands out a token for the role of source-controller; every other registry is read as it is. */
const providerOf = (url: string): 'aws' | 'generic' => (/\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/.test(url) ? 'aws' : 'generic');

const objectName = (url: string): string => url.replace(/^\w+:\/\//, '').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 63);

/** Base of a chart's repository: the mirror where there is one; an OCI registry with its scheme. */
const baseOf = ({ chartMirror }: GitOps, { repository }: OwnChart): string => {
  const base = (chartMirror ?? repository).replace(/\/$/, '');
  return base.includes('://') ? base : `oci://${base}`;
};

/** The source of a chart and what a HelmRelease says to use it. Pure. */
export const chartSource = (gitops: GitOps, pin: OwnChart): ChartSource => {
  const url = baseOf(gitops, pin);
  if (!url.startsWith('oci://')) {
    const name = objectName(url);
    return {
      source: { ...fluxApi.helmRepository, metadata: metadata(name), spec: { url, interval: sourceInterval } },
      // A version that is exact needs no second look.
      spec: { chart: { spec: { chart: pin.name, version: pin.version, interval: '24h', sourceRef: { kind: 'HelmRepository', name } } } },
    };
  }
  const name = objectName(`${pin.name}-${pin.version}`);
  return {
    source: {
      ...fluxApi.ociRepository,
      metadata: metadata(name),
      spec: {
        url: `${url}/${pin.name}`,
        interval: '24h',
        ref: { tag: pin.version },
        provider: providerOf(url),
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      },
    },
    spec: { chartRef: { kind: 'OCIRepository', name } },
  };
};
