import { z } from 'zod';

/** Managed policies of CloudFront by name. Source: CloudFront developer guide, "Use managed cache policies" and "Use managed origin request policies". */
export const managedPolicies = {
  cache: ['Amplify', 'CachingDisabled', 'CachingOptimized', 'CachingOptimizedForUncompressedObjects', 'Elemental-MediaPackage', 'UseOriginCacheControlHeaders', 'UseOriginCacheControlHeaders-QueryStrings'],
  originRequest: ['AllViewer', 'AllViewerAndCloudFrontHeaders-2022-06', 'AllViewerExceptHostHeader', 'CORS-CustomOrigin', 'CORS-S3Origin', 'Elemental-MediaTailor-PersonalizedManifests', 'HostHeaderOnly', 'UserAgentRefererHeaders'],
} as const;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PolicyOf = (known: readonly string[]) => z.string().refine((value) => uuid.test(value) || known.includes(value), { error: `is neither the id of a policy nor one of ${known.join(', ')}` });
const Host = z.string().regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/, { error: 'is not a host name in lower case' });
const Alias = z.string().regex(/^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/, { error: 'is not a domain name in lower case' });

/** What CloudFront takes as sets of methods. Source: CloudFront API reference, AllowedMethods and CachedMethods. */
const methodSets = { allowed: ['GET HEAD', 'GET HEAD OPTIONS', 'DELETE GET HEAD OPTIONS PATCH POST PUT'], cached: ['GET HEAD', 'GET HEAD OPTIONS'] } as const;
const Methods = (sets: readonly string[]) => z.array(z.string()).refine((methods) => sets.includes([...methods].toSorted().join(' ')), { error: `is none of the sets CloudFront takes: ${sets.join('; ')}` });

const Origin = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,127}$/, { error: 'is not a name of letters, digits and _.-' }).meta({ description: 'Name behaviours refer to.' }),
  type: z.enum(['alb', 's3', 'custom']).meta({ description: 'Kind of origin. A bucket is read with signed requests (origin access control); its policy has to let the distribution in.' }),
  domain_name: Host.meta({ description: 'Host of the origin; a bucket\'s regional one.' }),
  origin_path: z.string().regex(/^\/.*[^/]$/, { error: 'must begin with / and not end with it' }).optional().meta({ description: 'Path put before every request.' }),
  protocol_policy: z.enum(['https-only', 'http-only', 'match-viewer']).default('https-only').meta({ description: 'How CloudFront talks to the origin; without meaning for buckets.' }),
});

const Behavior = z.strictObject({
  is_default: z.boolean().default(false).meta({ description: 'Takes every request that no other behaviour takes.' }),
  path_pattern: z.string().min(1).max(255).optional().meta({ description: 'Requests it takes; required unless it is the default.' }),
  origin_id: z.string().meta({ description: 'Origin the requests go to.' }),
  viewer_protocol_policy: z.enum(['redirect-to-https', 'https-only', 'allow-all']).default('redirect-to-https').meta({ description: 'What viewers may use.' }),
  allowed_methods: Methods(methodSets.allowed).default(['GET', 'HEAD']).meta({ description: 'HTTP methods passed on.' }),
  cached_methods: Methods(methodSets.cached).default(['GET', 'HEAD']).meta({ description: 'HTTP methods that are cached.' }),
  compress: z.boolean().default(true).meta({ description: 'Compresses answers.' }),
  cache_policy_id: PolicyOf(managedPolicies.cache).optional().meta({ description: 'Cache policy, by id or, for a managed one, by name; when absent CachingOptimized for buckets and CachingDisabled for all else.' }),
  origin_request_policy_id: PolicyOf(managedPolicies.originRequest).optional().meta({ description: 'What is passed to the origin, by id or name of a managed policy; when absent nothing for buckets, AllViewer for load balancers, AllViewerExceptHostHeader for others.' }),
  function_associations: z.array(z.strictObject({
    event_type: z.enum(['viewer-request', 'viewer-response']).meta({ description: 'When it runs.' }),
    function_arn: z.string().min(1).meta({ description: 'The function: an ARN, or the name of one of `functions`.' }),
  })).max(2).default([]).meta({ description: 'CloudFront functions.' }),
});

const Functions = z.array(z.strictObject({
  name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/, { error: 'must begin with a letter and hold at most 40 letters, digits and -' }).meta({ description: 'Name that behaviours refer to.' }),
  runtime: z.enum(['cloudfront-js-1.0', 'cloudfront-js-2.0']).default('cloudfront-js-2.0').meta({ description: 'Runtime.' }),
  code: z.string().min(1).max(10_240).meta({ description: 'JavaScript with a function called handler.' }),
}));

