import { lettersOf, uuidOf } from '../engine/digest.ts';
import type { Change, DataModel, ResourceModel } from '../engine/model.ts';
import type { AwsFault, ProviderProblem } from '../problem.ts';
import { first, isKnown, records, text, texts, valuesAt } from '../values.ts';
import type { Attributes } from '../values.ts';
import { globalArn } from './arn.ts';
import { between, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/cloudfront/';
const cf = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'CloudFront', operation, status, code, message });
const etag = (c: Change): string => `E${c.letters(13, JSON.stringify(c.planned))}`;

/** Facts of both kinds of behaviour. */
const behaviour = (block: string): Pick<ResourceModel, 'defaults'>['defaults'] => ({ [`${block}.compress`]: false, [`${block}.min_ttl`]: 0 });

const distributionProblems = (config: Attributes): readonly ProviderProblem[] => {
  const problem = (summary: string, path: string): ProviderProblem => ({ severity: 'error', summary, detail: '', path: [path] });
  const ids = valuesAt(config, 'origin.origin_id');
  const origins = new Set(texts(ids));
  const behaviours = [...records(config['default_cache_behavior']), ...records(config['ordered_cache_behavior'])];
  const lost = !ids.every(isKnown) ? undefined : behaviours.map((one) => text(one['target_origin_id'])).find((id) => id !== undefined && !origins.has(id));
  const bare = behaviours.some((one) => one['cache_policy_id'] === null && records(one['forwarded_values']).length === 0);
  const certificate = first(config['viewer_certificate']);
  const arn = text(certificate?.['acm_certificate_arn']);
  return [
    ...(lost === undefined ? [] : [problem(`NoSuchOrigin: One or more of your origins or origin groups do not exist: ${lost}`, 'default_cache_behavior')]),
    ...(bare ? [problem('InvalidArgument: The parameter ForwardedValues is required: a behaviour needs a cache policy', 'default_cache_behavior')] : []),
    ...(texts(config['aliases']).length > 0 && certificate?.['cloudfront_default_certificate'] === true ? [problem('InvalidViewerCertificate: To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate', 'viewer_certificate')] : []),
    ...(arn !== undefined && arn.split(':')[3] !== 'us-east-1' ? [problem('InvalidViewerCertificate: The specified SSL certificate doesn\'t exist, isn\'t in us-east-1 region, isn\'t valid, or doesn\'t include a valid certificate chain.', 'viewer_certificate')] : []),
  ];
};

const distribution: ResourceModel = {
  source: `${S}distribution.go; CloudFront API reference, CreateDistribution ("Errors")`, label: 'CloudFront Distribution', forceNew: ['staging'], validate: distributionProblems, recompute: { etag: ['*'], last_modified_time: ['*'] },
  defaults: {
    http_version: 'http2', price_class: 'PriceClass_All', retain_on_delete: false, staging: false, wait_for_deployment: true, is_ipv6_enabled: false, ...behaviour('default_cache_behavior'), ...behaviour('ordered_cache_behavior'),
    'origin.connection_attempts': 3, 'origin.connection_timeout': 10, 'origin.origin_path': '', 'origin.custom_origin_config.origin_keepalive_timeout': 5, 'origin.custom_origin_config.origin_read_timeout': 30, 'viewer_certificate.minimum_protocol_version': 'TLSv1',
  },
  rules: {
    comment: textRule(0, 128), http_version: oneOf('http1.1', 'http2', 'http3', 'http2and3'), price_class: oneOf('None', 'PriceClass_100', 'PriceClass_200', 'PriceClass_All'), 'origin.connection_attempts': between(1, 3), 'origin.connection_timeout': between(1, 10),
    'default_cache_behavior.viewer_protocol_policy': oneOf('allow-all', 'https-only', 'redirect-to-https'), 'ordered_cache_behavior.viewer_protocol_policy': oneOf('allow-all', 'https-only', 'redirect-to-https'),
    'origin.custom_origin_config.origin_protocol_policy': oneOf('http-only', 'match-viewer', 'https-only'), 'origin.custom_origin_config.origin_read_timeout': between(1, 180), 'restrictions.geo_restriction.restriction_type': oneOf('none', 'blacklist', 'whitelist'),
    'viewer_certificate.ssl_support_method': oneOf('sni-only', 'vip', 'static-ip'),
  },
  references: [
    { path: 'web_acl_id', type: 'aws_wafv2_web_acl', by: 'arn', anywhere: true, fault: (v) => cf('CreateDistribution', 400, 'InvalidWebACLId', `Web ACL is not accessible by the requester. (${v})`) },
    { path: 'origin.origin_access_control_id', type: 'aws_cloudfront_origin_access_control', fault: (v) => cf('CreateDistribution', 404, 'NoSuchOriginAccessControl', `The specified origin access control does not exist. (${v})`) },
  ],
  refuse: (c) => {
    const aliases = texts(c.planned['aliases']);
    const rival = c.account.store.list('aws_cloudfront_distribution').find((o) => o.id !== c.planned['id'] && texts(o.attributes['aliases']).some((alias) => aliases.includes(alias)));
    return rival && cf('CreateDistribution', 409, 'CNAMEAlreadyExists', 'One or more of the CNAMEs you provided are already associated with a different resource.');
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `E${c.letters(13)}`;
    return {
      id, arn: globalArn(c, 'cloudfront', `distribution/${id}`), caller_reference: `terraform-${c.hex(26)}`, domain_name: `d${lettersOf(id, 13).toLowerCase()}.cloudfront.net`, etag: etag(c), hosted_zone_id: 'Z2FDTNDATAQYW2', in_progress_validation_batches: 0,
      last_modified_time: c.account.now(), logging_v1_enabled: false, status: 'Deployed', continuous_deployment_policy_id: '', trusted_key_groups: [{ enabled: false, items: [] }], trusted_signers: [{ enabled: false, items: [] }],
    };
  },
};

