import { DataAwsSecurityGroup } from '#bindings/aws/data-aws-security-group.js';
import { DataAwsSubnets } from '#bindings/aws/data-aws-subnets.js';
import { SecurityGroup } from '#bindings/aws/security-group.js';
import { VpcSecurityGroupIngressRule } from '#bindings/aws/vpc-security-group-ingress-rule.js';
import { Construct } from 'constructs';
import { because } from './root.ts';

/** The cluster in whose VPC data stores live. */
export interface DataNetworkProps {
  readonly clusterName: string;
  readonly discoveryTag: string;
  /** Where it is not the root's own. */
  readonly region?: string;
}

/** Private subnets and node security group of that cluster, found by tag and not by another root's state. Files `lookups.tf` and, of a second region, `lookups-<place>.tf`. */
export class DataNetwork extends Construct {
  readonly subnetIds: string[];
  readonly vpcId: string;
  readonly nodesGroupId: string;
  readonly region: string | undefined;

  constructor(scope: Construct, { clusterName, discoveryTag, region }: DataNetworkProps, place?: 'secondary') {
    super(scope, place === undefined ? 'lookups' : `lookups-${place}`);
    this.region = region;
    const [at, suffix] = [region === undefined ? {} : { region }, place === undefined ? '' : `_${place}`];
    const filter = [{ name: `tag:${discoveryTag}`, values: [clusterName] }];
    this.subnetIds = because(new DataAwsSubnets(this, `data-aws-subnets.private${suffix}`, { ...at, filter }), 'Made by the root of the cluster, which is applied first.').ids;
    const nodes = new DataAwsSecurityGroup(this, `data-aws-security-group.nodes${suffix}`, { ...at, filter });
    this.vpcId = nodes.vpcId;
    this.nodesGroupId = nodes.id;
  }
}

/** Security group of one store: nodes and pods of the cluster reach its port, nobody else reaches anything. */
export const storeSecurityGroup = (scope: Construct, id: string, network: DataNetwork, { name, port }: { readonly name: string; readonly port: number }): SecurityGroup => {
  const at = network.region === undefined ? {} : { region: network.region };
  const group = new SecurityGroup(scope, `security-group.${id}`, { ...at, name, description: 'Nodes and pods of the cluster only', vpcId: network.vpcId, tags: { Name: name } });
  new VpcSecurityGroupIngressRule(scope, `vpc-security-group-ingress-rule.${id}`, {
    ...at, securityGroupId: group.id, description: 'From nodes and pods', ipProtocol: 'tcp', fromPort: port, toPort: port, referencedSecurityGroupId: network.nodesGroupId, tags: { Name: name },
  });
  return group;
};
