import { z } from 'zod';
import { networkPrices } from '../../catalog/network-prices.ts';
import { fargateSettings } from './fargate-settings.ts';
import { flowLogSettings } from './flow-log-settings.ts';
import type { Tier } from './platform.ts';
import { retentionDays } from './retention-days.ts';
import { perTier } from './tier.ts';

export { retentionDays };

/** Control plane log types of EKS. Source: Amazon EKS user guide, "Send control plane logs to CloudWatch Logs". */
export const controlPlaneLogTypes = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;

const Cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, { error: 'is not an IPv4 block such as 203.0.113.0/24' });
const RoleArn = z.string().regex(/^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/, { error: 'is not the ARN of an IAM role' });

const usd = (amount: number): string => `${amount.toFixed(3).replace(/\.?0+$/, '')} USD`;
const natCost = `Each costs about ${usd(networkPrices.natGateway.usdPerMonth)} a month and ${usd(networkPrices.natGateway.usdPerGb)} per GB in ${networkPrices.region}.`;
const endpointCost = `Each interface endpoint costs about ${usd(networkPrices.interfaceEndpoint.usdPerMonth)} a month in every zone in ${networkPrices.region}.`;

/** The VPC of each cluster. */
export const networkSettings = (tier: Tier) =>
  z.strictObject({
    vpc_prefix: z.int().min(16).max(20).default(16).meta({ description: 'Length of the VPC block\'s prefix: 16 gives 65,536 addresses, 20 gives 4,096.', unit: 'bits' }),
    zones: perTier(z.int().min(2).max(3).meta({ description: 'Availability zones each cluster spans.', unit: 'zones' }), tier, { dev: 3, qa: 3, prod: 3, sandbox: 2 }),
    nat: perTier(z.enum(['single', 'per_zone', 'none']).meta({ description: `NAT gateways: one, one in each zone, or none (private nodes then reach AWS only through endpoints). ${natCost}` }), tier, { dev: 'single', qa: 'single', prod: 'per_zone', sandbox: 'single' }),
    intra_subnets: perTier(z.boolean().meta({ description: 'Gives the control plane\'s network interfaces subnets without any route to the internet.' }), tier, { dev: false, qa: true, prod: true, sandbox: false }),
    endpoints: z.strictObject({
      enabled: z.boolean().default(true).meta({ description: `Creates the S3 gateway endpoint and the interface endpoints private nodes need. ${endpointCost}` }),
      for_nodes: z.enum(['all_zones', 'one_zone', 'none']).optional().meta({ description: 'Where the interface endpoints are that nodes and controllers use. `none`: they use the NAT gateway instead. When absent, `none` in dev and sandbox if there is a NAT gateway, else `all_zones`.' }),
      services: z.array(z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, { error: 'is not the short name of an endpoint service, such as "sagemaker.api"' })).default([]).meta({ description: 'Further interface endpoints, by short service name.', examples: [['sagemaker.api', 'sagemaker.runtime', 'bedrock-runtime']] }),
      ml: z.boolean().default(false).meta({ description: 'Further interface endpoints for SageMaker (sagemaker.api, sagemaker.runtime) and Bedrock (bedrock-runtime).' }),
    }).prefault({}).meta({ description: 'VPC endpoints.' }),
    flow_logs: flowLogSettings(tier),
    policies: z.boolean().default(true).meta({ description: 'Renders Cilium network policies: pods of the platform\'s components talk to nothing but what their components declare, and pods of tenants to nothing but one another and what `tenants` says.' }),
  }).refine(({ nat, endpoints }) => nat !== 'none' || !endpoints.enabled || endpoints.for_nodes !== 'none', { error: 'cannot be "none" without a NAT gateway: nodes would reach neither EKS nor ECR', path: ['endpoints', 'for_nodes'] }).prefault({}).meta({ description: 'The VPC of each cluster.' });

