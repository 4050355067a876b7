import type { PolicyFact } from './policy.ts';

/**
 * Loki reading, writing and deleting what is its own in a bucket that others of its kind share. Placeholders: partition, account, bucket, bucketRegion,
 * keyAlias, prefix (of its objects, without slash).
 */
export const lokiPolicy: PolicyFact = {
  source:
    'github.com/grafana/loki/v3@v3.7.6 docs/sources/setup/install/helm/deployment-guides/aws.md, the IAM policy there (ListBucket, PutObject, GetObject, DeleteObject), narrowed to the prefix of pkg/storage/bucket/prefixed_bucket_client.go; the key as for Thanos. Not tried on AWS.',
  read: '2026-11-25',
  statements: [
    // Not narrowed by s3:prefix: a question for an object that is not there carries none, and S3 would answer "denied" where Loki waits for "not found".
    { sid: 'FindChunks', actions: ['s3:ListBucket'], resources: ['arn:<partition>:s3:::<bucket>'] },
    { sid: 'Chunks', actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'], resources: ['arn:<partition>:s3:::<bucket>/<prefix>/*'] },
    { sid: 'KeyOfChunks', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['arn:<partition>:kms:<bucketRegion>:<account>:key/*'], conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['<keyAlias>'] } } },
  ],
};
