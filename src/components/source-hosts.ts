import type { GitOps } from '../config/platform.ts';

/** A host that desired state or charts are read from. */
export interface Source {
  readonly to: string;
  readonly port: number;
  readonly why: string;
}

/** Host and port of a git repository; nothing for one on this machine. */
export const gitSource = (repoUrl: string, why: string): readonly Source[] => {
  const isSsh = /^(?:[^@/]+@[^:/]+:|ssh:)/.test(repoUrl);
  const url = new URL(repoUrl.replace(/^[^@/]+@([^:/]+):/, 'ssh://$1/'));
  return url.hostname === '' ? [] : [{ to: url.hostname, port: Number(url.port || (isSsh ? 22 : 443)), why }];
};

/** Where a GitOps engine reads charts from. Public repositories hand files out from other hosts, which change: without a mirror it may reach every host by HTTPS. */
export const chartSources = ({ chartMirror }: GitOps): readonly Source[] => {
  if (chartMirror === undefined) return [{ to: 'world', port: 443, why: 'reads charts' }];
  const mirror = new URL(chartMirror.includes('://') ? chartMirror : `oci://${chartMirror}`);
  const region = /\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com$/.exec(mirror.hostname)?.[1];
  return [
    { to: mirror.hostname, port: Number(mirror.port || (mirror.protocol === 'http:' ? 80 : 443)), why: 'reads charts from the mirror' },
    // ECR hands layers out from a bucket. Source: Amazon ECR user guide, "Amazon ECR interface VPC endpoints", the S3 gateway endpoint.
    ...(region === undefined ? [] : [{ to: `prod-${region}-starport-layer-bucket.s3.${region}.amazonaws.com`, port: 443, why: 'reads charts from the mirror' }]),
  ];
};
