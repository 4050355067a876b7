import type { Environment, Platform } from '../../config/platform.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';
import { greengrassName } from './greengrass-props.ts';
import { observabilityPath } from '../../units/aws-names.ts';
import { grafanaRoleName, prometheusLogGroup } from './managed-observability-props.ts';

const isOn = ({ settings: { observability: { amp, amg }, edge: { greengrass } } }: Environment) => ({ amp: amp.enabled, amg: amg.enabled, greengrass: greengrass.enabled });

/** What planning Prometheus, Grafana and Greengrass reads by description; nothing where an environment has none of them. */
export const managedServiceReads = (environment: Environment): readonly string[] => {
  const on = isOn(environment);
  return [
    ...(on.amp ? ['aps:Describe*', 'aps:List*'] : []),
    ...(on.amg ? ['grafana:Describe*', 'grafana:List*'] : []),
    ...(on.greengrass ? ['iot:Describe*', 'iot:ListTagsForResource'] : []),
  ];
};

/** Addresses of Prometheus that its root publishes: planning reads them back. */
export const managedServiceParameters = (platform: Platform, environment: Environment): readonly PolicyStatement[] => (isOn(environment).amp ? [
  { sid: 'ReadObservability', actions: ['ssm:GetParameter', 'ssm:GetParameters'], on: [parametersOf(platform, environment)] },
] : []);

const parametersOf = (platform: Platform, { partition, accountId, name }: Environment): string => `arn:${partition}:ssm:*:${accountId}:parameter${observabilityPath(platform.name, name)}/*`;

const passes = ({ partition, accountId }: Environment, roleName: string, service: string) =>
  ({ actions: ['iam:PassRole', 'iam:GetRole'], on: [`arn:${partition}:iam::${accountId}:role/${roleName}`], when: { StringEquals: [{ key: 'iam:PassedToService', values: [service] }] } });

/** What making what Greengrass needs takes on top; nothing where it is off. Source: Service Authorization Reference, AWS IoT. Pure. */
export const greengrassRights = (environment: Environment): readonly PolicyStatement[] => (isOn(environment).greengrass ? [
  { sid: 'CoreDevices', actions: ['iot:CreateThingGroup', 'iot:UpdateThingGroup', 'iot:DeleteThingGroup', 'iot:CreateRoleAlias', 'iot:UpdateRoleAlias', 'iot:DeleteRoleAlias', 'iot:TagResource', 'iot:UntagResource'], on: ['thinggroup', 'rolealias'].map((kind) => `arn:${environment.partition}:iot:*:${environment.accountId}:${kind}/${greengrassName(environment)}`) },
  { sid: 'RoleOfCoreDevices', ...passes(environment, greengrassName(environment), 'credentials.iot.amazonaws.com') },
] : []);

/**
 * What making Prometheus and Grafana needs on top; nothing where they are off. Workspaces get their ids from AWS, so they are narrowed by tag. Source: Service Authorization Reference, Amazon
 * Managed Service for Prometheus, Amazon Managed Grafana; AMP user guide, "Encryption at rest" (the caller makes the grants). Pure.
 */
