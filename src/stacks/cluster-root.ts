import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { ClusterAccess } from './cluster-access.ts';
import type { ClusterAccessProps } from './cluster-access.ts';
import { ClusterConnectivity } from './cluster-connectivity.ts';
import type { ClusterConnectivityProps } from './cluster-connectivity.ts';
import { ContainerLogs } from './container-logs.ts';
import type { ContainerLogsProps } from './container-logs.ts';
import { ControlPlane } from './control-plane.ts';
import type { ControlPlaneProps } from './control-plane.ts';
import { Fargate } from './fargate.ts';
import type { FargateProps } from './fargate.ts';
import { FlowLog } from './flow-log.ts';
import type { FlowLogProps } from './flow-log.ts';
import { HubPeering } from './hub-peering.ts';
import type { HubPeeringProps } from './hub-peering.ts';
import { InterruptionQueue } from './interruption-queue.ts';
import type { InterruptionQueueProps } from './interruption-queue.ts';
import { Network } from './network.ts';
import type { NetworkProps } from './network.ts';
import { NodeIdentity } from './node-identity.ts';
import type { NodeIdentityProps } from './node-identity.ts';
import { NodeSecurityGroup } from './node-security-group.ts';
import type { NodeSecurityGroupProps } from './node-security-group.ts';
import { Outputs } from './outputs.ts';
import { Registration } from './registration.ts';
import type { RegistrationProps } from './registration.ts';
import { Root } from './root.ts';
import { VpcEndpoints } from './vpc-endpoints.ts';
import type { VpcEndpointsProps } from './vpc-endpoints.ts';
import { WorkloadIdentities } from './workload-identities.ts';
import type { WorkloadIdentitiesProps } from './workload-identities.ts';
import { ZoneAssociation } from './zone-association.ts';
import type { ZoneAssociationProps } from './zone-association.ts';
import { Construct } from 'constructs';

/** Everything a cluster's first root is made of. */
export interface ClusterRootProps {
  readonly aws: AwsProps;
  readonly network: NetworkProps;
  readonly endpoints?: VpcEndpointsProps;
  readonly flowLog?: FlowLogProps;
  readonly containerLogs?: ContainerLogsProps;
  readonly controlPlane: ControlPlaneProps;
  readonly access: ClusterAccessProps;
  readonly identities: WorkloadIdentitiesProps;
  readonly nodeSecurityGroup: NodeSecurityGroupProps;
  /** Resource name → role of nodes. */
  readonly nodeIdentities: Readonly<Record<string, NodeIdentityProps>>;
  readonly fargate?: FargateProps;
  readonly interruptions?: InterruptionQueueProps;
  readonly zone: ZoneAssociationProps;
  /** Only on spokes. */
  readonly registration?: RegistrationProps;
  /** Only on spokes without a public endpoint, where no transit gateway joins them to the hub. */
  readonly peering?: HubPeeringProps;
  readonly connectivity?: ClusterConnectivityProps;
}

/** Root `<cluster>/cluster`: network, control plane, identities; nothing inside Kubernetes. */
export const clusterRoot = (props: ClusterRootProps): Root => {
  const root = new Root();
  new Aws(root, props.aws);
  const network = new Network(root, props.network);
  if (props.endpoints) new VpcEndpoints(root, network, props.endpoints);
  const { cluster, dataKey } = new ControlPlane(root, network, props.controlPlane);
  if (props.flowLog) new FlowLog(root, network, dataKey, props.flowLog);
  if (props.containerLogs) new ContainerLogs(root, dataKey, props.containerLogs);
  new ClusterAccess(root, cluster, props.access);
  const { zone } = new ZoneAssociation(root, network, props.zone);
  const { provider } = new WorkloadIdentities(root, cluster, zone.zoneId, props.identities);
  const nodes = new Construct(root, 'nodes');
  const { group } = new NodeSecurityGroup(nodes, network, cluster, props.nodeSecurityGroup);
  for (const [id, identity] of Object.entries(props.nodeIdentities)) new NodeIdentity(nodes, id, cluster, identity);
  if (props.fargate) new Fargate(root, { network, cluster, nodeGroupId: group.id }, props.fargate);
  if (props.interruptions) new InterruptionQueue(root, props.interruptions);
  if (props.registration) new Registration(root, cluster, props.registration);
  if (props.peering) new HubPeering(root, network, cluster, props.peering);
  if (props.connectivity) new ClusterConnectivity(root, { network, cluster, nodeGroupId: group.id, zoneId: zone.zoneId }, props.connectivity);
  new Outputs(root, {
    cluster_name: { value: cluster.name, description: 'Name of the EKS cluster' },
    cluster_endpoint: { value: cluster.endpoint, description: 'Address of the API server' },
    cluster_security_group_id: { value: cluster.vpcConfig.clusterSecurityGroupId, description: 'Security group EKS made for the control plane' },
    node_security_group_id: { value: group.id, description: 'Security group of nodes and pods' },
    oidc_provider_arn: { value: provider.arn, description: 'OIDC provider that workload roles trust' },
    vpc_id: { value: network.vpc.id, description: 'VPC of the cluster' },
    private_subnet_ids: { value: network.privateSubnets.map((subnet) => subnet.id), description: 'Subnets of nodes and pods, one per zone' },
    zone_id: { value: zone.zoneId, description: 'Private zone of the environment' },
  });
  return root;
};
