import { prices } from '../../../catalog/prices.ts';
import { edgePrices } from '../../../catalog/service-prices.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { CostLine } from '../../model/component.ts';
import type { WebAclProps } from '../../stacks/web-acl.ts';
import { connectivityProps } from '../terraform/connectivity-props.ts';
import { edgeProps } from '../terraform/edge-props.ts';
import type { CostPart } from './estimate.ts';
import { counted, each, perMonth, use } from './lines.ts';

/** Traffic that estimates assume. */
const assumed = { aclMillions: 1, cdnGb: 100, cdnMillions: 1, apiMillions: 1, transitGb: 100, services: 1 } as const;

const aclLines = (acls: readonly WebAclProps[]): readonly CostLine[] => {
  // The rate limit is a rule of its own.
  const rules = acls.reduce((sum, { groups }) => sum + groups.length + 1, 0);
  return acls.length === 0 ? [] : [
    ...each('web ACLs', edgePrices.webAcl.usd, acls.length),
    ...each('rules of web ACLs', edgePrices.webAclRule.usd, rules),
    ...each('keys of web ACLs\' logs', prices.kmsKey.usd, acls.length),
    use('requests at web ACLs', edgePrices.webAclRequests.usd * assumed.aclMillions * acls.length, `${assumed.aclMillions} million each, assumed`),
  ];
};

/** What stands between an environment and its users. Pure. */
export const edgeCost = (platform: Platform, environment: Environment): CostPart => {
  const edge = edgeProps(platform, environment);
  if (edge === undefined) return { part: 'edge', lines: [] };
  const { webAcls, privateCa, distribution, apiGateway } = edge;
  const apis = { http: Object.keys(apiGateway?.http ?? {}).length, rest: Object.keys(apiGateway?.rest ?? {}).length };
  return {
    part: 'edge',
    lines: [
      ...aclLines([...Object.values(webAcls), ...(distribution?.webAcl === undefined ? [] : [distribution.webAcl])]),
      ...each('private CA', edgePrices.privateCa.usd, privateCa === undefined ? 0 : 1, `each certificate ${edgePrices.privateCertificate.usd} USD on top`),
      ...(distribution === undefined ? [] : [use('CloudFront', edgePrices.cloudfrontData.usd * assumed.cdnGb + edgePrices.cloudfrontRequests.usd * 100 * assumed.cdnMillions, `${assumed.cdnGb} GB and ${assumed.cdnMillions} million requests, assumed`)]),
      ...(apis.http === 0 ? [] : [use('HTTP APIs', edgePrices.httpApiRequests.usd * assumed.apiMillions * apis.http, `${assumed.apiMillions} million requests each, assumed`)]),
      ...(apis.rest === 0 ? [] : [use('REST APIs', edgePrices.restApiRequests.usd * assumed.apiMillions * apis.rest, `${assumed.apiMillions} million requests each, assumed`)]),
      ...each('key of API logs', prices.kmsKey.usd, apiGateway === undefined ? 0 : 1, 'one for all of them'),
    ],
  };
};

/** What joins the clusters of an environment, besides what each cluster has of it. Pure. */
export const connectivityCost = (platform: Platform, environment: Environment): CostPart => {
  const joins = connectivityProps(platform, environment);
  const networks = Object.keys(joins?.serviceNetworks ?? {}).length;
  // Each side of a peering is an attachment.
  const attachments = 2 * Object.keys(joins?.peerings ?? {}).length;
  return {
    part: 'connectivity',
    lines: [
      ...each('peerings of transit gateways', perMonth(edgePrices.transitAttachment.usd), attachments, `${attachments} attachments`),
      ...(networks === 0 ? [] : [use('services in Lattice', perMonth(edgePrices.latticeService.usd, assumed.services), `${counted(assumed.services, 'service')}, assumed; the network itself is free`)]),
    ],
  };
};

/** Lines of what one cluster's VPC reaches: attachments, and endpoints of others' services in every zone. Pure. */
export const reachLines = (joins: { readonly transit?: unknown; readonly endpoints: Readonly<Record<string, unknown>> } | undefined, zones: number): readonly CostLine[] => {
  const endpoints = Object.keys(joins?.endpoints ?? {}).length;
  return [
    ...(joins?.transit === undefined ? [] : [
      { what: 'attachment to the transit gateway', usd: perMonth(edgePrices.transitAttachment.usd), basis: 'one for each cluster' },
      use('traffic between clusters', edgePrices.transitData.usd * assumed.transitGb, `${assumed.transitGb} GB, assumed`),
    ]),
    ...each('endpoints of PrivateLink', perMonth(prices.interfaceEndpoint.usd, zones), endpoints, `${endpoints} in ${counted(zones, 'zone')}`),
  ];
};
