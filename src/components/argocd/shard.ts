import type { Cluster, Environment } from '../../config/platform.ts';
import { oncePer } from '../../units/once-per.ts';
import { argocdSettingsOf } from './settings-of.ts';
import { argocdSize } from './sizing.ts';

/**
 * Controller that looks after a cluster. Argo CD's own ways to divide clusters are uneven (`legacy`) or experimental (the others), so each cluster's Secret names its shard:
 * blocks of addresses are given out one after the other and never move, so clusters spread evenly and stay where they are when others come and go. Source: Argo CD 3.4,
 * "High Availability", `shard` in the cluster Secret. Pure.
 */
export const shardOf = ({ cidr }: Pick<Cluster, 'cidr'>, shards: number): number => {
  const [address = '', prefix = '32'] = cidr.split('/');
  const bits = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return Math.floor(bits / 2 ** (32 - Number(prefix))) % shards || 0;
};

/** How many controllers the hub has: each cluster of a fleet asks. */
const shardsOf = oncePer((environment: Environment): number => {
  const hub = environment.clusters.find(({ name }) => name === environment.hub);
  return hub ? argocdSize(environment, 1, argocdSettingsOf(hub)).shards : 1;
});

/** `shard` of a cluster's Secret; nothing where one controller looks after all. Pure. */
export const shardOfCluster = (environment: Environment, cluster: Pick<Cluster, 'cidr'>): { readonly shard?: string } => {
  const shards = shardsOf(environment);
  return shards === 1 ? {} : { shard: String(shardOf(cluster, shards)) };
};
