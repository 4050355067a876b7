import type { PolicyFact } from './policy.ts';

/** Prometheus writing to the workspaces of its environment, which are known by their tag: their ids are AWS's to choose. Placeholders: partition, region, account, environment. */
export const ampWritePolicy: PolicyFact = {
  source: 'Amazon Managed Service for Prometheus user guide, "Set up IAM roles for service accounts": aps:RemoteWrite of AmazonPrometheusRemoteWriteAccess, narrowed by tag. Not tried on AWS.',
  read: '2026-11-25',
  statements: [{ sid: 'WriteMetrics', actions: ['aps:RemoteWrite'], resources: ['arn:<partition>:aps:<region>:<account>:workspace/*'], conditions: { StringEquals: { 'aws:ResourceTag/argoeks:environment': ['<environment>'] } } }],
};
