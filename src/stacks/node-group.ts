import { EksNodeGroup } from '#bindings/aws/eks-node-group.js';
import { LaunchTemplate } from '#bindings/aws/launch-template.js';
import type { ITerraformDependable } from 'cdktn';
import { Construct } from 'constructs';
import type { Lookups } from './lookups.ts';
import { because } from './root.ts';

/** The managed node group on which everything runs that Karpenter itself needs. */
export interface NodeGroupProps {
  readonly name: string;
  readonly clusterName: string;
  readonly roleArn: string;
  /** Kubernetes minor version; nodes are replaced when it rises. */
  readonly version: string;
  readonly amiType: string;
  readonly instanceTypes: readonly string[];
  readonly min: number;
  readonly desired: number;
  readonly max: number;
  /** Volume that grows with `diskGib`; Bottlerocket keeps data on a second one. */
  readonly device: string;
  readonly diskGib: number;
  /** Alias ARN of the key for volumes. */
  readonly keyArn: string;
  readonly startupTaint: string;
  /** Whether schedules change the fewest nodes too. */
  readonly isScheduled: boolean;
  /** Default tags do not reach what a launch template makes. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Launch template and node group; nodes refuse pods until Cilium's agent lifts the taint. File `nodes.tf`. */
export class NodeGroup extends Construct {
  readonly group: EksNodeGroup;

  constructor(scope: Construct, lookups: Lookups, props: NodeGroupProps, after: readonly ITerraformDependable[]) {
    super(scope, 'nodes');
    const tags = { ...props.tags, Name: props.name };
    const template = new LaunchTemplate(this, 'launch-template.system', {
      name: props.name, updateDefaultVersion: true, vpcSecurityGroupIds: [lookups.nodeGroup.id],
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [{
        deviceName: props.device,
        ebs: { volumeType: 'gp3', volumeSize: props.diskGib, encrypted: 'true', kmsKeyId: props.keyArn, deleteOnTermination: 'true' },
      }],
      monitoring: { enabled: true },
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
    });
    this.group = because(new EksNodeGroup(this, 'eks-node-group.system', {
      clusterName: lookups.cluster.name, nodeGroupName: props.name, nodeRoleArn: props.roleArn, version: props.version,
      subnetIds: lookups.privateSubnets.ids, amiType: props.amiType, instanceTypes: [...props.instanceTypes],
      labels: { 'argoeks.io/pool': 'system' },
      launchTemplate: { id: template.id, version: `\${aws_launch_template.system.latest_version}` },
      scalingConfig: { minSize: props.min, desiredSize: props.desired, maxSize: props.max },
      taint: [{ key: props.startupTaint, value: 'true', effect: 'NO_EXECUTE' }],
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      lifecycle: { ignoreChanges: ['scaling_config[0].desired_size', ...(props.isScheduled ? ['scaling_config[0].min_size'] : [])] },
      dependsOn: [...after],
    }), 'Starts after Cilium is installed: its agents come up with the nodes and lift the taint.');
  }
}
