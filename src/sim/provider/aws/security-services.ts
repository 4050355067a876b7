import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { records, text, texts } from '../values.ts';
import { arn } from './arn.ts';
import { between, oneOf, textRule } from './rules.ts';
import { faultsOf, sameName } from './same-name.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const guardDuty = faultsOf('GuardDuty');
const macie = faultsOf('Macie2');
const hub = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'SecurityHub', operation, status, code, message });

/** The object that a service has once in a region, if it is there. */
const one = (c: Change, type = c.type) => c.account.store.list(type).find((o) => o.region === c.region);

const detector: ResourceModel = {
  source: `${S}guardduty/detector.go; refusal of a second one: hashicorp/terraform-provider-aws issue 11780; frequencies: GuardDuty API reference, CreateDetector`, label: 'GuardDuty Detector', defaults: { enable: true }, computedBlocks: ['datasources'], name: () => '',
  rules: { finding_publishing_frequency: oneOf('FIFTEEN_MINUTES', 'ONE_HOUR', 'SIX_HOURS') },
  refuse: (c) => (c.prior === undefined && one(c) ? guardDuty('CreateDetector', 'BadRequestException', 'The request is rejected because a detector already exists for the current account.') : undefined),
  compute: (c) => {
    const id = text(c.planned['id']) ?? c.hex(32);
    return { id, arn: arn(c, 'guardduty', `detector/${id}`), account_id: c.account.accountId, finding_publishing_frequency: 'SIX_HOURS', datasources: [] };
  },
};

/** Parts of runtime monitoring; GetDetector answers all of them, so that leaving one out would differ in every plan. */
const agents = ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'];

const feature: ResourceModel = {
  source: `${S}guardduty/detector_feature.go (deleting leaves the feature as it is); names and the two kinds of runtime monitoring: GuardDuty API reference, DetectorFeatureConfiguration and UpdateDetector; that the parts of RUNTIME_MONITORING are all answered: prowler-cloud/prowler pull request 12564 (not tried against AWS)`,
  label: 'GuardDuty Detector Feature', forceNew: ['detector_id', 'name', 'additional_configuration.name'], isAdopted: true, isShared: true,
  rules: {
    name: oneOf('S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS', 'EKS_RUNTIME_MONITORING', 'LAMBDA_NETWORK_LOGS', 'RUNTIME_MONITORING'), status: oneOf('ENABLED', 'DISABLED'),
    'additional_configuration.name': oneOf(...agents), 'additional_configuration.status': oneOf('ENABLED', 'DISABLED'),
  },
  references: [{ path: 'detector_id', type: 'aws_guardduty_detector', fault: () => guardDuty('UpdateDetector', 'BadRequestException', 'The request is rejected because the input detectorId is not owned by the current account.') }],
  refuse: (c) => {
    const { detector_id: id, name, status } = c.planned;
    const other = name === 'RUNTIME_MONITORING' ? 'EKS_RUNTIME_MONITORING' : name === 'EKS_RUNTIME_MONITORING' ? 'RUNTIME_MONITORING' : undefined;
    const both = status === 'ENABLED' && c.account.store.list(c.type).some((o) => o.attributes['detector_id'] === id && o.attributes['name'] === other && o.attributes['status'] === 'ENABLED');
    if (both) return guardDuty('UpdateDetector', 'BadRequestException', 'The request is rejected because both EKS_RUNTIME_MONITORING and RUNTIME_MONITORING are specified.');
    const given = records(c.planned['additional_configuration']).map((part) => text(part['name']));
    return given.length > 0 && name !== 'RUNTIME_MONITORING' && name !== 'EKS_RUNTIME_MONITORING' ? guardDuty('UpdateDetector', 'BadRequestException', 'The request is rejected because the feature has no additional configuration.') : undefined;
  },
  compute: (c) => ({ id: `${text(c.planned['detector_id']) ?? ''}/${text(c.planned['name']) ?? ''}` }),
};

