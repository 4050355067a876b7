import type { Cluster, Environment, Platform } from '../../config/platform.ts';
import { tenantsOn } from '../../config/tenant-settings.ts';
import type { IamRoleNeed, InterruptionQueueNeed, NodeRoleNeed } from '../../model/infra.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { AccessEntry, ClusterAccessProps } from '../../stacks/cluster-access.ts';
import type { ClusterRootProps } from '../../stacks/cluster-root.ts';
import type { ControlPlaneProps } from '../../stacks/control-plane.ts';
import type { HubPeeringProps } from '../../stacks/hub-peering.ts';
import type { InterruptionQueueProps } from '../../stacks/interruption-queue.ts';
import type { NodeIdentityProps } from '../../stacks/node-identity.ts';
import type { RegistrationProps } from '../../stacks/registration.ts';
import type { VpcEndpointsProps } from '../../stacks/vpc-endpoints.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';
import type { WorkloadRoleProps } from '../../stacks/workload-identities.ts';
import { argocdHubRoleName, argocdSpokeRoleName, bounded, clusterRoleName, registrationPath, roleArn } from '../../units/aws-names.ts';
import { argocdNamespace, karpenterDiscoveryTag, platformGroup, tenantGroup } from '../../units/wellknown.ts';
import { containerLogGroup, containerLogsProps } from './container-logs-props.ts';
import { clusterConnectivityProps, isJoined } from './connectivity-props.ts';
import { fargateProps } from './fargate-props.ts';
import { flowLogGroup } from './edge-names.ts';
import { flowLogProps } from './flow-log-props.ts';
import { accessPolicyArn, boundaryArn, breakGlassRoleName, ciApplyRoleName, ciPlanRoleName, dataKeyAlias, defaultTags, environmentRoleArn, managedPolicyArn, operatorRoleName, ownershipTags, regionalArn, secretsKeyAlias, terraformName } from './names.ts';
import { policyStatements } from './statements.ts';
import { subnetsOf } from './subnets.ts';

/** Services' addresses inside every cluster: outside of all blocks a VPC may have, so that no peering can clash. */
const serviceCidr = '172.20.0.0/16';

/** Interface endpoints without which nodes in private subnets can't join or controllers can't work. */
export const nodeEndpoints = ['ec2', 'ecr.api', 'ecr.dkr', 'sts', 'logs', 'eks', 'eks-auth', 'elasticloadbalancing', 'autoscaling', 'sqs', 'ssm', 'kms', 'secretsmanager'] as const;

/** Interface endpoints of SageMaker and Bedrock. */
const mlEndpoints = ['sagemaker.api', 'sagemaker.runtime', 'bedrock-runtime'] as const;

/** Name tag of the route table of a cluster's private subnets in one zone. */
const privateTableName = (cluster: string, zone: number): string => `${cluster}-private-${zone + 1}`;

/** Zones of the interface endpoints that nodes use; a NAT gateway that is there anyway does the same for a tenth where little is pulled. */
const nodeEndpointZones = ({ tier, zones, network: { nat, endpoints } }: Cluster): number => {
  const where = endpoints.for_nodes ?? (nat !== 'none' && (tier === 'dev' || tier === 'sandbox') ? 'none' : 'all_zones');
  return { all_zones: zones.length, one_zone: 1, none: 0 }[where];
};

const endpointsOf = (cluster: Cluster): VpcEndpointsProps => {
  const prefix = `${cluster.partition === 'aws-cn' ? 'cn.' : ''}com.amazonaws.${cluster.region}`;
  const zones = nodeEndpointZones(cluster);
  const services = [...new Set<string>([...(zones === 0 ? [] : nodeEndpoints), ...(cluster.network.endpoints.ml ? mlEndpoints : []), ...(cluster.components['guardduty-runtime'] === undefined ? [] : ['guardduty-data']), ...cluster.network.endpoints.services])].filter((service) => service !== 's3');
  return {
    name: cluster.name, cidr: cluster.cidr, zones: zones === 0 ? cluster.zones.length : zones, s3: `com.amazonaws.${cluster.region}.s3`,
    interfaces: Object.fromEntries(services.map((service) => [terraformName(service), { service: `${prefix}.${service}`, name: `${cluster.name}-${service}` }])),
  };
};

/** Name tags of a cluster's NAT gateways and their addresses. */
const natNames = ({ name, zones, network: { nat } }: Cluster): readonly string[] =>
  zones.slice(0, { none: 0, single: 1, per_zone: zones.length }[nat]).map((zone) => `${name}-${zone}`);

