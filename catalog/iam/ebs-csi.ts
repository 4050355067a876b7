import type { PolicyFact } from './policy.ts';

const volumes = ['arn:<partition>:ec2:*:*:volume/*'];
const existing = ['arn:<partition>:ec2:*:*:volume/vol-*'];
const snapshots = ['arn:<partition>:ec2:*:*:snapshot/*'];
const managed = { StringEquals: { 'ec2:ResourceTag/ebs.csi.aws.com/cluster': ['true'] } };
const requested = { StringEquals: { 'aws:RequestTag/ebs.csi.aws.com/cluster': ['true'] } };
const claimed = { StringLike: { 'ec2:ResourceTag/kubernetes.io/created-for/pvc/name': ['*'] } };
const change = ['ec2:ModifyVolume', 'ec2:AttachVolume', 'ec2:DetachVolume', 'ec2:DeleteVolume'];

/** EBS CSI driver's controller. Placeholders: partition, keyArn (string or list of KMS keys that encrypt volumes; an empty list drops the statements). */
export const ebsCsiPolicy: PolicyFact = {
  source:
    'kubernetes-sigs/aws-ebs-csi-driver v1.63.1 (6fa1a0f1) docs/AmazonEBSCSIDriverPolicyV2.json, present in v1.59.0 too; KMS actions from docs/install.md, "Encrypted EBS Volumes via KMS", with the grant bound to AWS resources',
  read: '2026-11-24',
  statements: [
    {
      sid: 'ReadOnlyDescribeOperations',
      actions: [
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeInstances',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeSnapshots',
        'ec2:DescribeVolumes',
        'ec2:DescribeVolumesModifications',
        'ec2:DescribeVolumeStatus',
      ],
      resources: ['*'],
    },
    { sid: 'CreateAndCopyVolumesWithManagedTag', actions: ['ec2:CreateVolume', 'ec2:CopyVolumes'], resources: volumes, conditions: requested },
    { sid: 'CopyManagedVolumes', actions: ['ec2:CopyVolumes'], resources: existing, conditions: managed },
    { sid: 'CopyCSIMigratedVolumes', actions: ['ec2:CopyVolumes'], resources: existing, conditions: claimed },
    { sid: 'CreateSnapshotsWithManagedTag', actions: ['ec2:CreateSnapshot'], resources: snapshots, conditions: requested },
    { sid: 'CreateSnapshotsFromManagedVolumes', actions: ['ec2:CreateSnapshot'], resources: volumes, conditions: managed },
    { sid: 'ManageManagedVolumes', actions: change, resources: volumes, conditions: managed },
    { sid: 'ManageCSIMigratedVolumes', actions: change, resources: volumes, conditions: claimed },
    {
      sid: 'CreateVolumesFromAndEnableFSROnManagedSnapshots',
      actions: ['ec2:CreateVolume', 'ec2:EnableFastSnapshotRestores'],
      resources: snapshots,
      conditions: managed,
    },
    { sid: 'AttachDetachVolumesToAnyInstance', actions: ['ec2:AttachVolume', 'ec2:DetachVolume'], resources: ['arn:<partition>:ec2:*:*:instance/*'] },
    { sid: 'DeleteAndLockManagedSnapshots', actions: ['ec2:DeleteSnapshot', 'ec2:LockSnapshot'], resources: snapshots, conditions: managed },
    {
      sid: 'TagResourcesOnCreation',
      actions: ['ec2:CreateTags'],
      resources: [...volumes, ...snapshots],
      conditions: { StringEquals: { 'ec2:CreateAction': ['CreateVolume', 'CreateSnapshot', 'CopyVolumes'] } },
    },
    {
      sid: 'ModifyTagsOnManagedVolumes',
      actions: ['ec2:CreateTags', 'ec2:DeleteTags'],
      resources: volumes,
      conditions: {
        ...managed,
        Null: { 'aws:TagKeys': ['false'] },
        'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['ebs.csi.aws.com/cluster', 'ebs.csi.aws.com/cluster-name', 'kubernetes.io/created-for/pvc/name'] },
      },
    },
    { sid: 'UseVolumeKey', actions: ['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'], resources: ['<keyArn>'] },
    { sid: 'GrantVolumeKey', actions: ['kms:CreateGrant'], resources: ['<keyArn>'], conditions: { Bool: { 'kms:GrantIsForAWSResource': ['true'] } } },
  ],
};
