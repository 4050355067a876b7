import { S3Bucket } from '#bindings/aws/s3-bucket.js';
import { S3BucketLifecycleConfiguration } from '#bindings/aws/s3-bucket-lifecycle-configuration.js';
import type { S3BucketLifecycleConfigurationRule } from '#bindings/aws/s3-bucket-lifecycle-configuration.js';
import type { S3BucketPolicy } from '#bindings/aws/s3-bucket-policy.js';
import { S3BucketVersioningA } from '#bindings/aws/s3-bucket-versioning.js';
import { Construct } from 'constructs';
import type { PolicyStatement } from './policy.ts';
import { makePrivate } from './private-bucket.ts';
import { accepted, because } from './root.ts';

/** What differs between buckets that Terraform must never delete. */
export interface ClosedBucketProps {
  readonly bucket: string;
  /** Absent: the provider's. */
  readonly region?: string;
  readonly keyArn: string;
  readonly reason: string;
  /** Findings of the scanner that hold for this bucket, with why. */
  readonly findings: Readonly<Record<string, string>>;
  readonly rule: S3BucketLifecycleConfigurationRule;
  /** What others may do; resources are made from the bucket's ARN. */
  readonly allow?: (bucketArn: string) => readonly PolicyStatement[];
}

/** Versioned, encrypted, private bucket that answers over TLS only and that no destroy takes along. */
export class ClosedBucket extends Construct {
  readonly bucket: S3Bucket;
  readonly versioning: S3BucketVersioningA;
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, { bucket: name, region, keyArn, reason, findings, rule, allow }: ClosedBucketProps) {
    super(scope, id);
    const place = region === undefined ? {} : { region };
    this.bucket = accepted(because(new S3Bucket(this, `s3-bucket.${id}`, { ...place, bucket: name, tags: { Name: name }, lifecycle: { preventDestroy: true } }), reason), findings);
    const here = { ...place, bucket: this.bucket.id };
    this.versioning = new S3BucketVersioningA(this, `s3-bucket-versioning.${id}`, { ...here, versioningConfiguration: { status: 'Enabled' } });
    this.policy = makePrivate(this, id, this.bucket, region, keyArn, allow?.(this.bucket.arn) ?? []);
    new S3BucketLifecycleConfiguration(this, `s3-bucket-lifecycle.${id}`, { ...here, rule: [rule] });
  }
}