type Said = { readonly enabled: boolean; readonly acm_cert_arn: string; readonly aliases: readonly string[]; readonly origins: readonly z.infer<typeof Origin>[]; readonly behaviors: readonly z.infer<typeof Behavior>[]; readonly functions: z.infer<typeof Functions> };

const twice = (values: readonly string[]): boolean => new Set(values).size < values.length;

/** What no key can tell alone. What is off may be unfinished. */
const fitTogether = (said: Said, context: { addIssue(issue: { readonly code: 'custom'; readonly path: (string | number)[]; readonly message: string }): void }): void => {
  const wrong = (path: (string | number)[], message: string): void => { context.addIssue({ code: 'custom', path, message }); };
  if (!said.enabled) return;
  const { origins, behaviors, functions } = said;
  if (origins.length === 0) wrong(['origins'], 'has no origin');
  if (twice(origins.map(({ id }) => id))) wrong(['origins'], 'has two origins of one id');
  if (twice(functions.map(({ name }) => name))) wrong(['functions'], 'has two functions of one name');
  if (twice(behaviors.flatMap(({ path_pattern: pattern }) => pattern ?? []))) wrong(['behaviors'], 'has two behaviours of one path_pattern');
  const defaults = behaviors.filter(({ is_default: isDefault }) => isDefault).length;
  if (defaults !== 1) wrong(['behaviors'], `needs exactly one behaviour with is_default: true, not ${defaults}`);
  behaviors.forEach((behavior, i) => {
    const { is_default: isDefault, path_pattern: pattern, origin_id: origin, allowed_methods: allowed, cached_methods: cached } = behavior;
    if (!isDefault && pattern === undefined) wrong(['behaviors', i], 'needs path_pattern, as it is not the default');
    if (isDefault && pattern !== undefined && pattern !== '*') wrong(['behaviors', i, 'path_pattern'], 'must be absent: the default takes what no other behaviour takes');
    if (!origins.some(({ id }) => id === origin)) wrong(['behaviors', i, 'origin_id'], 'is none of the origins');
    if (cached.some((method) => !allowed.includes(method))) wrong(['behaviors', i, 'cached_methods'], 'has a method that allowed_methods does not have');
    if (twice(behavior.function_associations.map(({ event_type: event }) => event))) wrong(['behaviors', i, 'function_associations'], 'has two functions for one event');
    behavior.function_associations.forEach(({ function_arn: fn }, j) => {
      if (!/^arn:aws[\w-]*:cloudfront::\d{12}:function\/.+$/.test(fn) && !functions.some(({ name }) => name === fn)) wrong(['behaviors', i, 'function_associations', j, 'function_arn'], 'is neither the ARN of a CloudFront function nor the name of one of functions');
    });
  });
  if (said.aliases.length > 0 && said.acm_cert_arn === '') wrong(['acm_cert_arn'], 'needs a certificate, as there are aliases');
};

/** The distribution of one environment. */
export const cloudfrontSettings = z.strictObject({
  enabled: z.boolean().default(false).meta({ description: 'Creates the distribution.' }),
  acm_cert_arn: z.string().regex(/^(|arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+|[a-z][a-z0-9-]{0,31})$/, { error: 'is neither the ARN of a certificate in us-east-1 nor the name of one of the environment\'s edge.certificates' }).default('').meta({ description: 'Certificate in us-east-1: an ARN, or the name of one of `envs.<env>.edge.certificates`. Empty: CloudFront\'s own, without aliases.' }),
  aliases: z.array(Alias).default([]).meta({ description: 'Names the distribution answers to.' }),
  origins: z.array(Origin).default([]).meta({ description: 'Origins.' }),
  behaviors: z.array(Behavior).default([]).meta({ description: 'Cache behaviours, exactly one of them the default; the others in the order they are tried.' }),
  functions: Functions.default([]).meta({ description: 'CloudFront functions of the distribution.' }),
  default_root_object: z.string().regex(/^[^/].*$/, { error: 'must not begin with /' }).optional().meta({ description: 'Object that answers requests for /.' }),
  price_class: z.enum(['PriceClass_100', 'PriceClass_200', 'PriceClass_All']).default('PriceClass_100').meta({ description: 'Where in the world it is served from: fewer places cost less.' }),
  waf: z.boolean().default(true).meta({ description: 'Puts a web ACL with the rules of `envs.<env>.edge.waf` before it.' }),
}).superRefine(fitTogether);

/** What the file says about a distribution, with defaults. */
export type CloudfrontSettings = z.infer<typeof cloudfrontSettings>;
