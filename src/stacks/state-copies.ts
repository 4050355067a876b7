import { Construct } from 'constructs';
import { BucketReplication } from './bucket-replication.ts';
import type { BucketReplicationProps } from './bucket-replication.ts';
import { ClosedBucket } from './closed-bucket.ts';
import { EncryptionKey } from './encryption-key.ts';
import { oldStates } from './state-bucket.ts';
import type { StateBucket, StateBucketProps } from './state-bucket.ts';

/** Copies of an account's states in one other region. */
export interface StateCopiesProps {
  readonly region: string;
  readonly alias: string;
  readonly role: BucketReplicationProps;
  /** Resource name of a state bucket → bucket its objects are copied to. */
  readonly copies: Readonly<Record<string, { readonly bucket: string }>>;
}

/** Buckets in another region that hold every version of the states, with a key of that region. */
export class StateCopies extends Construct {
  constructor(scope: Construct, { partition, accountId }: Pick<StateBucketProps, 'partition' | 'accountId'>, { region, alias, role, copies }: StateCopiesProps, from: Readonly<Record<string, StateBucket>>) {
    super(scope, 'copies');
    const { key } = new EncryptionKey(this, 'state_replica', { region, alias, description: `Copies of the Terraform state in ${region}`, partition, accountId, services: [] });
    const buckets = new Construct(this, 'buckets');
    new BucketReplication(this, role, Object.entries(copies).flatMap(([id, { bucket }]) => {
      const source = from[id];
      return source === undefined ? [] : [{
        id, from: source, fromKey: source.key.arn,
        to: new ClosedBucket(buckets, `${id}_replica`, {
          bucket, region, keyArn: key.arn, rule: oldStates,
          findings: { CKV2_AWS_62: 'nobody waits for changes of a state', CKV_AWS_18: 'CloudTrail can record reads; a bucket of logs would need logs itself', CKV_AWS_144: 'this is the copy' },
          reason: 'Written by replication only. A restore copies a state back by hand: docs/guides/state.md.',
        }),
      }];
    }), key.arn);
  }
}