const hubAccount: ResourceModel = {
  source: `${S}securityhub/account.go; refusal of a second one: nozaq/terraform-aws-secure-baseline issue 135`, label: 'Security Hub Account', forceNew: ['enable_default_standards'], defaults: { auto_enable_controls: true, enable_default_standards: true }, name: () => '',
  rules: { control_finding_generator: oneOf('STANDARD_CONTROL', 'SECURITY_CONTROL') },
  refuse: (c) => (c.prior === undefined && one(c) ? hub('EnableSecurityHub', 409, 'ResourceConflictException', 'Account is already subscribed to Security Hub') : undefined),
  compute: (c) => ({ id: c.account.accountId, arn: arn(c, 'securityhub', 'hub/default'), control_finding_generator: 'SECURITY_CONTROL' }),
};

/** Standards there are, behind "standards/" or "ruleset/". Source: website/docs/r/securityhub_standards_subscription.html.markdown of the provider. */
const standards = [
  'standards/aws-foundational-security-best-practices/v/1.0.0', 'standards/aws-resource-tagging-standard/v/1.0.0', 'ruleset/cis-aws-foundations-benchmark/v/1.2.0', 'standards/cis-aws-foundations-benchmark/v/1.4.0',
  'standards/cis-aws-foundations-benchmark/v/3.0.0', 'standards/nist-800-53/v/5.0.0', 'standards/nist-800-171/v/2.0.0', 'standards/pci-dss/v/3.2.1', 'standards/pci-dss/v/4.0.1',
];

const subscription: ResourceModel = {
  source: `${S}securityhub/standards_subscription.go and its documentation; refusals: Security Hub API reference, BatchEnableStandards (words not tried against AWS)`, label: 'Security Hub Standards Subscription', forceNew: ['standards_arn'], isShared: true,
  rules: { standards_arn: (v) => (typeof v !== 'string' || /^arn:[\w-]+:securityhub:[\w-]*::(standards|ruleset)\/[\w-]+\/v\/[\d.]+$/.test(v) ? undefined : `(${v}) is not the ARN of a standard`) }, name: (a) => text(a['standards_arn']) ?? '',
  refuse: (c) => {
    if (!one(c, 'aws_securityhub_account')) return hub('BatchEnableStandards', 401, 'InvalidAccessException', `Account ${c.account.accountId} is not subscribed to AWS Security Hub`);
    const [, , , region = '', , what = ''] = (text(c.planned['standards_arn']) ?? '').split(':');
    const isThere = standards.includes(what) && region === (what.startsWith('ruleset/') ? '' : c.region);
    return isThere ? undefined : hub('BatchEnableStandards', 400, 'InvalidInputException', `Invalid Standards ARN: ${text(c.planned['standards_arn']) ?? ''}`);
  },
  compute: (c) => {
    const id = arn(c, 'securityhub', `subscription/${(text(c.planned['standards_arn']) ?? '').split('/').slice(1).join('/')}`);
    return { id, arn: id };
  },
};

const enabler: ResourceModel = {
  source: `${S}inspector2/enabler.go; that LAMBDA_CODE needs LAMBDA: Inspector user guide, "Scanning AWS Lambda functions" (words not tried against AWS)`, label: 'Inspector2 Enabler', isShared: true, name: (a) => texts(a['account_ids']).join(','),
  rules: { account_ids: textRule(12, 12, /^\d{12}$/), resource_types: oneOf('EC2', 'ECR', 'LAMBDA', 'LAMBDA_CODE', 'CODE_REPOSITORY') },
  refuse: (c) => {
    const types = texts(c.planned['resource_types']);
    const accounts = texts(c.planned['account_ids']);
    const refused = (code: string, message: string): AwsFault => ({ service: 'Inspector2', operation: 'Enable', status: 403, code, message });
    if (accounts.length > 1 && accounts.includes(c.account.accountId)) return refused('ValidationException', '"account_ids" can contain either the administrator account or one or more member accounts.');
    if (accounts.some((id) => id !== c.account.accountId)) return refused('AccessDeniedException', 'Invoking account does not have access to enable the given accounts.');
    return types.includes('LAMBDA_CODE') && !types.includes('LAMBDA') ? refused('ValidationException', 'LAMBDA_CODE scanning requires LAMBDA scanning to be enabled.') : undefined;
  },
  compute: (c) => ({ id: text(c.planned['id']) ?? `${texts(c.planned['account_ids']).toSorted().join(':')}-${texts(c.planned['resource_types']).toSorted().join(':')}` }),
};

