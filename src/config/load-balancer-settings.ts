import { z } from 'zod';

/** Security policies of listeners that offer TLS 1.3. Source: Elastic Load Balancing, "Security policies for your Application Load Balancer". */
const sslPolicies = ['ELBSecurityPolicy-TLS13-1-3-2021-06', 'ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06'] as const;

/** Keys of a load balancer in front of something of the platform, for a schema of its own. */
export const loadBalancer = {
  scheme: z.enum(['internal', 'internet-facing']).default('internal').meta({ description: 'Whether it is reached from inside the network or from the internet.' }),
  allowed_cidrs: z.array(z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, { error: 'is not an IPv4 block such as 10.0.0.0/8' })).min(1).default(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']).meta({ description: 'Blocks that may reach it.' }),
  certificate_arn: z.string().regex(/^arn:aws(-[a-z]+)*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, { error: 'is not the ARN of a certificate of ACM' }).optional().meta({ description: 'Certificate; when absent, the one of `edge.certificates` that covers the host.' }),
  ssl_policy: z.enum(sslPolicies).default(sslPolicies[0]).meta({ description: 'Security policy of the listener; the default takes TLS 1.3 only.' }),
} as const;
