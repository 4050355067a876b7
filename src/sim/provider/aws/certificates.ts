import { uuidOf } from '../engine/digest.ts';
import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault, ProviderProblem } from '../problem.ts';
import { first, records, text, texts } from '../values.ts';
import type { Attributes } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, between, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const acm = (operation: string, code: string, message: string): AwsFault => ({ service: 'ACM', operation, status: 400, code, message });
const pca = (operation: string, code: string, message: string): AwsFault => ({ service: 'ACM PCA', operation, status: 400, code, message });
const noCa = (operation: string) => (v: string): AwsFault => pca(operation, 'ResourceNotFoundException', `Could not find Certificate Authority ${v}`);
const bare = (name: string): string => name.replace(/^\*\./, '');

/** The record that proves a name; a wildcard is proven by the record of the name behind it. */
const proof = (c: Change, domain: string): Attributes => ({
  domain_name: domain, resource_record_name: `_${c.hex(32, bare(domain))}.${bare(domain)}`, resource_record_type: 'CNAME', resource_record_value: `_${c.hex(32, `${bare(domain)}/value`)}.acm-validations.aws`,
});

const isIssued = (c: Change): boolean => c.planned['certificate_authority_arn'] !== null;

const certificate: ResourceModel = {
  source: `${S}acm/certificate.go (records are given without the dot at their end, which the provider of aws_route53_record cuts off); ACM user guide, "Quotas" and "RequestCertificate"`, label: 'ACM Certificate',
  forceNew: ['certificate_authority_arn', 'domain_name', 'key_algorithm', 'subject_alternative_names', 'validation_method', 'validation_option'], computedBlocks: ['options'],
  rules: {
    domain_name: (v) => textRule(1, 253)(v) ?? (typeof v === 'string' && v.endsWith('.') ? 'cannot end with a period' : undefined), subject_alternative_names: (v) => textRule(1, 253)(v) ?? (typeof v === 'string' && v.endsWith('.') ? 'cannot end with a period' : undefined),
    certificate_authority_arn: arnRule, validation_method: oneOf('EMAIL', 'DNS', 'HTTP', 'NONE'), 'options.certificate_transparency_logging_preference': oneOf('ENABLED', 'DISABLED'),
    key_algorithm: oneOf('RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'),
  },
  conflicts: [['certificate_authority_arn', 'validation_method'], ['certificate_authority_arn', 'certificate_body'], ['certificate_body', 'domain_name']],
  references: [{ path: 'certificate_authority_arn', type: 'aws_acmpca_certificate_authority', fault: noCa('RequestCertificate') }],
  validate: (config): readonly ProviderProblem[] => (text(config['domain_name']) !== undefined && config['certificate_authority_arn'] === null && config['validation_method'] === null
    ? [{ severity: 'error', summary: '`certificate_authority_arn` or `validation_method` must be set when creating an ACM certificate', detail: '', path: ['domain_name'] }] : []),
  refuse: (c) => {
    const authority = c.prior ? undefined : text(c.planned['certificate_authority_arn']);
    if (authority === undefined) return undefined;
    const found = c.account.store.list('aws_acmpca_certificate_authority').find((o) => o.id === authority);
    if (found?.attributes['usage_mode'] === 'SHORT_LIVED_CERTIFICATE') return acm('RequestCertificate', 'InvalidStateException', 'ACM can not issue from a private CA in short-lived certificate mode');
    const isActive = c.account.store.list('aws_acmpca_certificate_authority_certificate').some((o) => o.attributes['certificate_authority_arn'] === authority);
    return isActive ? undefined : acm('RequestCertificate', 'InvalidStateException', `The certificate authority ${authority} is not in an active state: it has no certificate`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? arn(c, 'acm', `certificate/${uuidOf(c.hex(32))}`);
    const domain = text(c.planned['domain_name']) ?? '';
    const names = [...new Set([domain, ...texts(c.planned['subject_alternative_names'])])];
    const day = c.account.now();
    return {
      id, arn: id, domain_name: domain, subject_alternative_names: names, domain_validation_options: c.planned['validation_method'] === 'DNS' ? names.map((name) => proof(c, name)) : [], key_algorithm: 'RSA_2048',
      validation_method: isIssued(c) ? 'NONE' : 'DNS', type: isIssued(c) ? 'PRIVATE' : 'AMAZON_ISSUED', status: isIssued(c) ? 'ISSUED' : 'PENDING_VALIDATION', not_before: isIssued(c) ? day : '', not_after: '', pending_renewal: false,
      renewal_eligibility: 'INELIGIBLE', renewal_summary: [], validation_emails: [], options: [{ certificate_transparency_logging_preference: isIssued(c) ? 'DISABLED' : 'ENABLED', export: 'DISABLED' }],
    };
  },
  blockers: (o, { store }) => {
    const user = store.list('aws_cloudfront_distribution').find((d) => first(d.attributes['viewer_certificate'])?.['acm_certificate_arn'] === o.id);
    return user && acm('DeleteCertificate', 'ResourceInUseException', `Certificate ${o.id} is in use by ${user.id}`);
  },
};

const validation: ResourceModel = {
  source: `${S}acm/certificate_validation.go`, label: 'ACM Certificate Validation', forceNew: ['certificate_arn', 'validation_record_fqdns'], isShared: true,
  references: [{ path: 'certificate_arn', type: 'aws_acm_certificate', fault: (v) => acm('DescribeCertificate', 'ResourceNotFoundException', `Could not find certificate ${v}`) }],
  refuse: (c) => {
    const found = c.account.store.list('aws_acm_certificate').find((o) => o.id === c.planned['certificate_arn']);
    const shown = texts(c.planned['validation_record_fqdns']);
    const missing = shown.length === 0 ? undefined : records(found?.attributes['domain_validation_options']).find((option) => !shown.includes(text(option['resource_record_name']) ?? ''));
    return missing && acm('DescribeCertificate', 'MissingRecord', `missing ${text(missing['domain_name']) ?? ''} DNS validation record: ${text(missing['resource_record_name']) ?? ''}`);
  },
  compute: (c) => ({ id: `${text(c.planned['certificate_arn']) ?? ''} valid` }),
};

const authority: ResourceModel = {
  source: `${S}acmpca/certificate_authority.go`, label: 'ACM PCA Certificate Authority', defaults: { enabled: true, permanent_deletion_time_in_days: 30, type: 'SUBORDINATE' },
  forceNew: ['certificate_authority_configuration.key_algorithm', 'certificate_authority_configuration.signing_algorithm', 'certificate_authority_configuration.subject', 'key_storage_security_standard', 'type'],
  rules: {
    type: oneOf('ROOT', 'SUBORDINATE'), usage_mode: oneOf('GENERAL_PURPOSE', 'SHORT_LIVED_CERTIFICATE'), permanent_deletion_time_in_days: between(7, 30), 'certificate_authority_configuration.subject.common_name': textRule(0, 64), 'certificate_authority_configuration.subject.organization': textRule(0, 64),
    'certificate_authority_configuration.signing_algorithm': oneOf('SHA256WITHECDSA', 'SHA384WITHECDSA', 'SHA512WITHECDSA', 'SHA256WITHRSA', 'SHA384WITHRSA', 'SHA512WITHRSA', 'SM3WITHSM2', 'ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'),
    'certificate_authority_configuration.key_algorithm': oneOf('RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1', 'SM2', 'ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'),
  },
  refuse: (c) => {
    const settings = first(c.planned['certificate_authority_configuration']);
    const [key, signing] = [text(settings?.['key_algorithm']) ?? '', text(settings?.['signing_algorithm']) ?? ''];
    return key.startsWith('RSA') === signing.endsWith('RSA') ? undefined : pca('CreateCertificateAuthority', 'InvalidArgsException', `The signing algorithm ${signing} does not match the key algorithm ${key}`);
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? arn(c, 'acm-pca', `certificate-authority/${uuidOf(c.hex(32))}`);
    return { id, arn: id, certificate: '', certificate_chain: '', certificate_signing_request: `-----BEGIN CERTIFICATE REQUEST-----\n${c.hex(64, 'csr')}\n-----END CERTIFICATE REQUEST-----\n`, key_storage_security_standard: 'FIPS_140_2_LEVEL_3_OR_HIGHER', not_after: '', not_before: '', serial: '', usage_mode: 'GENERAL_PURPOSE' };
  },
};

const issued: ResourceModel = {
  source: `${S}acmpca/certificate.go`, label: 'ACM PCA Certificate', forceNew: ['api_passthrough', 'certificate_authority_arn', 'certificate_signing_request', 'signing_algorithm', 'template_arn', 'validity'],
  rules: { certificate_authority_arn: arnRule, 'validity.type': oneOf('END_DATE', 'ABSOLUTE', 'DAYS', 'MONTHS', 'YEARS'), template_arn: (v) => (typeof v !== 'string' || /^arn:[\w-]+:acm-pca:::template\//.test(v) ? undefined : `(${v}) is not a valid ACM PCA template ARN`) },
  references: [{ path: 'certificate_authority_arn', type: 'aws_acmpca_certificate_authority', fault: noCa('IssueCertificate') }],
  compute: (c) => {
    const id = text(c.planned['id']) ?? `${text(c.planned['certificate_authority_arn']) ?? ''}/certificate/${c.hex(32)}`;
    return { id, arn: id, certificate: `-----BEGIN CERTIFICATE-----\n${c.hex(64, 'pem')}\n-----END CERTIFICATE-----`, certificate_chain: '' };
  },
};

const installed: ResourceModel = {
  source: `${S}acmpca/certificate_authority_certificate.go (forceNew read in the provider's documentation only)`, label: 'ACM PCA Certificate Authority Certificate', forceNew: ['certificate', 'certificate_authority_arn', 'certificate_chain'], isShared: true,
  references: [{ path: 'certificate_authority_arn', type: 'aws_acmpca_certificate_authority', fault: noCa('ImportCertificateAuthorityCertificate') }], compute: (c) => ({ id: text(c.planned['certificate_authority_arn']) ?? '' }),
};

const permission: ResourceModel = {
  source: `${S}acmpca/permission.go`, label: 'ACM PCA Permission', forceNew: ['actions', 'certificate_authority_arn', 'principal', 'source_account'], rules: { principal: oneOf('acm.amazonaws.com'), actions: oneOf('IssueCertificate', 'GetCertificate', 'ListPermissions') },
  references: [{ path: 'certificate_authority_arn', type: 'aws_acmpca_certificate_authority', fault: noCa('CreatePermission') }],
  compute: (c) => ({ id: `${text(c.planned['certificate_authority_arn']) ?? ''},${text(c.planned['principal']) ?? ''},`, policy: '', source_account: c.account.accountId }),
};

/** Certificates of ACM and of private CAs. */
export const certificateModels: Readonly<Record<string, ResourceModel>> = {
  aws_acm_certificate: certificate, aws_acm_certificate_validation: validation, aws_acmpca_certificate_authority: authority, aws_acmpca_certificate: issued, aws_acmpca_certificate_authority_certificate: installed, aws_acmpca_permission: permission,
};
