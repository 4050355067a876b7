import type { Environment } from '../../config/platform.ts';
import type { SimObject } from '../../sim/provider/store/store.ts';
import { GLOBAL_REGION } from '../../sim/provider/store/store.ts';

const known = (type: string, region: string, id: string, attributes: SimObject['attributes'] = {}): SimObject => ({ type, region, id, origin: 'aws', attributes: { ...attributes, id } });

/**
 * What an environment's configuration takes for granted in its account, and no root of it makes: public zones, a named private CA, the
 * setting of API Gateway that the account's root makes. The simulated account has them from the start. Pure.
 */
export const knownObjects = ({ regions: [region = ''], settings: { edge } }: Environment): readonly SimObject[] => {
  const zones = [...new Set(edge.certificates.flatMap(({ zone_id: zone }) => zone ?? []))];
  const ca = edge.private_ca.arn;
  const caRegion = ca?.split(':')[3] ?? '';
  return [
    // Without a name every record's is complete, whatever zone this really is.
    ...zones.map((id) => known('aws_route53_zone', GLOBAL_REGION, id, { zone_id: id, name: '', vpc: [] })),
    ...(ca === undefined ? [] : [known('aws_acmpca_certificate_authority', caRegion, ca, { arn: ca, usage_mode: 'GENERAL_PURPOSE' }), known('aws_acmpca_certificate_authority_certificate', caRegion, ca, { certificate_authority_arn: ca })]),
    ...(edge.api_gateway.enabled && edge.api_gateway.rest.length > 0 ? [known('aws_api_gateway_account', region, 'api-gateway-account', { cloudwatch_role_arn: 'arn:aws:iam::aws:role/account-root' })] : []),
  ];
};

/** Files of the repository that rendered roots read besides the rendered ones. Sorted, each once. Pure. */
export const readDocuments = ({ settings: { edge: { api_gateway: { enabled, rest } } } }: Environment): readonly string[] =>
  enabled ? [...new Set(rest.map(({ openapi }) => openapi))].toSorted() : [];