export const managedServiceRights = (platform: Platform, environment: Environment): readonly PolicyStatement[] => {
  const on = isOn(environment);
  const { name, partition, accountId, regions } = environment;
  const at = (service: string, resource: string): string => `arn:${partition}:${service}:*:${accountId}:${resource}`;
  const being = { StringEquals: [{ key: 'aws:ResourceTag/argoeks:environment', values: [name] }] };
  const becoming = { StringEquals: [{ key: 'aws:RequestTag/argoeks:environment', values: [name] }] };
  return [
    ...(on.amp ? [
      // What is being made has no ARN, of either service.
      { sid: 'NewPrometheus', actions: ['aps:CreateWorkspace', 'aps:TagResource'], on: ['*'], when: becoming },
      { sid: 'Prometheus', actions: ['aps:DeleteWorkspace', 'aps:UpdateWorkspaceAlias', 'aps:CreateLoggingConfiguration', 'aps:UpdateLoggingConfiguration', 'aps:DeleteLoggingConfiguration', 'aps:TagResource', 'aps:UntagResource'], on: [at('aps', 'workspace/*')], when: being },
      { sid: 'KeyOfPrometheus', actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'], on: [at('kms', 'key/*')], when: { StringEquals: [...being.StringEquals, { key: 'kms:ViaService', values: regions.map((region) => `aps.${region}.amazonaws.com`) }] } },
      { sid: 'LogsOfPrometheus', actions: ['logs:CreateLogGroup', 'logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy', 'logs:AssociateKmsKey', 'logs:DisassociateKmsKey', 'logs:TagResource', 'logs:UntagResource'], on: [at('logs', `log-group:${prometheusLogGroup(name)}`)] },
      { sid: 'DeliveriesOfPrometheus', actions: ['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'], on: ['*'], when: { StringEquals: [{ key: 'aws:RequestedRegion', values: regions }] } },
      { sid: 'AddressesOfPrometheus', actions: ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:AddTagsToResource', 'ssm:RemoveTagsFromResource'], on: [parametersOf(platform, environment)] },
    ] : []),
    ...(on.amg ? [
      { sid: 'NewGrafana', actions: ['grafana:CreateWorkspace', 'grafana:TagResource'], on: ['*'], when: becoming },
      { sid: 'Grafana', actions: ['grafana:DeleteWorkspace', 'grafana:UpdateWorkspace', 'grafana:UpdateWorkspaceConfiguration', 'grafana:UpdateWorkspaceAuthentication', 'grafana:UpdatePermissions', 'grafana:TagResource', 'grafana:UntagResource'], on: [at('grafana', '/workspaces/*')], when: being },
      // Grafana makes itself an application of IAM Identity Center, on behalf of the caller.
      { sid: 'SignInToGrafana', actions: ['organizations:DescribeOrganization', 'sso:CreateManagedApplicationInstance', 'sso:DeleteManagedApplicationInstance', 'sso:DescribeRegisteredRegions', 'sso:GetSharedSsoConfiguration', 'sso:ListDirectoryAssociations', 'sso:GetManagedApplicationInstance', 'sso:ListProfiles', 'sso:GetProfile', 'sso:AssociateProfile', 'sso:DisassociateProfile', 'sso:ListProfileAssociations', 'sso-directory:DescribeGroup', 'sso-directory:DescribeUser'], on: ['*'] },
      { sid: 'RoleOfGrafana', ...passes(environment, grafanaRoleName(environment), 'grafana.amazonaws.com') },
    ] : []),
  ];
};

/** Kinds of EKS objects besides those that every cluster has: ARN `<kind>/<cluster>/…`. */
export const furtherEksKinds = (environment: Environment): readonly string[] => [
  ...(environment.clusters.some(({ kubernetes }) => kubernetes.fargate.enabled) ? ['fargateprofile'] : []),
  ...(usesPodIdentity(environment) ? ['podidentityassociation'] : []),
];

/** True where a cluster has components whose roles come through EKS Pod Identity: they require its agent. */
const usesPodIdentity = ({ clusters }: Environment): boolean => clusters.some(({ components }) => components['pod-identity-agent'] !== undefined);

/** Services of EKS that roles are handed to besides EKS and EC2, and service-linked roles they make. */
export const furtherEksServices = (environment: Environment): { readonly passedTo: readonly string[]; readonly linked: readonly string[] } => {
  const fargate = environment.clusters.some(({ kubernetes }) => kubernetes.fargate.enabled);
  return { passedTo: [...(fargate ? ['eks-fargate-pods.amazonaws.com'] : []), ...(usesPodIdentity(environment) ? ['pods.eks.amazonaws.com'] : [])], linked: fargate ? ['eks-fargate.amazonaws.com'] : [] };
};
