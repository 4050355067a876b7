import type { Environment, Platform } from '../../config/platform.ts';
import type { CertificateProps } from '../../stacks/certificates.ts';
import type { EdgeProps } from '../../stacks/edge.ts';
import type { PrivateCaProps } from '../../stacks/private-ca.ts';
import { webAclName } from '../../units/aws-names.ts';
import { apiGatewayProps } from './api-gateway-props.ts';
import { distinctNames } from './distinct-names.ts';
import { distributionProps } from './distribution-props.ts';
import { edgePath } from './edge-names.ts';
import { terraformName } from './names.ts';
import { webAclOf } from './web-acl-props.ts';

/** A name and its wildcard are proven by the same record: only names whose record no earlier one has. */
const proofsOf = (names: readonly string[]): Readonly<Record<string, number>> => {
  const bare = names.map((name) => name.replace(/^\*\./, ''));
  const proving = bare.flatMap((name, at) => (bare.indexOf(name) === at ? [{ name, at }] : []));
  const ids = distinctNames(proving.map(({ name }) => name));
  return Object.fromEntries(proving.map(({ at }, i) => [ids[i] ?? '', at]));
};

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
  const distribution = distributionProps(environment);
  const apiGateway = apiGatewayProps(environment);
  const webAcls = edge.waf.enabled
    ? Object.fromEntries(regions.map((region) => [terraformName(region), { ...webAclOf(environment, webAclName(environment.name), 'REGIONAL', region), parameter: `${edgePath(platform.name, environment.name)}/web-acl-arn` }]))
    : {};
  if (Object.keys(webAcls).length + Object.keys(certificates).length === 0 && privateCa === undefined && distribution === undefined && apiGateway === undefined) return undefined;
  return { webAcls, certificates, ...(privateCa === undefined ? {} : { privateCa }), ...(distribution === undefined ? {} : { distribution }), ...(apiGateway === undefined ? {} : { apiGateway }) };
};