/** True where the API server has a public endpoint: it was asked for, and somebody is named who may use it. */
const isPublic = ({ kubernetes: { api } }: Cluster): boolean => api.public && api.public_cidrs.length > 0;

const hubAddressesOf = (environment: Environment, cluster: Cluster): Pick<ControlPlaneProps, 'hubAddresses' | 'hubRegion'> => {
  const hub = environment.clusters.find(({ name }) => name === environment.hub);
  return { hubAddresses: hub && hub.name !== cluster.name && isPublic(cluster) ? natNames(hub) : [], hubRegion: hub?.region ?? cluster.region };
};

const controlPlaneOf = (platform: Platform, environment: Environment, cluster: Cluster): ControlPlaneProps => {
  const { api, ...kubernetes } = cluster.kubernetes;
  const open = isPublic(cluster);
  return {
    name: cluster.name, partition: cluster.partition, accountId: cluster.accountId, region: cluster.region, version: kubernetes.version,
    roleName: clusterRoleName(cluster.name, 'cluster'), boundaryArn: boundaryArn(platform, cluster),
    logTypes: kubernetes.log_types, logRetentionDays: kubernetes.log_retention_days, furtherLogGroups: [...(cluster.network.flow_logs.enabled ? [flowLogGroup(cluster.name)] : []), ...(containerLogsProps(cluster) ? [containerLogGroup(cluster.name, '*')] : [])],
    encryptSecrets: kubernetes.encryption, secretsAlias: secretsKeyAlias(cluster.name), dataAlias: dataKeyAlias(cluster.name),
    privateEndpoint: api.private || !open, publicEndpoint: open, publicCidrs: open ? api.public_cidrs : [],
    ...hubAddressesOf(environment, cluster),
    supportType: kubernetes.upgrade_policy.toUpperCase(), deletionProtection: kubernetes.deletion_protection, serviceCidr,
  };
};

const accessOf = (platform: Platform, environment: Environment, cluster: Cluster): ClusterAccessProps => {
  const admin = accessPolicyArn(cluster.partition, 'AmazonEKSClusterAdminPolicy');
  const adminView = accessPolicyArn(cluster.partition, 'AmazonEKSAdminViewPolicy');
  const view = accessPolicyArn(cluster.partition, 'AmazonEKSViewPolicy');
  const ours = (roleName: string) => environmentRoleArn(environment, roleName);
  const { github, gitlab } = environment.settings.ci;
  const { admin_role_arns: admins, readonly_role_arns: readers } = cluster.kubernetes;
  const teams = tenantsOn(environment, cluster.name).map(({ name, role_arns }) => ({ group: tenantGroup(name), arns: role_arns }));
  const named = (kind: string, arns: readonly string[], group?: string, policyArn?: string) =>
    [...new Set(arns)].sort().map((principalArn, i): readonly [string, AccessEntry] => {
      const groups = [...(group === undefined ? [] : [group]), ...teams.filter(({ arns: members }) => members.includes(principalArn)).map((team) => team.group)];
      return [`${kind}_${i + 1}`, { principalArn, ...(policyArn === undefined ? {} : { policyArn }), groups }];
    });
  return Object.fromEntries([
    ['operator', { principalArn: ours(operatorRoleName(platform, environment)), policyArn: admin }],
    ['break_glass', { principalArn: ours(breakGlassRoleName(platform, environment)), policyArn: admin }],
    ...(github ?? gitlab ? [
      ['ci_apply', { principalArn: ours(ciApplyRoleName(platform, environment)), policyArn: admin }] as const,
      // A plan of the bootstrap root reads Helm's releases, which are Secrets.
      ['ci_plan', { principalArn: ours(ciPlanRoleName(platform, environment)), policyArn: adminView }] as const,
    ] : []),
    // EKS takes one entry for each principal: who is in several lists is in several groups.
    ...named('admin', admins, platformGroup.admin, admin),
    ...named('readonly', readers.filter((arn) => !admins.includes(arn)), platformGroup.readonly, view),
    ...named('tenant', teams.flatMap(({ arns }) => arns).filter((arn) => !admins.includes(arn) && !readers.includes(arn))),
  ]);
};

type Needs = readonly (readonly [string, IamRoleNeed | NodeRoleNeed | InterruptionQueueNeed])[];

