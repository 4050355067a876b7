import type { PolicyFact } from './policy.ts';

/**
 * Velero with the plugin for AWS. Placeholders: partition, region, account, bucket, prefix (below which the cluster writes), bucketRegion, keyAlias (of the key of the
 * bucket). The document allows every snapshot and volume of the account; here, volumes must be the EBS CSI driver's and snapshots Velero's, by the
 * tags that both put on.
 */
export const veleroPolicy: PolicyFact = {
  source:
    'vmware-tanzu/velero-plugin-for-aws README.md, "Set permissions for Velero" (commit 001662ff): the same actions, narrowed to the bucket and by tag (velero.io/backup: velero-plugin-for-aws/volume_snapshotter.go, getTags; ebs.csi.aws.com/cluster: AmazonEBSCSIDriverPolicy). The conditions were not tried on AWS.',
  read: '2026-11-25',
  statements: [
    { sid: 'FindVolumes', actions: ['ec2:DescribeSnapshots', 'ec2:DescribeVolumes'], resources: ['*'] },
    {
      sid: 'SnapshotOwnVolumes',
      actions: ['ec2:CreateSnapshot'],
      resources: ['arn:<partition>:ec2:<region>:<account>:volume/*'],
      conditions: { StringEquals: { 'aws:ResourceTag/ebs.csi.aws.com/cluster': ['true'] } },
    },
    { sid: 'NewSnapshots', actions: ['ec2:CreateSnapshot'], resources: ['arn:<partition>:ec2:<region>::snapshot/*'] },
    { sid: 'NewVolumes', actions: ['ec2:CreateVolume'], resources: ['arn:<partition>:ec2:<region>:<account>:volume/*'] },
    {
      sid: 'VolumesFromOwnSnapshots',
      actions: ['ec2:CreateVolume'],
      resources: ['arn:<partition>:ec2:<region>::snapshot/*'],
      conditions: { StringLike: { 'aws:ResourceTag/velero.io/backup': ['*'] } },
    },
    {
      sid: 'TagWhatIsNew',
      actions: ['ec2:CreateTags'],
      resources: ['arn:<partition>:ec2:<region>:<account>:volume/*', 'arn:<partition>:ec2:<region>::snapshot/*'],
      conditions: { StringEquals: { 'ec2:CreateAction': ['CreateSnapshot', 'CreateVolume'] } },
    },
    {
      sid: 'DropOwnSnapshots',
      actions: ['ec2:DeleteSnapshot'],
      resources: ['arn:<partition>:ec2:<region>::snapshot/*'],
      conditions: { StringLike: { 'aws:ResourceTag/velero.io/backup': ['*'] } },
    },
    {
      sid: 'Backups',
      actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      resources: ['arn:<partition>:s3:::<bucket>/<prefix>/*'],
    },
    { sid: 'FindBackups', actions: ['s3:ListBucket'], resources: ['arn:<partition>:s3:::<bucket>'] },
    {
      sid: 'KeyOfBackups',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['arn:<partition>:kms:<bucketRegion>:<account>:key/*'],
      conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['<keyAlias>'] } },
    },
  ],
};
