import type { Environment, Platform } from '../../config/platform.ts';
import type { CertificateProps } from '../../stacks/certificates.ts';
import type { EdgeProps } from '../../stacks/edge.ts';
import type { PrivateCaProps } from '../../stacks/private-ca.ts';
import type { WebAclProps } from '../../stacks/web-acl.ts';
import { terraformName } from './names.ts';

/** Name of the web ACL of an environment's load balancers. */
export const webAclName = (environment: string): string => `${environment}-argocd-waf`;

/** Parameter Store prefix of what the edge hands to controllers. */
export const edgePath = (platform: string, environment: string): string => `/${platform}/${environment}/edge`;

/** A web ACL as the environment's settings say, under a name and in a place of its own. */
export const webAclOf = ({ name: environment, accountId, partition, settings: { cluster_name_prefix: prefix, edge: { waf } } }: Environment, name: string, scope: 'REGIONAL' | 'CLOUDFRONT', region: string): WebAclProps => ({
  name, scope, region, partition, accountId, description: scope === 'REGIONAL' ? `Load balancers of ${environment}` : `CloudFront distribution of ${environment}`,
  groups: waf.managed_groups.map((group, priority) => ({ name: group, priority, countOnly: waf.count_rules.filter((one) => one.group === group).map(({ rule }) => rule) })),
  rateLimit: waf.rate_limit, rateWindowSeconds: waf.rate_window_seconds, logGroupName: `aws-waf-logs-${name}`, retentionDays: waf.log_retention_days, keyAlias: `alias/${prefix}-waf-${scope.toLowerCase()}-logs`,
});

/** A name and its wildcard are proven by the same record: only names whose record no earlier one has. */
const proofsOf = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries(names.flatMap((name, at) => {
    const bare = name.replace(/^\*\./, '');
    return names.findIndex((other) => other.replace(/^\*\./, '') === bare) === at ? [[terraformName(bare), at] as const] : [];
  }));

const certificatesOf = (platform: Platform, environment: Environment): Readonly<Record<string, CertificateProps>> => {
  const { settings: { edge }, regions: [primary = ''] } = environment;
  return Object.fromEntries(edge.certificates.map(({ name, domain, alternative_names: alternativeNames, issuer, zone_id: zoneId, region = primary }) => [terraformName(name), {
    name: `${environment.name}-${name}`, domain, alternativeNames, parameter: `${edgePath(platform.name, environment.name)}/certificates/${name}`,
    region: issuer === 'private' ? edge.private_ca.arn?.split(':')[3] ?? primary : region,
    ...(issuer === 'private' || zoneId === undefined ? {} : { proof: { zoneId, records: proofsOf([domain, ...alternativeNames]) } }),
    ...(issuer === 'private' && edge.private_ca.arn !== undefined ? { authorityArn: edge.private_ca.arn } : {}),
  }]));
};

const privateCaOf = ({ name, tier, partition, regions: [region = ''], settings: { edge: { private_ca: ca } } }: Environment): PrivateCaProps | undefined =>
  ca.create ? {
    name: `${name}-root-ca`, region, commonName: ca.common_name, organization: ca.organization, keyAlgorithm: ca.key_algorithm,
    signingAlgorithm: ca.key_algorithm.startsWith('RSA') ? 'SHA256WITHRSA' : 'SHA256WITHECDSA', validityYears: ca.validity_years, restorableDays: tier === 'prod' ? 30 : 7,
    templateArn: `arn:${partition}:acm-pca:::template/RootCACertificate/V1`,
  } : undefined;

/** Decides what stands between an environment and its users; undefined where it has nothing of that. Pure. */
export const edgeProps = (platform: Platform, environment: Environment): EdgeProps | undefined => {
  const { settings: { edge }, regions } = environment;
  const certificates = certificatesOf(platform, environment);
  const privateCa = privateCaOf(environment);
  const webAcls = edge.waf.enabled
    ? Object.fromEntries(regions.map((region) => [terraformName(region), { ...webAclOf(environment, webAclName(environment.name), 'REGIONAL', region), parameter: `${edgePath(platform.name, environment.name)}/web-acl-arn` }]))
    : {};
  if (Object.keys(webAcls).length + Object.keys(certificates).length === 0 && privateCa === undefined) return undefined;
  return { webAcls, certificates, ...(privateCa === undefined ? {} : { privateCa }) };
};
