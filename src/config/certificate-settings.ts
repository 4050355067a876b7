import { z } from 'zod';

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const DomainName = z.string().max(253).regex(new RegExp(`^(\\*\\.)?(${label}\\.)+[a-z][a-z0-9-]*[a-z0-9]$`), { error: 'is not a domain name in lower case, with or without "*." before it' });

/** Certificates of ACM. A public one is proven through records in a public zone, a private one is issued by the private CA. */
export const certificateSettings = () =>
  z.array(z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, { error: 'must begin with a letter and hold at most 32 of a-z, 0-9 and -' }).meta({ description: 'Name its ARN is published under: parameter `/<platform>/<env>/edge/certificates/<name>`.' }),
    domain: DomainName.max(64).meta({ description: 'The name it is for; at most 64 characters, as AWS puts it into the subject.' }),
    alternative_names: z.array(DomainName).max(9).default([]).meta({ description: 'Further names.' }),
    issuer: z.enum(['public', 'private']).default('public').meta({ description: 'public: Amazon, proven by records in `zone_id`. private: the environment\'s private CA.' }),
    zone_id: z.string().regex(/^Z[A-Z0-9]{1,31}$/, { error: 'is not the id of a hosted zone' }).optional().meta({ description: 'Public Route 53 zone that takes the records which prove the names; required for public certificates.' }),
    region: z.string().min(1).optional().meta({ description: 'Where it is used; the environment\'s primary region when absent, us-east-1 for CloudFront.' }),
  }).superRefine(({ domain, alternative_names: names, issuer, zone_id: zone, region }, context) => {
    if (issuer === 'public' && zone === undefined) context.addIssue({ code: 'custom', path: [], message: 'needs zone_id, the public zone that proves its names' });
    if (issuer === 'private' && zone !== undefined) context.addIssue({ code: 'custom', path: ['zone_id'], message: 'has no meaning for a private certificate' });
    if (issuer === 'private' && region !== undefined) context.addIssue({ code: 'custom', path: ['region'], message: 'must be absent for a private certificate: it lives where its CA does' });
    if (new Set([domain, ...names]).size < names.length + 1) context.addIssue({ code: 'custom', path: ['alternative_names'], message: 'has a name twice' });
  })).refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'has two certificates of one name' })
    .default([]).meta({ description: 'Certificates for load balancers and CloudFront.' });

/** The private certificate authority of an environment. */
export const privateCaSettings = () =>
  z.strictObject({
    arn: z.string().regex(/^arn:aws[\w-]*:acm-pca:[\w-]+:\d{12}:certificate-authority\/[\w-]+$/, { error: 'is not the ARN of a private CA' }).optional().meta({ description: 'An existing CA that issues the private certificates.' }),
    create: z.boolean().default(false).meta({ description: 'Makes a root CA, with its certificate installed. One costs 400 USD a month, so this is off everywhere unless asked for.' }),
    common_name: z.string().min(1).max(64).default('Platform root CA').meta({ description: 'Name in the CA\'s certificate.' }),
    organization: z.string().min(1).max(64).default('Platform').meta({ description: 'Organization in the CA\'s certificate.' }),
    key_algorithm: z.enum(['RSA_2048', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1']).default('RSA_4096').meta({ description: 'Key of the CA.' }),
    validity_years: z.int().min(1).max(30).default(10).meta({ description: 'Life of the CA\'s certificate.', unit: 'years' }),
  }).refine(({ arn, create }) => !(create && arn !== undefined), { error: 'has both arn and create' }).prefault({}).meta({ description: 'Private certificate authority.' });
