import type { GitCredentials } from '../config/git-credentials.ts';
import type { GitOps } from '../config/platform.ts';
import { absoluteGitUrl } from '../units/git-url.ts';
import { tokenHost } from './git-credentials.ts';

/** A host that desired state or charts are read from. */
export interface Source {
  readonly to: string;
  readonly port: number;
  readonly why: string;
}

/** Host and port of a git repository, and the host that hands out its token; nothing for one on this machine. */
export const gitSource = (repoUrl: string, why: string, credentials?: GitCredentials): readonly Source[] => {
  const url = new URL(absoluteGitUrl(repoUrl));
  if (url.hostname === '') return [];
  const token = tokenHost(repoUrl, credentials);
  return [
    { to: url.hostname, port: Number(url.port || (url.protocol === 'ssh:' ? 22 : 443)), why },
    ...(token === undefined || token === url.hostname ? [] : [{ to: token, port: 443, why: 'asks for a token of the GitHub App' }]),
  ];
};

/** Account, region and path of the mirror where it is a private ECR, which only hands out anything to a role. Pure. */
export const privateEcr = ({ chartMirror }: GitOps): { readonly account: string; readonly region: string; readonly path: string } | undefined => {
  const [, account, region, path = ''] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?(?:\/(.*))?$/.exec(chartMirror ?? '') ?? [];
  return account === undefined || region === undefined ? undefined : { account, region, path };
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
