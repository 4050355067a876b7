import { CloudfrontDistribution } from '#bindings/aws/cloudfront-distribution.js';
import { CloudfrontFunction } from '#bindings/aws/cloudfront-function.js';
import { CloudfrontOriginAccessControl } from '#bindings/aws/cloudfront-origin-access-control.js';
import { DataAwsCloudfrontCachePolicy } from '#bindings/aws/data-aws-cloudfront-cache-policy.js';
import { DataAwsCloudfrontOriginRequestPolicy } from '#bindings/aws/data-aws-cloudfront-origin-request-policy.js';
import { Construct } from 'constructs';
import { accepted, because } from './root.ts';
import { WebAcl } from './web-acl.ts';
import type { WebAclProps } from './web-acl.ts';

/** Something by its id, or a thing of this root by its resource name, which is the only key. */
export type ByIdOrName = { readonly id: string } | { readonly ours: Readonly<Record<string, true>> };

/** Where requests go. Without `protocolPolicy` it is a bucket. */
export interface OriginProps {
  readonly id: string;
  readonly domainName: string;
  readonly path?: string;
  readonly protocolPolicy?: string;
}

/** Which requests are answered how. */
export interface BehaviorProps {
  /** Absent for the default. */
  readonly pathPattern?: string;
  readonly originId: string;
  readonly viewerProtocolPolicy: string;
  readonly allowedMethods: readonly string[];
  readonly cachedMethods: readonly string[];
  readonly compress: boolean;
  readonly cachePolicy: ByIdOrName;
  readonly originRequestPolicy?: ByIdOrName;
  readonly functions: readonly { readonly event: string; readonly function: ByIdOrName }[];
}

/** A CloudFront distribution, decided. */
export interface DistributionProps {
  readonly name: string;
  readonly comment: string;
  readonly aliases: readonly string[];
  /** Absent: CloudFront's own certificate. */
  readonly certificate?: ByIdOrName;
  readonly priceClass: string;
  readonly rootObject?: string;
  readonly origins: readonly OriginProps[];
  readonly default: BehaviorProps;
  readonly others: readonly BehaviorProps[];
  /** Resource name → name of a managed policy. */
  readonly cachePolicies: Readonly<Record<string, string>>;
  readonly originRequestPolicies: Readonly<Record<string, string>>;
  /** Resource name → function. */
  readonly functions: Readonly<Record<string, { readonly name: string; readonly runtime: string; readonly code: string }>>;
  readonly webAcl?: WebAclProps;
}

const resolved = (one: ByIdOrName, ours: Readonly<Record<string, string>>): string => {
  if ('id' in one) return one.id;
  const [name = ''] = Object.keys(one.ours);
  const found = ours[name];
  if (found === undefined) throw new Error(`nothing of this root is called ${name}`);
  return found;
};

const valuesOf = <T>(each: Readonly<Record<string, T>>, make: (id: string, one: T) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(each).map(([id, one]) => [id, make(id, one)]));

/** CloudFront distribution with its functions, its access to buckets and its web ACL. File `cloudfront.tf`. */
export class Distribution extends Construct {
  readonly distribution: CloudfrontDistribution;

  /** `certificates`: resource name → ARN of the root's own certificates. */
  constructor(scope: Construct, props: DistributionProps, certificates: Readonly<Record<string, string>>) {
    super(scope, 'cloudfront');
    const cache = valuesOf(props.cachePolicies, (id, name) => new DataAwsCloudfrontCachePolicy(this, `data-aws-cloudfront-cache-policy.${id}`, { name }).id);
    const request = valuesOf(props.originRequestPolicies, (id, name) => new DataAwsCloudfrontOriginRequestPolicy(this, `data-aws-cloudfront-origin-request-policy.${id}`, { name }).id);
    const functions = valuesOf(props.functions, (id, { name, runtime, code }) => new CloudfrontFunction(this, `cloudfront-function.${id}`, { name, runtime, code, publish: true }).arn);
    const access = props.origins.some(({ protocolPolicy }) => protocolPolicy === undefined)
      ? new CloudfrontOriginAccessControl(this, 'cloudfront-origin-access-control.buckets', { name: props.name, description: `Signs requests of ${props.name} to buckets`, originAccessControlOriginType: 's3', signingBehavior: 'always', signingProtocol: 'sigv4' })
      : undefined;
    const webAcl = props.webAcl ? new WebAcl(this, 'cloudfront', props.webAcl).acl : undefined;
    const behavior = (one: BehaviorProps) => ({
      targetOriginId: one.originId, viewerProtocolPolicy: one.viewerProtocolPolicy, allowedMethods: [...one.allowedMethods], cachedMethods: [...one.cachedMethods], compress: one.compress,
      cachePolicyId: resolved(one.cachePolicy, cache), ...(one.originRequestPolicy === undefined ? {} : { originRequestPolicyId: resolved(one.originRequestPolicy, request) }),
      functionAssociation: one.functions.map(({ event, function: fn }) => ({ eventType: event, functionArn: resolved(fn, functions) })),
    });
    this.distribution = because(new CloudfrontDistribution(this, 'cloudfront-distribution.main', {
      enabled: true, isIpv6Enabled: true, httpVersion: 'http2and3', comment: props.comment, priceClass: props.priceClass, aliases: [...props.aliases],
      ...(props.rootObject === undefined ? {} : { defaultRootObject: props.rootObject }), ...(webAcl === undefined ? {} : { webAclId: webAcl.arn }),
      origin: props.origins.map(({ id, domainName, path, protocolPolicy }) => ({
        originId: id, domainName, ...(path === undefined ? {} : { originPath: path }),
        ...(protocolPolicy === undefined ? { originAccessControlId: access?.id ?? '' } : { customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: protocolPolicy, originSslProtocols: ['TLSv1.2'] } }),
      })),
      defaultCacheBehavior: behavior(props.default),
      orderedCacheBehavior: props.others.map((one) => ({ pathPattern: one.pathPattern ?? '*', ...behavior(one) })),
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: props.certificate === undefined
        ? { cloudfrontDefaultCertificate: true }
        : { acmCertificateArn: resolved(props.certificate, certificates), minimumProtocolVersion: 'TLSv1.2_2021', sslSupportMethod: 'sni-only' },
      tags: { Name: props.name },
    }), 'A service of the whole world: certificate and web ACL have to be in us-east-1.');
    accepted(this.distribution, {
      CKV_AWS_86: 'the web ACL before it records requests', CKV_AWS_374: 'who may ask is no matter of countries', CKV_AWS_310: 'origins are load balancers and buckets, which span zones by themselves',
      CKV_AWS_305: 'an application answers at its root unless default_root_object says otherwise', CKV2_AWS_32: 'origins decide their headers', CKV2_AWS_47: 'the web ACL holds AWSManagedRulesKnownBadInputsRuleSet unless told otherwise',
    });
  }
}
