import type { PolicyFact } from './policy.ts';

/** cert-manager solving DNS-01 on Route 53. Placeholders: partition, zoneId (string or list). */
export const certManagerPolicy: PolicyFact = {
  source: 'cert-manager/website 776e5dba content/docs/configuration/acme/dns01/route53.md (2026-08-22), narrowed to zones',
  read: '2026-11-24',
  statements: [
    { sid: 'WaitForChange', actions: ['route53:GetChange'], resources: ['arn:<partition>:route53:::change/*'] },
    {
      sid: 'WriteChallenges',
      actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets'],
      resources: ['arn:<partition>:route53:::hostedzone/<zoneId>'],
      conditions: { 'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] } },
    },
    { sid: 'FindZone', actions: ['route53:ListHostedZonesByName'], resources: ['*'] },
  ],
};
