import { DataAwsEksCluster } from '#bindings/aws/data-aws-eks-cluster.js';
import { DataAwsSecurityGroup } from '#bindings/aws/data-aws-security-group.js';
import { DataAwsSubnets } from '#bindings/aws/data-aws-subnets.js';
import { Construct } from 'constructs';
import { because } from './root.ts';

/** What a bootstrap root finds of its cluster root, by name and tag. */
export interface LookupsProps {
  readonly clusterName: string;
  readonly discoveryTag: string;
}

/** The cluster, its private subnets and the node security group, read from AWS and not from another root's state. File `lookups.tf`. */
export class Lookups extends Construct {
  readonly cluster: DataAwsEksCluster;
  readonly privateSubnets: DataAwsSubnets;
  readonly nodeGroup: DataAwsSecurityGroup;

  constructor(scope: Construct, { clusterName, discoveryTag }: LookupsProps) {
    super(scope, 'lookups');
    this.cluster = because(new DataAwsEksCluster(this, 'data-aws-eks-cluster.main', { name: clusterName }),
      'Made by the root `../cluster`, which is applied first: no provider here depends on a resource of this root.');
    const filter = [{ name: `tag:${discoveryTag}`, values: [clusterName] }];
    this.privateSubnets = new DataAwsSubnets(this, 'data-aws-subnets.private', { filter });
    this.nodeGroup = new DataAwsSecurityGroup(this, 'data-aws-security-group.nodes', { filter });
  }
}