/** The control plane of each cluster. */
export const kubernetesSettings = (tier: Tier) =>
  z.strictObject({
    version: z.string().regex(/^1\.\d{2}$/, { error: 'is not a Kubernetes minor version such as "1.35" (with quotes)' }).default('1.35').meta({ description: 'Kubernetes minor version; quote it, or YAML reads 1.30 as 1.3.' }),
    api: z.strictObject({
      public: perTier(z.boolean().meta({ description: 'Offers the API server on the internet, to `public_cidrs` only. Without any of these it stays private.' }), tier, { dev: true, qa: true, prod: false, sandbox: true }),
      public_cidrs: z.array(Cidr).default([]).meta({ description: 'IPv4 blocks that may reach the public API endpoint; never 0.0.0.0/0.', examples: [['203.0.113.0/24']] }),
      private: z.boolean().default(true).meta({ description: 'Offers the API server inside the VPC.' }),
    }).prefault({}).meta({ description: 'Endpoints of the API server.' }),
    log_types: z.array(z.enum(controlPlaneLogTypes)).default([...controlPlaneLogTypes]).meta({ description: 'Control plane logs sent to CloudWatch Logs.' }),
    log_retention_days: z.literal([...retentionDays]).default(400).meta({ description: 'How long control plane logs are kept; one of the retentions CloudWatch Logs knows.', unit: 'days' }),
    encryption: z.boolean().default(true).meta({ description: 'Encrypts Kubernetes secrets with a KMS key of the environment.' }),
    admin_role_arns: z.array(RoleArn).default([]).meta({ description: 'IAM roles with administrator access to every cluster, through access entries.' }),
    readonly_role_arns: z.array(RoleArn).default([]).meta({ description: 'IAM roles that may look at everything but secrets.' }),
    upgrade_policy: z.enum(['standard', 'extended']).default('standard').meta({ description: 'At the end of standard support EKS upgrades by itself (`standard`) or bills extended support (`extended`).' }),
    deletion_protection: perTier(z.boolean().meta({ description: 'EKS refuses to delete the cluster until this is turned off.' }), tier, { dev: false, qa: false, prod: true, sandbox: false }),
    fargate: fargateSettings(),
  }).prefault({}).meta({ description: 'The control plane of each cluster.' });

/** The managed node group of each cluster, on which everything runs that Karpenter itself needs. */
export const nodesSettings = (tier: Tier) =>
  z.strictObject({
    size: perTier(z.enum(['small', 'medium', 'large', 'xlarge']).meta({ description: 'Preset: small t3.large ×2, medium m5.xlarge ×3, large m5.2xlarge ×4, xlarge m5.4xlarge ×6. The single keys below override it.' }), tier, { dev: 'small', qa: 'medium', prod: 'large', sandbox: 'small' }),
    instance_types: z.array(z.string().regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, { error: 'is not an EC2 instance type such as "m5.xlarge"' })).min(1).optional().meta({ description: 'EC2 instance types; the preset\'s when absent.' }),
    min: z.int().min(0).optional().meta({ description: 'Fewest nodes; when absent, `desired` in prod and 1 elsewhere.', unit: 'nodes' }),
    desired: z.int().min(1).optional().meta({ description: 'Nodes at the start; the preset\'s when absent.', unit: 'nodes' }),
    max: z.int().min(1).optional().meta({ description: 'Most nodes; three times `desired` when absent.', unit: 'nodes' }),
    ami_type: z.enum(['AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD', 'BOTTLEROCKET_x86_64', 'BOTTLEROCKET_ARM_64']).default('AL2023_x86_64_STANDARD').meta({ description: 'Image family of the nodes, in EKS\' spelling.' }),
    disk_gib: z.int().min(20).max(16384).default(100).meta({ description: 'Root volume of each node (gp3, encrypted).', unit: 'GiB' }),
  }).prefault({}).meta({ description: 'The managed node group of each cluster.' });

/** Preset of `nodes.size`: instance type and desired count. */
export const nodePresets = {
  small: { type: 't3.large', desired: 2 },
  medium: { type: 'm5.xlarge', desired: 3 },
  large: { type: 'm5.2xlarge', desired: 4 },
  xlarge: { type: 'm5.4xlarge', desired: 6 },
} as const;
