import type { PolicyFact } from './policy.ts';

/** ExternalDNS on Route 53. Placeholders: partition, zoneId (string or list of zone ids it may change). */
export const externalDnsPolicy: PolicyFact = {
  source: 'kubernetes-sigs/external-dns external-dns-helm-chart-1.21.1 docs/tutorials/aws.md, "IAM Policy", narrowed to zones as its "Further improvements" advises',
  read: '2026-11-24',
  statements: [
    {
      sid: 'ChangeRecords',
      actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'],
      resources: ['arn:<partition>:route53:::hostedzone/<zoneId>'],
    },
    { sid: 'ListZones', actions: ['route53:ListHostedZones'], resources: ['*'] },
  ],
};
