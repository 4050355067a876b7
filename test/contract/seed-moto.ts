import { BudgetsClient, CreateBudgetCommand } from '@aws-sdk/client-budgets';
import { DescribeImagesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateInstanceProfileCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { seededBudget, seededNames } from './aws.ts';

const region = 'us-east-1';

/** Makes `seededNames` and `seededBudget` in the emulator that `AWS_ENDPOINT_URL` names. */
export const seedMoto = async (): Promise<void> => {
  const [ec2, eks, iam, kms, rds, route53, s3] = [new EC2Client({ region }), new EKSClient({ region }), new IAMClient({ region }), new KMSClient({ region }), new RDSClient({ region }), new Route53Client({ region }), new S3Client({ region, forcePathStyle: true })];
  const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({}));
  for (const which of ['name', 'other'] as const) {
    const named = (kind: keyof typeof seededNames): string => seededNames[kind][which];
    await ec2.send(new RunInstancesCommand({ ImageId: image?.ImageId, MinCount: 1, MaxCount: 1, TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'eks:cluster-name', Value: named('ec2:instance') }] }] }));
    await eks.send(new CreateClusterCommand({ name: named('eks:cluster'), roleArn: 'arn:aws:iam::123456789012:role/eks', resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] } }));
    await iam.send(new CreateRoleCommand({ RoleName: named('iam:role'), AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' }));
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: named('iam:instance-profile') }));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await kms.send(new CreateAliasCommand({ AliasName: named('kms:alias'), TargetKeyId: KeyMetadata?.KeyId }));
    await rds.send(new CreateDBInstanceCommand({ DBInstanceIdentifier: named('rds:db'), DBInstanceClass: 'db.t4g.small', Engine: 'postgres', AllocatedStorage: 20, MasterUsername: 'platform', ManageMasterUserPassword: true }));
    await route53.send(new CreateHostedZoneCommand({ Name: named('route53:hostedzone'), CallerReference: which, VPC: { VPCRegion: region, VPCId: 'vpc-1' }, HostedZoneConfig: { PrivateZone: true } }));
    await s3.send(new CreateBucketCommand({ Bucket: named('s3:bucket') }));
  }
  await new BudgetsClient({ region }).send(new CreateBudgetCommand({ AccountId: '123456789012', Budget: { BudgetName: seededBudget.name, BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: String(seededBudget.limit), Unit: 'USD' } } }));
};
