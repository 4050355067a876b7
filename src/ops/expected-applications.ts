import { parseAllDocuments } from 'yaml';
import type { Disk } from '../ports/disk.ts';
import { platformApplication } from '../units/wellknown.ts';

/** An Application that the rendered output asks for. */
export interface ExpectedApplication {
  readonly name: string;
  readonly wave: number;
}

/**
 * Applications of one cluster, from its rendered directory, lowest wave first, then the one that holds them all, whose sync ends when every other is
 * healthy. Files that are no YAML objects are passed over.
 */
export const expectedApplications = async (tree: Disk, cluster: string): Promise<readonly ExpectedApplication[]> => {
  const files = (await tree.list(`kubernetes/clusters/${cluster}`)).filter((f) => /\.ya?ml$/.test(f));
  const found: ExpectedApplication[] = [];
  for (const file of files) {
    for (const document of parseAllDocuments((await tree.read(file)) ?? '')) {
      if (!('toJS' in document)) continue;
      const object = document.toJS() as { apiVersion?: string; kind?: string; metadata?: { name?: string; annotations?: Record<string, string> } } | null;
      if (object?.kind !== 'Application' || !object.apiVersion?.startsWith('argoproj.io/') || !object.metadata?.name) continue;
      found.push({ name: object.metadata.name, wave: Number(object.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0) || 0 });
    }
  }
  const ordered = found.sort((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1));
  const last = ordered.at(-1);
  return last ? [...ordered, { name: platformApplication(cluster), wave: last.wave + 1 }] : [];
};
