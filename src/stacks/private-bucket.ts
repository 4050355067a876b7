import type { S3Bucket } from '#bindings/aws/s3-bucket.js';
import { S3BucketOwnershipControls } from '#bindings/aws/s3-bucket-ownership-controls.js';
import { S3BucketPolicy } from '#bindings/aws/s3-bucket-policy.js';
import { S3BucketPublicAccessBlock } from '#bindings/aws/s3-bucket-public-access-block.js';
import { S3BucketServerSideEncryptionConfigurationA } from '#bindings/aws/s3-bucket-server-side-encryption-configuration.js';
import type { Construct } from 'constructs';
import { policy } from './policy.ts';
import type { PolicyStatement } from './policy.ts';

/**
 * What every bucket of the platform has: it encrypts by itself (with S3's own key where `keyArn` is absent), owns whatever is written to
 * it, is open to nobody outside and answers over TLS only. `allow` is what others may do. Gives the policy, which writers wait for.
 */
export const makePrivate = (scope: Construct, id: string, bucket: S3Bucket, region: string | undefined, keyArn: string | undefined, allow: readonly PolicyStatement[]): S3BucketPolicy => {
  const here = { ...(region === undefined ? {} : { region }), bucket: bucket.id };
  new S3BucketServerSideEncryptionConfigurationA(scope, `s3-bucket-encryption.${id}`, {
    ...here, rule: [keyArn === undefined ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } } : { bucketKeyEnabled: true, applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn } }],
  });
  new S3BucketOwnershipControls(scope, `s3-bucket-ownership.${id}`, { ...here, rule: { objectOwnership: 'BucketOwnerEnforced' } });
  const closed = new S3BucketPublicAccessBlock(scope, `s3-bucket-public-access.${id}`, { ...here, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true });
  return new S3BucketPolicy(scope, `s3-bucket-policy.${id}`, {
    ...here, dependsOn: [closed],
    policy: policy([
      { sid: 'OnlyOverTls', deny: true, principals: '*', actions: ['s3:*'], on: [bucket.arn, `${bucket.arn}/*`], when: { Bool: [{ key: 'aws:SecureTransport', values: ['false'] }] } },
      ...allow,
    ]),
  });
};
