import { S3Bucket } from '#bindings/aws/s3-bucket.js';
import { S3BucketLifecycleConfiguration } from '#bindings/aws/s3-bucket-lifecycle-configuration.js';
import type { S3BucketLifecycleConfigurationRule } from '#bindings/aws/s3-bucket-lifecycle-configuration.js';
import { S3BucketLoggingA } from '#bindings/aws/s3-bucket-logging.js';
import { S3BucketVersioningA } from '#bindings/aws/s3-bucket-versioning.js';
import { Construct } from 'constructs';
import type { PolicyStatement } from './policy.ts';
import { makePrivate } from './private-bucket.ts';
import { accepted, because } from './root.ts';

/** One bucket, decided. */
export interface BucketProps {
  readonly name: string;
  /** Absent: the provider's. */
  readonly region?: string;
  /** Whether deleting the bucket deletes what is in it. */
  readonly losesObjects: boolean;
  /** How long old versions are kept; absent: no versions. */
  readonly oldVersionsDays?: number;
  /** Age at which objects move to intelligent tiering. */
  readonly tieringDays?: number;
  /** Age at which objects are deleted; absent: whoever writes them deletes them. */
  readonly expireDays?: number;
  /** Whether what writes the objects deletes them too, by what it knows of them. */
  readonly keptByWriter: boolean;
  /** What others may do, beyond the rule that all must use TLS. Resources are objects of the bucket. */
  readonly allow?: readonly Omit<PolicyStatement, 'on'>[];
}

/** What a bucket hangs on. */
export interface BucketSurroundings {
  /** Key that encrypts; absent: S3's own, for the few services that can write with no other. */
  readonly keyArn?: string;
  /** Bucket that records the requests. */
  readonly logs?: S3Bucket;
}

/** Private bucket that answers over TLS only, owns whatever is written to it and encrypts by itself. */
export class Bucket extends Construct {
  readonly bucket: S3Bucket;
  /** What replication has to wait for; undefined without versions. */
  readonly versioning: S3BucketVersioningA | undefined;

  constructor(scope: Construct, id: string, props: BucketProps, { keyArn, logs }: BucketSurroundings) {
    super(scope, id);
    const place = props.region === undefined ? {} : { region: props.region };
    this.bucket = new S3Bucket(this, `s3-bucket.${id}`, { ...place, bucket: props.name, forceDestroy: props.losesObjects, tags: { Name: props.name } });
    if (props.keptByWriter) because(this.bucket, 'No expiry here: it would delete behind the back of what wrote the objects and still counts on them.');
    if (keyArn === undefined) because(this.bucket, 'Encrypted with S3\'s own key: log delivery can write with no other.');
    accepted(this.bucket, {
      CKV2_AWS_62: 'nobody waits for events of it', CKV_AWS_144: 'copied where `replicate` asks for it',
      ...(logs === undefined ? { CKV_AWS_18: 'requests are recorded where `access_logs` asks for it; records and copies have none of their own' } : {}),
      ...(keyArn === undefined ? { CKV_AWS_145: 'log delivery can write with no key but S3\'s own' } : {}),
      ...(props.oldVersionsDays === undefined ? { CKV_AWS_21: 'records are never overwritten' } : {}),
    });
    const here = { ...place, bucket: this.bucket.id };
    this.versioning = props.oldVersionsDays === undefined ? undefined : new S3BucketVersioningA(this, `s3-bucket-versioning.${id}`, { ...here, versioningConfiguration: { status: 'Enabled' } });
    makePrivate(this, id, this.bucket, props.region, keyArn, (props.allow ?? []).map((statement) => ({ ...statement, on: [`${this.bucket.arn}/*`] })));
    new S3BucketLifecycleConfiguration(this, `s3-bucket-lifecycle.${id}`, { ...here, rule: lifecycle(props), ...(this.versioning === undefined ? {} : { dependsOn: [this.versioning] }) });
    if (logs) new S3BucketLoggingA(this, `s3-bucket-logging.${id}`, { ...here, targetBucket: logs.id, targetPrefix: `${props.name}/` });
  }
}

const lifecycle = ({ oldVersionsDays, tieringDays, expireDays }: BucketProps): S3BucketLifecycleConfigurationRule[] => {
  const rule = (id: string, rest: Partial<S3BucketLifecycleConfigurationRule>): S3BucketLifecycleConfigurationRule => ({ id, status: 'Enabled', filter: [{ prefix: '' }], ...rest });
  return [
    rule('unfinished-uploads', { abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }] }),
    ...(oldVersionsDays === undefined ? [] : [rule('old-versions', { noncurrentVersionExpiration: [{ noncurrentDays: oldVersionsDays }] })]),
    ...(tieringDays === undefined ? [] : [rule('tiering', { transition: [{ days: tieringDays, storageClass: 'INTELLIGENT_TIERING' }] })]),
    ...(expireDays === undefined ? [] : [rule('expiry', { expiration: [{ days: expireDays }] })]),
  ];
};
