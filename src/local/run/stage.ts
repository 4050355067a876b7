import type { Artifact } from '../../model/plan.ts';
import type { Disk } from '../../ports/disk.ts';
import { absoluteGitUrl } from '../../units/git-url.ts';

export interface StageInput {
  readonly artifacts: readonly Artifact[];
  /** Files of the repository that rendered roots read. */
  readonly documents?: readonly Artifact[];
  readonly environment: string;
  readonly clusters: readonly string[];
  /** `gitops.repoUrl` as rendered. */
  readonly repoUrl: string;
  /** Chart repositories as Argo CD spells them in the rendered output. */
  readonly chartRepositories: readonly string[];
  /** `file://` address of the local git remote. */
  readonly gitUrl: string;
  /** Address of the chart mirror, without a slash at its end; each cluster has a repository of its own below it. */
  readonly mirrorUrl: string;
  /** Absolute directory of the states. */
  readonly stateDirectory: string;
}

const isOf = ({ environment, clusters }: StageInput, path: string): boolean => {
  const [top, second, third] = path.split('/');
  if (top === 'terraform') return second === 'charts' || (second === 'environments' && third === environment);
  if (top !== 'kubernetes') return false;
  return second !== 'clusters' || clusters.includes(third ?? '');
};

const clusterOf = (clusters: readonly string[], path: string): string | undefined => path.split('/').find((part) => clusters.includes(part));

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Replaces a value where it stands alone at the end of a line, quoted or not: never inside a longer address. */
const replaceValue = (text: string, value: string, by: string): string => text.replace(new RegExp(`(^|[\\s"'=])${escaped(value)}/?(?=["']?,?\\s*$)`, 'gm'), (_, before: string) => `${before}${by}`);

/** Replaces the address of an OCI registry in front of a chart's name. */
const replaceRegistry = (text: string, registry: string, by: string): string => text.replace(new RegExp(`(^|[\\s"'])oci://${escaped(registry)}/(?=[a-z0-9-]+["']?\\s*$)`, 'gm'), (_, before: string) => `${before}oci://${by}/`);

/** The rendered output as the local platform reads it: git from this machine, charts from the mirror; nothing else differs. Pure. */
export const localised = (input: StageInput): readonly Artifact[] =>
  input.artifacts
    .filter(({ path }) => isOf(input, path))
    .map(({ path, text }) => {
      const cluster = clusterOf(input.clusters, path);
      const charts = `${input.mirrorUrl}/${cluster ?? '*'}`;
      const withGit = [...new Set([input.repoUrl, absoluteGitUrl(input.repoUrl)])].reduce((t, url) => replaceValue(t, url, input.gitUrl), text);
      if (!path.startsWith('kubernetes/')) return { path, text: withGit };
      const withCharts = input.chartRepositories.reduce((t, repository) => replaceValue(t, repository, charts), withGit);
      return { path, text: input.chartRepositories.reduce((t, repository) => replaceRegistry(t, repository, charts.replace('http://', '')), withCharts) };
    });

/** State on this machine instead of S3. Terraform merges files ending in `_override.tf` over the others. */
const backendOverride = (stateDirectory: string, root: string): string =>
  ['# Local platform: the state stays on this machine.', 'terraform {', '  backend "local" {', `    path = ${JSON.stringify(`${stateDirectory}/${root.replace(/^terraform\/environments\//, '')}.tfstate`)}`, '  }', '}', ''].join('\n');

/**
 * Writes the localised output below `work`, next to what Terraform keeps there, and removes what is no longer rendered; archives of functions below `build/` stay. Files that are
 * as they should be are left alone. Returns what belongs into the git remote.
 */
export const stageTree = async (work: Disk, input: StageInput): Promise<ReadonlyMap<string, string>> => {
  const files = [...localised(input), ...(input.documents ?? [])];
  const roots = new Set(files.filter(({ path }) => path.startsWith('terraform/environments/') && path.endsWith('.tf')).map(({ path }) => path.slice(0, path.lastIndexOf('/'))));
  const wanted = new Map([...files.map(({ path, text }): [string, string] => [path, text]), ...[...roots].map((root): [string, string] => [`${root}/backend_override.tf`, backendOverride(input.stateDirectory, root)])]);
  for (const path of await work.list('', ['.terraform'])) if (!wanted.has(path) && !path.endsWith('.terraform.lock.hcl') && !path.startsWith('build/')) await work.remove(path);
  for (const [path, text] of wanted) if ((await work.read(path)) !== text) await work.write(path, text);
  return new Map([...wanted].filter(([path]) => path.startsWith('kubernetes/')));
};