const needsOf = (plan: ClusterPlan): Needs =>
  plan.components.flatMap(({ id, infra }) => Object.entries(infra).map(([key, need]) => [terraformName(`${id}_${key}`), need] as const));

/** Argo CD's three programs that call other clusters' API servers, on one role. Source: Argo CD operator manual, "EKS". */
const argocdSubjects = ['argocd-application-controller', 'argocd-server', 'argocd-applicationset-controller'].map((account) => `system:serviceaccount:${argocdNamespace}:${account}`);

/** An inline policy holds 10,240 characters; an ARN takes about 90. Source: IAM quotas. */
const maxSpokesByName = 80;

/** What the hub may assume. A fleet too large to be listed is named by its prefix; each spoke's own trust names the hub anyway. */
const spokeRights = (environment: Environment): readonly PolicyStatement[] => {
  const spokes = environment.clusters.filter(({ name, engine }) => name !== environment.hub && engine === 'argocd');
  if (spokes.length === 0) return [];
  const each = spokes.map((spoke) => roleArn(spoke, argocdSpokeRoleName(spoke.name)));
  return [{ sid: 'ActOnSpokes', actions: ['sts:AssumeRole'], on: each.length > maxSpokesByName ? [environmentRoleArn(environment, argocdSpokeRoleName(`${environment.settings.cluster_name_prefix}-*`))] : each }];
};

const hubRole = (environment: Environment, cluster: Cluster): WorkloadRoleProps => {
  return {
    roleName: argocdHubRoleName(cluster.name), subjects: argocdSubjects,
    allow: spokeRights(environment),
  };
};

/** True where a role may change things on every resource without any condition. */
const changesAnything = ({ allow }: IamRoleNeed): boolean =>
  allow.some(({ actions, on, when }) => on.includes('*') && when === undefined && actions.some((action) => !/:(BatchGet|Describe|Get|List)/.test(action)));

const rolesOf = (environment: Environment, cluster: Cluster, needs: Needs): Readonly<Record<string, WorkloadRoleProps>> => {
  const hubName = argocdHubRoleName(cluster.name);
  const found = needs.flatMap(([id, need]) => {
    if (need.kind !== 'iam-role') return [];
    const own = [`system:serviceaccount:${need.namespace}:${need.serviceAccount}`];
    if (need.roleName === hubName) return [[id, { ...hubRole(environment, cluster), subjects: [...new Set([...own, ...argocdSubjects])] }] as const];
    const { namespace, serviceAccount, through } = need;
    const podIdentity = through && { accountId: cluster.accountId, clusterArn: regionalArn(cluster, 'eks', `cluster/${cluster.name}`), namespace, serviceAccount };
    return [[id, { roleName: need.roleName, subjects: own, allow: policyStatements(need.allow), ...(podIdentity ? { podIdentity } : {}), ...(changesAnything(need) ? { changesAnything: true } : {}) }] as const];
  });
  const missing = cluster.hub && cluster.engine === 'argocd' && !found.some(([, { roleName }]) => roleName === hubName);
  return Object.fromEntries([...found, ...(missing ? [['argocd_hub', hubRole(environment, cluster)] as const] : [])]);
};

const systemNodePolicies = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'];

/** Name of the role of the managed node group. */
export const nodeRoleName = (cluster: string): string => clusterRoleName(cluster, 'node');

const nodeIdentitiesOf = (platform: Platform, cluster: Cluster, needs: Needs): Readonly<Record<string, NodeIdentityProps>> => {
  const identity = (roleName: string, policies: readonly string[], needsAccessEntry: boolean): NodeIdentityProps => ({
    roleName, boundaryArn: boundaryArn(platform, cluster), needsAccessEntry,
    managedPolicies: Object.fromEntries(policies.map((name) => [terraformName(name), managedPolicyArn(cluster.partition, name)])),
  });
  return {
    system_node: identity(nodeRoleName(cluster.name), systemNodePolicies, false),
    ...Object.fromEntries(needs.flatMap(([id, need]) => (need.kind === 'node-role' ? [[id, identity(need.roleName, need.managedPolicies, true)] as const] : []))),
  };
};

/** What EC2 and AWS Health announce about instances. Source: Karpenter documentation, CloudFormation reference, "Interruption handling". */
const announcements = [
  ['health', 'aws.health', 'AWS Health Event'],
  ['spot_interruption', 'aws.ec2', 'EC2 Spot Instance Interruption Warning'],
  ['rebalance', 'aws.ec2', 'EC2 Instance Rebalance Recommendation'],
  ['state_change', 'aws.ec2', 'EC2 Instance State-change Notification'],
  ['capacity_reservation', 'aws.ec2', 'EC2 Capacity Reservation Instance Interruption Warning'],
] as const;

