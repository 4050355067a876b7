import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An answer of a registry. */
export interface OciAnswer {
  readonly type: string;
  readonly digest: string;
  readonly body: Buffer;
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.cncf.helm.config.v1+json';
const chartType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

const digestOf = (body: Buffer): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

interface Artifact {
  readonly manifest: OciAnswer;
  readonly blobs: ReadonlyMap<string, OciAnswer>;
}

/** A chart's archive as an artifact of an OCI registry. Source: Helm, "Registries", "Helm artifacts". */
const artifactOf = (name: string, version: string, archive: Buffer): Artifact => {
  const config = Buffer.from(JSON.stringify({ apiVersion: 'v2', name, version }));
  const layer = { type: chartType, digest: digestOf(archive), body: archive };
  const described = { type: configType, digest: digestOf(config), body: config };
  const body = Buffer.from(JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: configType, digest: described.digest, size: config.length },
    layers: [{ mediaType: chartType, digest: layer.digest, size: archive.length }],
  }));
  return { manifest: { type: manifestType, digest: digestOf(body), body }, blobs: new Map([[layer.digest, layer], [described.digest, described]]) };
};

const asked = /^\/v2\/([a-z0-9-]+)\/([a-z0-9-]+)\/(manifests|blobs)\/([\w.:-]+)$/;

/**
 * The charts of a mirror as a registry reads them out: `/v2/<cluster>/<chart>/…`. Undefined where there is nothing. Digests are those of versions asked for
 * before, which is the order of the protocol. Reads the mirror's files.
 */
export const ociRegistry = (root: string): ((path: string) => Promise<OciAnswer | undefined>) => {
  const known = new Map<string, OciAnswer>();
  return async (path) => {
    if (path === '/v2/') return { type: 'application/json', digest: '', body: Buffer.from('{}') };
    const [, cluster = '', name = '', kind, reference = ''] = asked.exec(path) ?? [];
    if (kind === undefined) return undefined;
    if (reference.startsWith('sha256:')) return known.get(reference);
    if (kind === 'blobs') return undefined;
    const archive = await readFile(join(root, cluster, `${name}-${reference}.tgz`)).catch(() => undefined);
    if (!archive) return undefined;
    const { manifest, blobs } = artifactOf(name, reference, archive);
    for (const answer of [manifest, ...blobs.values()]) known.set(answer.digest, answer);
    return manifest;
  };
};
