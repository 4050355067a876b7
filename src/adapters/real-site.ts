import type { Cluster, Environment } from '../config/platform.ts';
import type { Site } from '../ops/site.ts';
import type { Kube } from '../ports/kube.ts';
import { PortError } from '../ports/port-error.ts';
import type { Processes } from '../ports/process.ts';
import { realAws } from './aws.ts';
import { systemClock } from './clock.ts';
import { diskAt } from './disk.ts';
import { eksKubeconfig, kubeOf } from './kube.ts';
import { systemProcesses } from './process.ts';
import { terraformProgram } from './terraform.ts';

/** `terraform`, else `tofu`. Throws `PortError` `missing` when neither is installed. */
export const findTerraform = async (processes: Processes): Promise<string> => {
  for (const program of ['terraform', 'tofu']) {
    const found = await processes.run({ program, args: ['version'] }).catch((error: unknown) => {
      if (error instanceof PortError && error.kind === 'missing') return undefined;
      throw error;
    });
    if (found) return program;
  }
  throw new PortError('missing', 'find', 'terraform', 'neither terraform (1.11 or newer) nor tofu (1.10 or newer) is installed');
};

/** The API server of a cluster as EKS knows it; undefined when there is no such cluster. Needs the `aws` program, for credentials too. Throws `PortError`. */
export const eksKube = async ({ name, region }: Pick<Cluster, 'name' | 'region'>): Promise<Kube | undefined> => {
  const said = await systemProcesses.run({ program: 'aws', args: ['eks', 'describe-cluster', '--name', name, '--region', region, '--output', 'json'] });
  if (said.code !== 0) {
    if (said.stderr.includes('ResourceNotFoundException')) return undefined;
    throw new PortError(/AccessDenied|Expired|credentials/i.test(said.stderr) ? 'denied' : 'failed', 'describe', name, said.stderr.trim().replace(/\s+/g, ' '));
  }
  const { cluster: eks } = JSON.parse(said.stdout) as { cluster: { endpoint?: string; certificateAuthority?: { data?: string } } };
  if (!eks.endpoint || !eks.certificateAuthority?.data) return undefined;
  return kubeOf(eksKubeconfig({ cluster: name, region, endpoint: eks.endpoint, certificateAuthority: eks.certificateAuthority.data }));
};

export interface RealSiteOptions {
  /** Absolute directory of the repository. */
  readonly directory: string;
  readonly environment: Environment;
  readonly stateBucket: string;
  readonly onCommand?: (directory: string, words: readonly string[]) => void;
}

/** An environment on AWS: Terraform runs in place in the repository, records go to `.argoeks/`. */
export const realSite = async ({ directory, environment, stateBucket, onCommand }: RealSiteOptions): Promise<Site> => {
  const region = environment.regions[0] ?? 'us-east-1';
  const tree = diskAt(directory);
  const terraform = terraformProgram({ processes: systemProcesses, program: await findTerraform(systemProcesses), ...(onCommand ? { onCommand } : {}) });
  return {
    environment,
    local: false,
    tree,
    records: diskAt(`${directory}/.argoeks`),
    clock: systemClock,
    processes: systemProcesses,
    terraform,
    aws: realAws(region),
    stateBucket,
    kube: eksKube,
  };
};
