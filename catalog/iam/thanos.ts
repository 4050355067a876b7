import type { PolicyFact, StatementFact } from './policy.ts';

const source =
  'github.com/thanos-io/thanos@v0.42.4 docs/storage.md, "AWS Policies", divided by what each part does: pkg/shipper/shipper.go uploads and asks whether a block is there; pkg/store/bucket.go lists and reads; pkg/compact reads, writes and deletes. The key as docs/storage.md, "S3 Server-Side Encryption" (kms:Decrypt also for uploads in parts), narrowed to its alias. Not tried on AWS.';
const read = '2026-11-25';

const find: StatementFact = { sid: 'FindBlocks', actions: ['s3:ListBucket'], resources: ['arn:<partition>:s3:::<bucket>'] };
const blocks = (...actions: readonly string[]): StatementFact => ({ sid: 'Blocks', actions, resources: ['arn:<partition>:s3:::<bucket>/*'] });
const key = (...actions: readonly string[]): StatementFact => ({
  sid: 'KeyOfBlocks', actions, resources: ['arn:<partition>:kms:<bucketRegion>:<account>:key/*'], conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['<keyAlias>'] } },
});

/** What the sidecar of Prometheus needs. It can't delete: what a failed upload left the compactor clears away. */
export const thanosUploadPolicy: PolicyFact = { source, read, statements: [find, blocks('s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'), key('kms:Decrypt', 'kms:GenerateDataKey')] };

/** What the store gateway needs. */
export const thanosReadPolicy: PolicyFact = { source, read, statements: [find, blocks('s3:GetObject'), key('kms:Decrypt')] };

/** What the compactor needs, the only one that deletes. */
export const thanosCompactPolicy: PolicyFact = { source, read, statements: [find, blocks('s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'), key('kms:Decrypt', 'kms:GenerateDataKey')] };
