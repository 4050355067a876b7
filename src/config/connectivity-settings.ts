import { z } from 'zod';

const Name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, { error: 'must begin with a letter and hold at most 32 of a-z, 0-9 and -' });
const haveOwnNames = (all: readonly { readonly name: string }[]): boolean => new Set(all.map(({ name }) => name)).size === all.length;

/** How the clusters of an environment reach one another, and what is beyond them. */
export const connectivitySettings = () =>
  z.strictObject({
    transit_gateway: z.strictObject({
      enabled: z.boolean().default(false).meta({ description: 'Joins the VPCs of all clusters through a transit gateway in each region; it replaces the peerings between the hub and its spokes. An attachment costs 36.50 USD a month, and traffic by the gigabyte.' }),
      attach: z.boolean().default(true).meta({ description: 'Attaches the VPCs. To give the gateways up, set this to false and apply, and then set enabled to false: AWS deletes no gateway with attachments.' }),
      cluster_mesh: z.boolean().default(false).meta({ description: 'Lets nodes and pods of one cluster reach those of the others, which a Cilium cluster mesh needs; Cilium decides in detail.' }),
    }).refine(({ enabled, attach, cluster_mesh: mesh }) => (enabled && attach) || !mesh, { error: 'has cluster_mesh without enabled and attach: there is no way between the clusters' }).prefault({}).meta({ description: 'Transit gateway.' }),
    lattice: z.strictObject({
      enabled: z.boolean().default(false).meta({ description: 'Creates a VPC Lattice service network in each region and associates the VPC of every cluster.' }),
      attach: z.boolean().default(true).meta({ description: 'Associates the VPCs. To give the networks up, set this to false and apply, and then set enabled to false: AWS deletes no service network with associations.' }),
    }).prefault({}).meta({ description: 'VPC Lattice.' }),
    private_link: z.strictObject({
      services: z.array(z.strictObject({
        name: Name.meta({ description: 'Name of the service, `<env>-<name>`.' }),
        load_balancer_arns: z.array(z.string().regex(/^arn:aws[\w-]*:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/net\/[\w/-]+$/, { error: 'is not the ARN of a network load balancer' })).min(1).meta({ description: 'Network load balancers behind it, of one region.' }),
        allowed_principals: z.array(z.string().regex(/^arn:aws[\w-]*:iam::\d{12}:(root|role\/.+|user\/.+)$/, { error: 'is not the ARN of an account, a role or a user; nobody is let in by "*"' })).default([]).meta({ description: 'Who may create endpoints to it.' }),
        acceptance_required: z.boolean().default(true).meta({ description: 'Each endpoint has to be accepted.' }),
      })).refine(haveOwnNames, { error: 'has two services of one name' }).default([]).meta({ description: 'Services offered to other VPCs and accounts.' }),
      endpoints: z.array(z.strictObject({
        name: Name.meta({ description: 'Name in the private zone: `<name>.<domain>`.' }),
        service_name: z.string().regex(/^com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]+$/, { error: 'is not the name of an endpoint service such as "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"' }).meta({ description: 'Endpoint service of somebody else, in the region of the cluster.' }),
        port: z.int().min(1).max(65535).default(443).meta({ description: 'TCP port it is reached at.' }),
        cluster: z.string().optional().meta({ description: 'Cluster in whose VPC the endpoint is; the hub when absent.' }),
      })).refine(haveOwnNames, { error: 'has two endpoints of one name' }).default([]).meta({ description: 'Services of others, reached through an endpoint.' }),
    }).prefault({}).meta({ description: 'PrivateLink.' }),
  }).prefault({}).meta({ description: 'Ways between clusters, and to services of others.' });
