import type { Cluster, Environment } from '../config/platform.ts';
import type { Aws } from '../ports/aws.ts';
import type { Clock } from '../ports/clock.ts';
import type { Disk } from '../ports/disk.ts';
import type { Kube } from '../ports/kube.ts';
import type { Processes } from '../ports/process.ts';
import type { StateVersion, Terraform, TerraformRoot } from '../ports/terraform.ts';
import { digest } from './digest.ts';
import type { Root } from './roots.ts';
import type { Step } from './step.ts';

/** Steps that a world needs besides Terraform's roots. Only local ones do: on AWS, people push to git and AWS runs control planes. */
export interface ExtraSteps {
  /** Come before the first root. */
  readonly before?: readonly Step[];
  /** Come once every root is destroyed, before leftovers are searched. */
  readonly afterDestroy?: (needs: readonly string[]) => readonly Step[];
}

/** Where live work on one environment happens: the ports, and which world is behind them. */
export interface Site {
  readonly environment: Environment;
  /** AWS is simulated and the clusters run on this machine. */
  readonly local: boolean;
  /** Directory with `terraform/` and `kubernetes/`: the repository, or the local platform's staged copy. */
  readonly tree: Disk;
  /** Journals, locks, plans, receipts: `.argoeks/`, or the local platform's part of it. */
  readonly records: Disk;
  readonly clock: Clock;
  readonly processes: Processes;
  readonly terraform: Terraform;
  readonly aws: Aws;
  /** Bucket that holds the state of all roots; undefined where state lies on this machine. */
  readonly stateBucket?: string;
  /** Undefined while the cluster has no API server. */
  kube(cluster: Cluster): Promise<Kube | undefined>;
  readonly extra?: ExtraSteps;
}

/** Terraform's view of a root. */
export const terraformRoot = (site: Site, root: Root): TerraformRoot => ({ id: root.id, directory: site.tree.path(root.id) });

/** A root has its own directories below it: those of other roots and of Terraform itself are not its configuration. */
const ownFiles = async (tree: Disk, directory: string): Promise<readonly string[]> => {
  const files = await tree.list(directory, ['.terraform', 'cluster', 'bootstrap']);
  const flat = files.filter((f) => !f.slice(directory.length + 1).includes('/') || f.slice(directory.length + 1).startsWith('files/'));
  return flat.filter((f) => !/\.(tfplan|tfstate|backup)$|\.terraform\.lock\.hcl$|tfstate/.test(f));
};

/** Paths outside the root that its configuration reads, as `"${path.module}/../…"`. */
const readElsewhere = (text: string): readonly string[] => [...text.matchAll(/"\$\{path\.(?:module|root)\}\/([^"$]+)"/g)].map((m) => m[1] ?? '').filter(Boolean);

const resolveFrom = (directory: string, path: string): string => {
  const out = directory.split('/');
  for (const part of path.split('/')) {
    if (part === '..') out.pop();
    else if (part !== '.' && part !== '') out.push(part);
  }
  return out.join('/');
};

/** Digest of everything a root's plan is made from but the state: its files and the files they read. Empty when the root was never rendered. */
export const configurationDigest = async (tree: Disk, root: string): Promise<string> => {
  const own = await ownFiles(tree, root);
  if (own.length === 0) return '';
  const texts = new Map<string, string>();
  for (const file of own) texts.set(file, (await tree.read(file)) ?? '');
  const elsewhere = new Set([...texts.values()].flatMap(readElsewhere).map((path) => resolveFrom(root, path)));
  for (const path of elsewhere) {
    const below = await tree.list(path);
    for (const file of below.length > 0 ? below : [path]) texts.set(file, (await tree.read(file)) ?? 'absent');
  }
  return digest(...[...texts].sort(([a], [b]) => (a < b ? -1 : 1)).flat());
};

/** Equal texts mean that nothing was applied in between. */
export const stateText = (state: StateVersion | undefined): string => (state ? `${state.lineage}/${state.serial}` : 'none');
