import type { CloudfrontSettings } from '../../config/cloudfront-settings.ts';
import type { Environment } from '../../config/platform.ts';
import type { BehaviorProps, ByIdOrName, DistributionProps } from '../../stacks/distribution.ts';
import { bounded } from '../../units/aws-names.ts';
import { webAclOf } from './web-acl-props.ts';
import { terraformName } from './names.ts';

const isId = (policy: string): boolean => /^[0-9a-f]{8}-/.test(policy);

const byIdOrName = (value: string, isOurs: boolean): ByIdOrName => (isOurs ? { ours: { [terraformName(value)]: true } } : { id: value });

type Behavior = CloudfrontSettings['behaviors'][number];
type OriginType = CloudfrontSettings['origins'][number]['type'];

/** Policies of a behaviour where the file names none: buckets are cached; what a load balancer answers may be meant for one user only. */
const policiesOf = ({ cache_policy_id: cache, origin_request_policy_id: request }: Behavior, origin: OriginType | undefined): { readonly cache: string; readonly request?: string } => {
  const passed = request ?? { s3: undefined, alb: 'AllViewer', custom: 'AllViewerExceptHostHeader' }[origin ?? 'custom'];
  return { cache: cache ?? (origin === 's3' ? 'CachingOptimized' : 'CachingDisabled'), ...(passed === undefined ? {} : { request: passed }) };
};

const managed = (policies: readonly (string | undefined)[]): Readonly<Record<string, string>> =>
  Object.fromEntries(policies.flatMap((policy) => (policy === undefined || isId(policy) ? [] : [[terraformName(policy), `Managed-${policy}`] as const])));

/** Decides the CloudFront distribution of an environment; undefined where it is off. Pure. */
export const distributionProps = (environment: Environment): DistributionProps | undefined => {
  const { cloudfront: said, name: environmentName, settings: { cluster_name_prefix: prefix } } = environment;
  if (said === undefined) return undefined;
  const name = bounded(`${prefix}-edge`, 64);
  const chosen = said.behaviors.map((behavior) => ({ behavior, policies: policiesOf(behavior, said.origins.find(({ id }) => id === behavior.origin_id)?.type) }));
  const propsOf = ({ behavior, policies }: (typeof chosen)[number]): BehaviorProps => ({
    ...(behavior.is_default ? {} : { pathPattern: behavior.path_pattern ?? '*' }),
    originId: behavior.origin_id, viewerProtocolPolicy: behavior.viewer_protocol_policy, allowedMethods: behavior.allowed_methods, cachedMethods: behavior.cached_methods, compress: behavior.compress,
    cachePolicy: byIdOrName(policies.cache, !isId(policies.cache)),
    ...(policies.request === undefined ? {} : { originRequestPolicy: byIdOrName(policies.request, !isId(policies.request)) }),
    functions: behavior.function_associations.map(({ event_type: event, function_arn: fn }) => ({ event, function: byIdOrName(fn, !fn.startsWith('arn:')) })),
  });
  const main = chosen.find(({ behavior }) => behavior.is_default);
  if (main === undefined) throw new Error('a distribution has one default behaviour');
  return {
    name, comment: `Edge of ${environmentName}`, aliases: said.aliases, priceClass: said.price_class,
    ...(said.acm_cert_arn === '' ? {} : { certificate: byIdOrName(said.acm_cert_arn, !said.acm_cert_arn.startsWith('arn:')) }),
    ...(said.default_root_object === undefined ? {} : { rootObject: said.default_root_object }),
    origins: said.origins.map(({ id, type, domain_name: domainName, origin_path: path, protocol_policy: protocolPolicy }) => ({ id, domainName, ...(path === undefined ? {} : { path }), ...(type === 's3' ? {} : { protocolPolicy }) })),
    default: propsOf(main), others: chosen.filter((one) => one !== main).map(propsOf),
    cachePolicies: managed(chosen.map(({ policies }) => policies.cache)), originRequestPolicies: managed(chosen.map(({ policies }) => policies.request)),
    functions: Object.fromEntries(said.functions.map(({ name: fn, runtime, code }) => [terraformName(fn), { name: `${name}-${fn}`.slice(0, 64), runtime, code }])),
    ...(said.waf ? { webAcl: webAclOf(environment, `${environmentName}-cloudfront-waf`, 'CLOUDFRONT', 'us-east-1') } : {}),
  };
};
