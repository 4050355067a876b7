import { DataAwsEip } from '#bindings/aws/data-aws-eip.js';
import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { EksCluster } from '#bindings/aws/eks-cluster.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { IamRolePolicyAttachment } from '#bindings/aws/iam-role-policy-attachment.js';
import type { KmsKey } from '#bindings/aws/kms-key.js';
import { Construct } from 'constructs';
import { deletionProtection } from './deletion-protection.ts';
import { EncryptionKey } from './encryption-key.ts';
import { logsMayUse, volumesMayUse } from './key-use.ts';
import type { Network } from './network.ts';
import { policy, serviceTrust } from './policy.ts';
import { accepted, because } from './root.ts';

/** The EKS control plane of one cluster, every value decided. */
export interface ControlPlaneProps {
  readonly name: string;
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  readonly version: string;
  readonly roleName: string;
  readonly boundaryArn: string;
  readonly logTypes: readonly string[];
  readonly logRetentionDays: number;
  /** Log groups besides the control plane's that the data key encrypts. */
  readonly furtherLogGroups: readonly string[];
  readonly encryptSecrets: boolean;
  readonly secretsAlias: string;
  readonly dataAlias: string;
  readonly privateEndpoint: boolean;
  readonly publicEndpoint: boolean;
  /** Not empty where the public endpoint is on. */
  readonly publicCidrs: readonly string[];
  /** Name tags of the hub's NAT addresses, from which its Argo CD comes; only on spokes with a public endpoint. */
  readonly hubAddresses: readonly string[];
  readonly hubRegion: string;
  /** `STANDARD` or `EXTENDED`. */
  readonly supportType: string;
  readonly deletionProtection: boolean;
  readonly serviceCidr: string;
}

/** Keys, log group, role and control plane, without any CNI or kube-proxy. File `cluster.tf`. */
export class ControlPlane extends Construct {
  readonly cluster: EksCluster;
  /** Key for volumes and logs. */
  readonly dataKey: KmsKey;

  constructor(scope: Construct, network: Network, props: ControlPlaneProps) {
    super(scope, 'cluster');
    const { name, partition, accountId, region } = props;
    const place = { partition, accountId };
    const logGroupName = `/aws/eks/${name}/cluster`;
    const data = new EncryptionKey(this, 'data', {
      ...place, alias: props.dataAlias, description: `Volumes and logs of ${name}`,
      services: [logsMayUse(partition, region, accountId, logGroupName, ...props.furtherLogGroups), volumesMayUse(region, accountId)],
    });
    this.dataKey = data.key;
    const secrets = props.encryptSecrets
      ? new EncryptionKey(this, 'secrets', { ...place, alias: props.secretsAlias, description: `Kubernetes secrets of ${name}`, services: [] })
      : undefined;
    const logs = because(new CloudwatchLogGroup(this, 'cloudwatch-log-group.control_plane', {
      name: logGroupName, retentionInDays: props.logRetentionDays, kmsKeyId: data.key.arn,
    }), 'Made before the cluster: EKS would otherwise create it, unencrypted and kept for ever.');

    const role = new IamRole(this, 'iam-role.cluster', { name: props.roleName, assumeRolePolicy: serviceTrust('eks.amazonaws.com', accountId), permissionsBoundary: props.boundaryArn });
    const attached = new IamRolePolicyAttachment(this, 'iam-role-policy-attachment.cluster', { role: role.name, policyArn: `arn:${partition}:iam::aws:policy/AmazonEKSClusterPolicy` });
    const mayEncrypt = secrets === undefined ? [] : [new IamRolePolicy(this, 'iam-role-policy.cluster_secrets', {
      name: 'secrets-key', role: role.name,
      policy: policy([{ actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ListGrants', 'kms:DescribeKey'], on: [secrets.key.arn] }]),
    })];

    const hub = props.hubAddresses.map((name, i) => new DataAwsEip(this, `data-aws-eip.hub_${i + 1}`, { region: props.hubRegion, tags: { Name: name } }));
    const subnets = network.intraSubnets.length > 0 ? network.intraSubnets : network.privateSubnets;
    this.cluster = because(new EksCluster(this, 'eks-cluster.main', {
      name, version: props.version, roleArn: role.arn,
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: [...props.logTypes],
      deletionProtection: props.deletionProtection ? deletionProtection(scope) : false,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      ...(secrets === undefined ? {} : { encryptionConfig: { resources: ['secrets'], provider: { keyArn: secrets.key.arn } } }),
      kubernetesNetworkConfig: { serviceIpv4Cidr: props.serviceCidr, ipFamily: 'ipv4' },
      upgradePolicy: { supportType: props.supportType },
      vpcConfig: {
        subnetIds: subnets.map((subnet) => subnet.id),
        endpointPrivateAccess: props.privateEndpoint,
        endpointPublicAccess: props.publicEndpoint,
        ...(props.publicEndpoint ? { publicAccessCidrs: [...props.publicCidrs, ...hub.map((address) => `${address.publicIp}/32`)] } : {}),
      },
      zonalShiftConfig: { enabled: true },
      tags: { Name: name },
      dependsOn: [logs, attached, ...mayEncrypt],
    }), 'Comes up without the VPC CNI, kube-proxy and CoreDNS: Cilium does the work of the first two, and CoreDNS follows the nodes.\nBoth flags of access_config and bootstrap_self_managed_addons only act at creation.');
    if (props.publicEndpoint) accepted(this.cluster, { CKV_AWS_39: 'open to the blocks that were named, and to no others' });
  }
}