const macieAccount: ResourceModel = {
  source: `${S}macie2/account.go; refusal of a second one: Macie API reference, EnableMacie, ConflictException (words not tried against AWS)`, label: 'Macie Account', name: () => '',
  rules: { finding_publishing_frequency: oneOf('FIFTEEN_MINUTES', 'ONE_HOUR', 'SIX_HOURS'), status: oneOf('ENABLED', 'PAUSED') },
  refuse: (c) => (c.prior === undefined && one(c) ? { ...macie('EnableMacie', 'ConflictException', 'Macie has already been enabled'), status: 409 } : undefined),
  compute: (c) => ({
    id: c.account.accountId, finding_publishing_frequency: 'FIFTEEN_MINUTES', status: 'ENABLED', created_at: c.account.now(), updated_at: c.account.now(),
    service_role: `arn:${c.account.partition}:iam::${c.account.accountId}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie`,
  }),
};

const analyzer: ResourceModel = {
  source: `${S}accessanalyzer/analyzer.go; one external analyzer of an account in a region: IAM user guide, "IAM Access Analyzer quotas"; age of 1 to 365 days: Access Analyzer API reference, UnusedAccessConfiguration`,
  label: 'IAM Access Analyzer Analyzer', forceNew: ['analyzer_name', 'type', 'configuration'], defaults: { type: 'ACCOUNT' }, name: (a) => text(a['analyzer_name']) ?? '',
  rules: {
    analyzer_name: textRule(1, 255, /^[A-Za-z][\w.-]*$/), 'configuration.unused_access.unused_access_age': between(1, 365),
    type: oneOf('ACCOUNT', 'ORGANIZATION', 'ACCOUNT_UNUSED_ACCESS', 'ORGANIZATION_UNUSED_ACCESS', 'ACCOUNT_INTERNAL_ACCESS', 'ORGANIZATION_INTERNAL_ACCESS'),
  },
  refuse: (c) => {
    const refused = (status: number, code: string, message: string): AwsFault => ({ service: 'AccessAnalyzer', operation: 'CreateAnalyzer', status, code, message });
    const alike = sameName(c, 'analyzer_name', (name) => refused(409, 'ConflictException', `Analyzer ${name} already exists`));
    if (alike) return alike;
    const type = text(c.planned['type']) ?? '';
    const isOwn = type === 'ACCOUNT' || type === 'ACCOUNT_UNUSED_ACCESS' || type === 'ACCOUNT_INTERNAL_ACCESS';
    if (!isOwn && c.account.store.list('aws_organizations_organization').length === 0) return refused(400, 'ValidationException', 'You must create an organization before you can create an analyzer of this type.');
    const unused = records(records(c.planned['configuration'])[0]?.['unused_access'] ?? null);
    if (unused.length > 0 && !type.endsWith('UNUSED_ACCESS')) return refused(400, 'ValidationException', 'The configuration does not match the type of the analyzer.');
    const rival = c.prior === undefined && c.account.store.list(c.type).some((o) => o.region === c.region && o.attributes['type'] === type);
    return rival ? refused(402, 'ServiceQuotaExceededException', `You have reached the maximum number of analyzers of type ${type}.`) : undefined;
  },
  compute: (c) => {
    const id = text(c.planned['analyzer_name']) ?? '';
    return { id, arn: arn(c, 'access-analyzer', `analyzer/${id}`) };
  },
};

/** Services that look for threats, vulnerabilities and open doors. */
export const securityServiceModels: Readonly<Record<string, ResourceModel>> = {
  aws_guardduty_detector: detector, aws_guardduty_detector_feature: feature, aws_securityhub_account: hubAccount, aws_securityhub_standards_subscription: subscription,
  aws_inspector2_enabler: enabler, aws_macie2_account: macieAccount, aws_accessanalyzer_analyzer: analyzer,
};
