import type { Environment, Platform } from '../../config/platform.ts';
import type { StateCopiesProps } from '../../stacks/state-copies.ts';
import { bounded } from '../../units/aws-names.ts';
import { accountRegion, boundaryArn } from './names.ts';

/** Resource name of the state bucket of that place in the list of an account. */
export const stateId = (i: number): string => (i === 0 ? 'state' : `state_${i + 1}`);

/** Where the copies of a state bucket are: S3 names are global, so account and region are part of it. At most 63 characters. */
export const stateReplicaName = (bucket: string, accountId: string, region: string): string => bounded(`${bucket}-replica-${bucket.includes(accountId) ? '' : `${accountId}-`}${region}`, 63);

/** Decides the copies of an account's states; undefined where none of its environments asks for them. Where they differ the first says where; verification reports it. Pure. */
export const stateCopiesProps = (platform: Platform, accountId: string, environments: readonly Environment[], buckets: readonly string[]): StateCopiesProps | undefined => {
  const asking = environments.find(({ settings }) => settings.state.replica_region !== undefined);
  const region = asking?.settings.state.replica_region;
  if (asking === undefined || region === undefined) return undefined;
  return {
    region, alias: `alias/${platform.name}-terraform-state-replica`,
    role: {
      roleName: bounded(`${platform.name}-terraform-state-replication`, 64), boundaryArn: boundaryArn(platform, asking),
      fromService: `s3.${accountRegion(platform, accountId)}.amazonaws.com`, toService: `s3.${region}.amazonaws.com`,
    },
    copies: Object.fromEntries(buckets.map((bucket, i) => [stateId(i), { bucket: stateReplicaName(bucket, accountId, region) }])),
  };
};