const fn: ResourceModel = {
  source: `${S}function.go; CloudFront developer guide, "Quotas on CloudFront Functions" (10 KB of code)`, label: 'CloudFront Function', forceNew: ['name'], defaults: { publish: true }, recompute: { etag: ['code', 'comment', 'runtime'], live_stage_etag: ['code', 'comment', 'runtime'] },
  rules: { name: textRule(1, 64, /^[\w-]+$/), runtime: oneOf('cloudfront-js-1.0', 'cloudfront-js-2.0'), code: (v) => (typeof v === 'string' && Buffer.byteLength(v) > 10_240 ? `FunctionSizeLimitExceeded: the code has ${Buffer.byteLength(v)} bytes, at most 10240 are allowed` : undefined) },
  compute: (c) => {
    const name = text(c.planned['name']) ?? '';
    return { id: name, arn: globalArn(c, 'cloudfront', `function/${name}`), etag: etag(c), live_stage_etag: etag(c), status: 'UNASSOCIATED' };
  },
  blockers: (o, { store }) => {
    const used = store.list('aws_cloudfront_distribution').some((d) => texts(['default_cache_behavior', 'ordered_cache_behavior'].flatMap((b) => valuesAt(d.attributes, `${b}.function_association.function_arn`))).includes(String(o.attributes['arn'])));
    return used ? cf('DeleteFunction', 409, 'FunctionInUse', 'Cannot delete function, it is in use by one or more distributions.') : undefined;
  },
};

const accessControl: ResourceModel = {
  source: `${S}origin_access_control.go`, label: 'CloudFront Origin Access Control', defaults: { description: 'Managed by Terraform' }, recompute: { etag: ['*'] },
  rules: { name: textRule(1, 64), description: textRule(0, 256), origin_access_control_origin_type: oneOf('s3', 'mediastore', 'mediapackagev2', 'lambda'), signing_behavior: oneOf('never', 'always', 'no-override'), signing_protocol: oneOf('sigv4') },
  refuse: (c) => {
    const rival = c.prior ? undefined : c.account.store.list('aws_cloudfront_origin_access_control').find((o) => o.attributes['name'] === c.planned['name']);
    return rival && cf('CreateOriginAccessControl', 409, 'OriginAccessControlAlreadyExists', `An origin access control with the name ${text(c.planned['name']) ?? ''} already exists.`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `E${c.letters(13)}`;
    return { id, arn: globalArn(c, 'cloudfront', `origin-access-control/${id}`), etag: etag(c) };
  },
  blockers: (o, { store }) => {
    const used = store.list('aws_cloudfront_distribution').some((d) => valuesAt(d.attributes, 'origin.origin_access_control_id').includes(o.id));
    return used ? cf('DeleteOriginAccessControl', 409, 'OriginAccessControlInUse', 'Cannot delete the origin access control because it\'s in use by one or more distributions.') : undefined;
  },
};

/** Policies of AWS, by what their names begin with; ids are made up. */
const managed = (file: string, what: string, known: readonly string[]): DataModel => ({
  source: `${S}${file}; CloudFront developer guide, "Use managed ${what}"`,
  read: (config) => {
    const name = text(config['name']) ?? '';
    if (!known.includes(name.replace(/^Managed-/, ''))) throw new Error(`no matching CloudFront ${what} found: ${name}`);
    const id = uuidOf(`${what}/${name}`);
    return { id, arn: `arn:aws:cloudfront:::policy/${id}`, etag: `E${lettersOf(id, 13)}`, comment: '', ...(what === 'cache policies' ? { default_ttl: 86_400, max_ttl: 31_536_000, min_ttl: 1, parameters_in_cache_key_and_forwarded_to_origin: [] } : { cookies_config: [], headers_config: [], query_strings_config: [] }) };
  },
});

/** Distributions and what they are made of. */
export const cloudfrontModels: Readonly<Record<string, ResourceModel>> = { aws_cloudfront_distribution: distribution, aws_cloudfront_function: fn, aws_cloudfront_origin_access_control: accessControl };

/** Data sources of CloudFront. */
export const cloudfrontData: Readonly<Record<string, DataModel>> = {
  aws_cloudfront_cache_policy: managed('cache_policy_data_source.go', 'cache policies', ['Amplify', 'CachingDisabled', 'CachingOptimized', 'CachingOptimizedForUncompressedObjects', 'Elemental-MediaPackage', 'UseOriginCacheControlHeaders', 'UseOriginCacheControlHeaders-QueryStrings']),
  aws_cloudfront_origin_request_policy: managed('origin_request_policy_data_source.go', 'origin request policies', ['AllViewer', 'AllViewerAndCloudFrontHeaders-2022-06', 'AllViewerExceptHostHeader', 'CORS-CustomOrigin', 'CORS-S3Origin', 'Elemental-MediaTailor-PersonalizedManifests', 'HostHeaderOnly', 'UserAgentRefererHeaders']),
};
