import type { Wafv2WebAcl } from '#bindings/aws/wafv2-web-acl.js';
import { Construct } from 'constructs';
import { ApiGateway } from './api-gateway.ts';
import type { ApiGatewayProps } from './api-gateway.ts';
import { Certificates } from './certificates.ts';
import type { CertificateProps } from './certificates.ts';
import { Distribution } from './distribution.ts';
import type { DistributionProps } from './distribution.ts';
import { PrivateCa } from './private-ca.ts';
import type { PrivateCaProps } from './private-ca.ts';
import { publish } from './published.ts';
import { WebAcl } from './web-acl.ts';
import type { WebAclProps } from './web-acl.ts';

/** What stands between an environment and its users. */
export interface EdgeProps {
  /** Resource name → web ACL of one region, and the parameter its ARN is published under. The first is in the root's own region. */
  readonly webAcls: Readonly<Record<string, WebAclProps & { readonly parameter: string }>>;
  /** Resource name → certificate. */
  readonly certificates: Readonly<Record<string, CertificateProps>>;
  readonly privateCa?: PrivateCaProps;
  readonly distribution?: DistributionProps;
  /** In the root's region, behind its web ACL. */
  readonly apiGateway?: ApiGatewayProps;
}

type Told = Readonly<Record<string, { readonly value: unknown; readonly description: string }>>;

/** Adds the edge to a root; gives what the root tells of it. Files `waf.tf`, `certificates.tf`, `private-ca.tf`, `cloudfront.tf`, `api-gateway.tf`. */
export const addEdge = (root: Construct, { webAcls, certificates, privateCa, distribution, apiGateway }: EdgeProps): Told => {
  const told: Record<string, Told[string]> = {};
  let firstAcl: Wafv2WebAcl | undefined;
  if (Object.keys(webAcls).length > 0) {
    const section = new Construct(root, 'waf');
    const arns = Object.entries(webAcls).map(([id, props]) => {
      const { acl } = new WebAcl(section, id, props);
      firstAcl ??= acl;
      publish(section, `web_acl_${id}`, { region: props.region, name: props.parameter, description: 'Web ACL for the load balancers of this region' }, acl.arn);
      return [id, acl.arn] as const;
    });
    told['web_acl_arns'] = { value: Object.fromEntries(arns), description: 'Web ACL of each region, for its load balancers' };
  }
  const ca = privateCa ? new PrivateCa(root, privateCa) : undefined;
  if (ca) told['private_ca_arn'] = { value: ca.arn, description: 'Private CA of the environment' };
  const arns = Object.keys(certificates).length > 0 ? new Certificates(root, certificates, ca?.arn).arns : {};
  if (Object.keys(arns).length > 0) told['certificate_arns'] = { value: arns, description: 'Certificates by name' };
  if (distribution) {
    const { distribution: made } = new Distribution(root, distribution, arns);
    told['distribution_arn'] = { value: made.arn, description: 'Distribution; policies of buckets behind it name it' };
    told['distribution_domain_name'] = { value: made.domainName, description: 'What the aliases have to point to' };
  }
  if (apiGateway) told['api_endpoints'] = { value: new ApiGateway(root, apiGateway, firstAcl).endpoints, description: 'Addresses of the API gateways' };
  return told;
};
