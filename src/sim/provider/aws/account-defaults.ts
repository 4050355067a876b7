import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { text } from '../values.ts';
import { globalArn } from './arn.ts';
import { arnRule, between, ec2Fault, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const iam = (code: string, message: string): AwsFault => ({ service: 'IAM', operation: 'CreateServiceLinkedRole', status: 400, code, message });

const publicAccessBlock: ResourceModel = {
  source: `${S}s3control/account_public_access_block.go`, label: 'S3 Account Public Access Block', forceNew: ['account_id'], isShared: true, rules: { account_id: textRule(12, 12, /^\d{12}$/) }, name: (a) => text(a['account_id']) ?? '',
  defaults: { block_public_acls: false, block_public_policy: false, ignore_public_acls: false, restrict_public_buckets: false },
  refuse: (c) => {
    const wanted = text(c.planned['account_id']) ?? c.account.accountId;
    return wanted === c.account.accountId ? undefined : { service: 'S3 Control', operation: 'PutPublicAccessBlock', status: 403, code: 'AccessDenied', message: 'Access Denied' };
  },
  compute: (c) => ({ id: text(c.planned['account_id']) ?? c.account.accountId, account_id: c.account.accountId }),
};

const encryptionByDefault: ResourceModel = {
  source: `${S}ec2/ebs_encryption_by_default.go`, label: 'EBS Encryption By Default', defaults: { enabled: true }, isShared: true, name: () => '',
  compute: (c) => ({ id: text(c.planned['id']) ?? `terraform-${c.hex(26)}` }),
};

const defaultKey: ResourceModel = {
  source: `${S}ec2/ebs_default_kms_key.go; EC2 API reference, ModifyEbsDefaultKmsKeyId`, label: 'EBS default KMS key', forceNew: ['key_arn'], isShared: true, rules: { key_arn: arnRule }, name: () => '',
  references: [{ path: 'key_arn', type: 'aws_kms_key', by: 'arn', fault: (v) => ec2Fault('ModifyEbsDefaultKmsKeyId', 'InvalidKmsKeyId.NotFound', `The specified keyId ${v} is not defined`) }],
  compute: (c) => ({ id: text(c.planned['key_arn']) ?? '' }),
};

const passwordPolicy: ResourceModel = {
  source: `${S}iam/account_password_policy.go; ranges: IAM API reference, UpdateAccountPasswordPolicy`, label: 'IAM Account Password Policy', isShared: true, defaults: { allow_users_to_change_password: true, minimum_password_length: 6 }, name: () => '',
  rules: { max_password_age: between(1, 1095), minimum_password_length: between(6, 128), password_reuse_prevention: between(1, 24) },
  recompute: { expire_passwords: ['max_password_age'] },
  compute: (c) => ({
    id: 'iam-account-password-policy', expire_passwords: typeof c.planned['max_password_age'] === 'number' && c.planned['max_password_age'] > 0, hard_expiry: false, max_password_age: 0, password_reuse_prevention: 0,
    require_lowercase_characters: false, require_numbers: false, require_symbols: false, require_uppercase_characters: false,
  }),
};

/** Names of service-linked roles. Source: user guides of the services, "Using service-linked roles". Others are made up from the service's name. */
const roleNames: Readonly<Record<string, string>> = {
  'config.amazonaws.com': 'AWSServiceRoleForConfig', 'guardduty.amazonaws.com': 'AWSServiceRoleForAmazonGuardDuty', 'securityhub.amazonaws.com': 'AWSServiceRoleForSecurityHub', 'inspector2.amazonaws.com': 'AWSServiceRoleForAmazonInspector2',
  'macie.amazonaws.com': 'AWSServiceRoleForAmazonMacie', 'access-analyzer.amazonaws.com': 'AWSServiceRoleForAccessAnalyzer', 'autoscaling.amazonaws.com': 'AWSServiceRoleForAutoScaling', 'spot.amazonaws.com': 'AWSServiceRoleForEC2Spot',
  'eks.amazonaws.com': 'AWSServiceRoleForAmazonEKS', 'eks-nodegroup.amazonaws.com': 'AWSServiceRoleForAmazonEKSNodegroup', 'elasticloadbalancing.amazonaws.com': 'AWSServiceRoleForElasticLoadBalancing',
};

const linkedRoleName = (c: Change): string => {
  const service = text(c.planned['aws_service_name']) ?? '';
  const suffix = text(c.planned['custom_suffix']);
  return `${roleNames[service] ?? `AWSServiceRoleFor${(service.split('.')[0] ?? '').replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`}${suffix === undefined ? '' : `_${suffix}`}`;
};

/** Services whose role takes no suffix. Source: IAM user guide, "Create a service-linked role"; which ones: LZA and DataDog issues on "has been taken". */
const takesSuffix = (service: string): boolean => ['autoscaling.amazonaws.com', 'lex.amazonaws.com', 'connect.amazonaws.com'].includes(service);

const serviceLinkedRole: ResourceModel = {
  source: `${S}iam/service_linked_role.go; refusal of a second one: DataDog/pathfinding-labs issue 23`, label: 'IAM Service Linked Role', forceNew: ['aws_service_name', 'custom_suffix'], tagRules: 'iam', rules: { aws_service_name: textRule(1, 128, /\./), custom_suffix: textRule(1, 64, /^[\w+=,.@-]+$/) },
  name: (a) => text(a['aws_service_name']) ?? '',
  refuse: (c) => {
    if (c.prior) return undefined;
    if (text(c.planned['custom_suffix']) !== undefined && !takesSuffix(text(c.planned['aws_service_name']) ?? '')) return iam('InvalidInput', 'Custom suffix is not allowed for this service.');
    const name = linkedRoleName(c);
    const isTaken = ['aws_iam_role', 'aws_iam_service_linked_role'].some((type) => c.account.store.list(type).some((o) => o.attributes['name'] === name));
    return isTaken ? iam('InvalidInput', `Service role name ${name} has been taken in this account, please try a different suffix.`) : undefined;
  },
  compute: (c) => {
    const name = linkedRoleName(c);
    const path = `/aws-service-role/${text(c.planned['aws_service_name']) ?? ''}/`;
    const id = globalArn(c, 'iam', `role${path}${name}`);
    return { id, arn: id, name, path, unique_id: `AROA${c.letters(17)}`, create_date: c.account.now() };
  },
  blockers: (o, { store }) => {
    const user = store.list('aws_config_configuration_recorder').find((recorder) => recorder.attributes['role_arn'] === o.id);
    return user && { service: 'IAM', operation: 'DeleteServiceLinkedRole', status: 400, code: 'DeleteConflict', message: `The role is used by the configuration recorder ${user.id} in ${user.region}.` };
  },
};

/** What an account has once and AWS always has a value for. */
export const accountDefaultModels: Readonly<Record<string, ResourceModel>> = {
  aws_s3_account_public_access_block: publicAccessBlock, aws_ebs_encryption_by_default: encryptionByDefault, aws_ebs_default_kms_key: defaultKey, aws_iam_account_password_policy: passwordPolicy, aws_iam_service_linked_role: serviceLinkedRole,
};
