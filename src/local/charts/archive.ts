import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { stringify } from 'yaml';
import type { KubeObject } from '../../units/kube-object.ts';

/** Name and version under which Helm asks for a chart. */
export interface ChartId {
  readonly name: string;
  readonly version: string;
}

/** Files of a chart by path below its folder. */
export type ChartFiles = ReadonlyMap<string, string>;

/** Helm evaluates `{{`; objects are data here, so an opening is written as the string it stands for. */
const asTemplate = (text: string): string => text.replaceAll('{{', '{{ "{{" }}');

/** What one release of a chart creates. */
export interface ReleasedObjects {
  readonly release: string;
  readonly objects: readonly KubeObject[];
}

/**
 * Files of a chart that creates exactly these objects: CRDs in `crds/`, which Helm doesn't evaluate, the rest as templates whose only
 * logic is the name of the release, where several releases share the chart. Values are accepted and change nothing. Pure.
 */
export const chartOf = (id: ChartId, releases: readonly ReleasedObjects[], crds: readonly KubeObject[]): ChartFiles => {
  const only = (release: string, text: string): string => (releases.length > 1 ? `{{ if eq .Release.Name "${release}" }}\n${text}{{ end }}\n` : text);
  const templates = releases.flatMap(({ release, objects }) => objects.map((object) => ({ release, object })));
  return new Map([
    [
      'Chart.yaml',
      stringify({
        apiVersion: 'v2',
        name: id.name,
        version: id.version,
        description: 'Stand-in of the local platform: the workloads, accounts and CRDs of the real chart, without its programs.',
        annotations: { 'argoeks.io/stand-in': 'true' },
      }),
    ],
    ...crds.map((crd): [string, string] => [`crds/${crd.metadata.name}.yaml`, stringify(crd, { lineWidth: 0 })]),
    ...templates.map(({ release, object }, index): [string, string] => [
      `templates/${String(index).padStart(2, '0')}-${object.kind.toLowerCase()}-${object.metadata.name}.yaml`,
      only(release, asTemplate(stringify(object, { lineWidth: 0 }))),
    ]),
  ]);
};

/** Packs a chart as Helm does (`<name>/…`, gzip); the same files give the same bytes. */
export const packChart = async (name: string, files: ChartFiles): Promise<Buffer> => {
  const archive = pack();
  for (const [path, text] of files) archive.entry({ name: `${name}/${path}`, mtime: new Date(0), mode: 0o644 }, text);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(Buffer.from(chunk as Uint8Array));
  return gzipSync(Buffer.concat(chunks), { level: 6 });
};

/** SHA-256 of an archive in hexadecimal, as an index lists it. */
export const digestOf = (archive: Buffer): string => createHash('sha256').update(archive).digest('hex');
