import type { PolicyStatement } from './policy.ts';

const cloudTrail = { Service: ['cloudtrail.amazonaws.com'] } as const;

/** The trail that may, by its ARN, and the account it belongs to. */
export interface TrailIdentity {
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
}

/** What a trail needs of the key that encrypts its log files. Source: CloudTrail user guide, "Configure AWS KMS key policies for CloudTrail". */
export const trailUsesKey = ({ arn, partition, accountId }: TrailIdentity): readonly PolicyStatement[] => {
  const ours = { key: 'aws:SourceArn', values: [arn] };
  return [
    { sid: 'OurTrailEncrypts', principals: cloudTrail, actions: ['kms:GenerateDataKey*'], on: ['*'], when: { StringEquals: [ours], StringLike: [{ key: 'kms:EncryptionContext:aws:cloudtrail:arn', values: [`arn:${partition}:cloudtrail:*:${accountId}:trail/*`] }] } },
    { sid: 'OurTrailLooksAtTheKey', principals: cloudTrail, actions: ['kms:DescribeKey'], on: ['*'], when: { StringEquals: [ours] } },
  ];
};

/** What a trail needs of its bucket; `owners` are ids of accounts or of the organization. Source: CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail". */
export const trailWritesTo = (bucketArn: string, { arn }: TrailIdentity, owners: readonly string[]): readonly PolicyStatement[] => {
  const ours = { key: 'aws:SourceArn', values: [arn] };
  return [
    { sid: 'OurTrailLooks', principals: cloudTrail, actions: ['s3:GetBucketAcl'], on: [bucketArn], when: { StringEquals: [ours] } },
    {
      sid: 'OurTrailWrites', principals: cloudTrail, actions: ['s3:PutObject'], on: owners.map((owner) => `${bucketArn}/AWSLogs/${owner}/*`),
      when: { StringEquals: [{ key: 's3:x-amz-acl', values: ['bucket-owner-full-control'] }, ours] },
    },
  ];
};