const interruptionsOf = (cluster: Cluster, needs: Needs): InterruptionQueueProps | undefined => {
  const queue = needs.map(([, need]) => need).find((need) => need.kind === 'interruption-queue');
  return queue === undefined ? undefined : {
    queueName: queue.queueName, accountId: cluster.accountId,
    rules: Object.fromEntries(announcements.map(([id, source, detailType]) => [id, { name: bounded(`${cluster.name}-${id.replaceAll('_', '-')}`, 64), source, detailType }])),
  };
};

const registrationOf = (platform: Platform, environment: Environment, cluster: Cluster): RegistrationProps | undefined => {
  const hub = environment.clusters.find(({ name }) => name === environment.hub);
  if (cluster.name === environment.hub || !hub || cluster.engine !== 'argocd') return undefined;
  return {
    roleName: argocdSpokeRoleName(cluster.name), boundaryArn: boundaryArn(platform, cluster),
    hubAccountRoot: `arn:${hub.partition}:iam::${hub.accountId}:root`, hubRoleArn: roleArn(hub, argocdHubRoleName(hub.name)),
    policyArn: accessPolicyArn(cluster.partition, 'AmazonEKSClusterAdminPolicy'), hubRegion: hub.region,
    path: registrationPath(platform.name, environment.name, cluster.name),
  };
};

const peeringOf = (environment: Environment, cluster: Cluster): HubPeeringProps | undefined => {
  const hub = environment.clusters.find(({ name }) => name === environment.hub);
  if (cluster.name === environment.hub || !hub || isPublic(cluster) || isJoined(environment)) return undefined;
  return {
    name: `${cluster.name}-to-${hub.name}`, cidr: cluster.cidr, hubName: hub.name, hubRegion: hub.region, hubCidr: hub.cidr,
    hubRouteTables: hub.zones.map((_, i) => privateTableName(hub.name, i)), crossesRegions: hub.region !== cluster.region,
  };
};

/** Decides everything of a cluster's first root. Pure. */
export const clusterProps = (platform: Platform, plan: ClusterPlan): ClusterRootProps => {
  const { cluster, environment } = plan;
  const needs = needsOf(plan);
  const interruptions = interruptionsOf(cluster, needs);
  const registration = registrationOf(platform, environment, cluster);
  const peering = peeringOf(environment, cluster);
  const flowLog = flowLogProps(platform, cluster);
  const containerLogs = containerLogsProps(cluster);
  const fargate = fargateProps(platform, cluster);
  const connectivity = clusterConnectivityProps(platform, environment, cluster, !isPublic(cluster));
  const nodes = bounded(`${cluster.name}-nodes`, 255);
  return {
    aws: { region: cluster.region, accountId: cluster.accountId, tags: defaultTags(cluster.tags, ownershipTags(platform, environment, cluster)) },
    network: { name: cluster.name, cidr: cluster.cidr, ...subnetsOf(cluster), privateRouteTables: cluster.zones.map((_, i) => privateTableName(cluster.name, i)), natGateways: natNames(cluster) },
    ...(cluster.network.endpoints.enabled ? { endpoints: endpointsOf(cluster) } : {}),
    ...(flowLog === undefined ? {} : { flowLog }),
    ...(containerLogs === undefined ? {} : { containerLogs }),
    controlPlane: controlPlaneOf(platform, environment, cluster),
    access: accessOf(platform, environment, cluster),
    identities: { boundaryArn: boundaryArn(platform, cluster), roles: rolesOf(environment, cluster, needs) },
    nodeSecurityGroup: { name: nodes, tags: [{ key: karpenterDiscoveryTag, value: cluster.name }, { key: `kubernetes.io/cluster/${cluster.name}`, value: 'owned' }] },
    nodeIdentities: nodeIdentitiesOf(platform, cluster, needs),
    ...(fargate === undefined ? {} : { fargate }),
    ...(interruptions === undefined ? {} : { interruptions }),
    zone: { domain: environment.domain, region: cluster.region },
    ...(registration === undefined ? {} : { registration }),
    ...(peering === undefined ? {} : { peering }),
    ...(connectivity === undefined ? {} : { connectivity }),
  };
};
