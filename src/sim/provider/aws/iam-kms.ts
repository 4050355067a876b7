import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { text } from '../values.ts';
import { arn, globalArn } from './arn.ts';
import { uuidOf } from '../engine/digest.ts';
import { arnRule, between, jsonRule, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const fault = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'IAM', operation, status, code, message });
const fullName = (c: Change): string => text(c.planned['name']) ?? `${text(c.planned['name_prefix']) ?? 'terraform-'}${c.hex(20, 'name')}`;
const at = (c: Change, kind: string, name: string): string => globalArn(c, 'iam', `${kind}${text(c.planned['path']) ?? '/'}${name}`);
const NAME = /^[\w+=,.@-]+$/;

/** Names in IAM are unique in the account, ignoring case. */
const taken = (c: Change, type: string, operation: string, what: string): AwsFault | undefined => {
  const name = text(c.planned['name'])?.toLowerCase();
  const rival = c.prior || name === undefined ? undefined : c.account.store.list(type).find((o) => text(o.attributes['name'])?.toLowerCase() === name);
  return rival && fault(operation, 409, 'EntityAlreadyExists', `${what} with name ${text(c.planned['name']) ?? ''} already exists.`);
};
const noRole = (operation: string) => (v: string): AwsFault => fault(operation, 404, 'NoSuchEntity', `The role with name ${v} cannot be found.`);

const role: ResourceModel = {
  source: `${S}iam/role.go`, label: 'IAM Role', forceNew: ['name', 'name_prefix', 'path'], tagRules: 'iam', defaults: { force_detach_policies: false, max_session_duration: 3600, path: '/' },
  rules: { name: textRule(1, 64, NAME), name_prefix: textRule(1, 38, NAME), max_session_duration: between(3600, 43200), assume_role_policy: jsonRule(2048), permissions_boundary: arnRule, description: textRule(0, 1000) },
  conflicts: [['name', 'name_prefix']], computedBlocks: ['inline_policy'], refuse: (c) => taken(c, 'aws_iam_role', 'CreateRole', 'Role'),
  compute: (c) => {
    const name = fullName(c);
    return { id: name, name, name_prefix: '', arn: at(c, 'role', name), unique_id: `AROA${c.letters(17)}`, create_date: c.account.now(), managed_policy_arns: [], inline_policy: [] };
  },
  blockers: (o, { store }) => {
    const isForced = o.attributes['force_detach_policies'] === true;
    const held = ['aws_iam_role_policy_attachment', 'aws_iam_role_policy'].flatMap((t) => store.list(t)).filter((x) => x.attributes['role'] === o.id);
    if (held.length > 0 && !isForced) return fault('DeleteRole', 409, 'DeleteConflict', 'Cannot delete entity, must detach all policies first.');
    const profile = store.list('aws_iam_instance_profile').find((p) => p.attributes['role'] === o.id);
    return profile && fault('DeleteRole', 409, 'DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.');
  },
};

const policy: ResourceModel = {
  source: `${S}iam/policy.go`, label: 'IAM Policy', forceNew: ['description', 'name', 'name_prefix', 'path'], tagRules: 'iam', defaults: { path: '/' },
  rules: { name: textRule(1, 128, NAME), policy: jsonRule(6144), description: textRule(0, 1000) }, conflicts: [['name', 'name_prefix']],
  refuse: (c) => taken(c, 'aws_iam_policy', 'CreatePolicy', 'A policy called'),
  compute: (c) => {
    const name = fullName(c);
    const id = at(c, 'policy', name);
    return { id, arn: id, name, name_prefix: '', policy_id: `ANPA${c.letters(17)}`, attachment_count: 0 };
  },
  blockers: (o, { store }) => {
    const user = store.list('aws_iam_role_policy_attachment').find((a) => a.attributes['policy_arn'] === o.id);
    return user && fault('DeletePolicy', 409, 'DeleteConflict', 'Cannot delete a policy attached to entities.');
  },
};

const rolePolicy: ResourceModel = {
  source: `${S}iam/role_policy.go`, label: 'IAM Role Policy', forceNew: ['name', 'name_prefix', 'role'], rules: { policy: jsonRule(10240), name: textRule(1, 128, NAME) }, conflicts: [['name', 'name_prefix']],
  references: [{ path: 'role', type: 'aws_iam_role', fault: noRole('PutRolePolicy') }], isShared: true,
  compute: (c) => {
    const name = fullName(c);
    return { id: `${text(c.planned['role']) ?? ''}:${name}`, name, name_prefix: '' };
  },
};

const attachment: ResourceModel = {
  source: `${S}iam/role_policy_attachment.go; IAM quotas, "Managed policies attached to an IAM role" (10; AWS raises it on request)`, label: 'IAM Role Policy Attachment', forceNew: ['policy_arn', 'role'], rules: { policy_arn: arnRule }, isShared: true,
  references: [{ path: 'role', type: 'aws_iam_role', fault: noRole('AttachRolePolicy') }],
  refuse: ({ planned, account }) => {
    const wanted = text(planned['policy_arn']) ?? '';
    const held = account.store.list('aws_iam_role_policy_attachment').filter((one) => one.attributes['role'] === planned['role'] && one.attributes['policy_arn'] !== wanted);
    if (held.length >= 10) return fault('AttachRolePolicy', 409, 'LimitExceeded', 'Cannot exceed quota for PoliciesPerRole: 10');
    if (/^arn:[\w-]+:iam::aws:policy\//.test(wanted) || account.store.list('aws_iam_policy').some((p) => p.id === wanted)) return undefined;
    return fault('AttachRolePolicy', 404, 'NoSuchEntity', `Policy ${wanted} does not exist or is not attachable.`);
  },
  compute: (c) => ({ id: `${text(c.planned['role']) ?? ''}/${text(c.planned['policy_arn']) ?? ''}` }),
};

const instanceProfile: ResourceModel = {
  source: `${S}iam/instance_profile.go`, label: 'IAM Instance Profile', forceNew: ['name', 'name_prefix', 'path'], tagRules: 'iam', defaults: { path: '/' }, rules: { name: textRule(1, 128, NAME) },
  references: [{ path: 'role', type: 'aws_iam_role', fault: noRole('AddRoleToInstanceProfile') }], refuse: (c) => taken(c, 'aws_iam_instance_profile', 'CreateInstanceProfile', 'Instance Profile'),
  compute: (c) => {
    const name = fullName(c);
    return { id: name, name, name_prefix: '', arn: at(c, 'instance-profile', name), unique_id: `AIPA${c.letters(17)}`, create_date: c.account.now() };
  },
};

const host = (url: string | undefined): string => (url ?? '').replace(/^https?:\/\//, '');

const oidc: ResourceModel = {
  source: `${S}iam/openid_connect_provider.go`, label: 'IAM OIDC Provider', forceNew: ['url'], tagRules: 'iam', rules: { url: textRule(1, 255, /^https:\/\//), client_id_list: textRule(1, 255), thumbprint_list: textRule(40, 40) },
  name: (a) => text(a['url']) ?? '',
  refuse: (c) => {
    const rival = c.prior ? undefined : c.account.store.list('aws_iam_openid_connect_provider').find((p) => host(text(p.attributes['url'])) === host(text(c.planned['url'])));
    return rival && fault('CreateOpenIDConnectProvider', 409, 'EntityAlreadyExists', `Provider with url https://${host(text(c.planned['url']))} already exists.`);
  },
  compute: (c) => {
    const id = globalArn(c, 'iam', `oidc-provider/${host(text(c.planned['url']))}`);
    return { id, arn: id, thumbprint_list: [c.hex(40, 'thumbprint')] };
  },
};

const kms = (operation: string, code: string, message: string): AwsFault => ({ service: 'KMS', operation, status: 400, code, message });
const noKey = (operation: string) => (v: string): AwsFault => kms(operation, 'NotFoundException', `Key '${v}' does not exist`);
const ROOT = (c: Change): string => JSON.stringify({ Id: 'key-default-1', Statement: [{ Action: 'kms:*', Effect: 'Allow', Principal: { AWS: `arn:${c.account.partition}:iam::${c.account.accountId}:root` }, Resource: '*', Sid: 'Enable IAM User Permissions' }], Version: '2012-10-17' });

const key: ResourceModel = {
  source: `${S}kms/key.go`, label: 'KMS Key', forceNew: ['custom_key_store_id', 'customer_master_key_spec', 'key_usage', 'multi_region', 'xks_key_id'],
  defaults: { bypass_policy_lockout_safety_check: false, customer_master_key_spec: 'SYMMETRIC_DEFAULT', enable_key_rotation: false, is_enabled: true, key_usage: 'ENCRYPT_DECRYPT' },
  rules: { deletion_window_in_days: between(7, 30), rotation_period_in_days: between(90, 2560), policy: jsonRule(32768), key_usage: oneOf('ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'), description: textRule(0, 8192) },
  refuse: ({ planned }) => {
    const written = text(planned['policy']);
    if (written === undefined || planned['bypass_policy_lockout_safety_check'] === true || /kms:(\*|PutKeyPolicy)|"\*"/.test(written)) return undefined;
    return kms('CreateKey', 'MalformedPolicyDocumentException', 'The new key policy will not allow you to update the key policy in the future.');
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? uuidOf(c.hex(32));
    return { id, key_id: id, arn: arn(c, 'kms', `key/${id}`), description: '', multi_region: false, policy: ROOT(c), rotation_period_in_days: c.planned['enable_key_rotation'] === true ? 365 : 0 };
  },
};

const alias: ResourceModel = {
  source: `${S}kms/alias.go`, label: 'KMS Alias', forceNew: ['name', 'name_prefix'], rules: { name: textRule(7, 256, /^alias\/(?!aws\/)[\w/-]+$/) }, conflicts: [['name', 'name_prefix']],
  refuse: (c) => {
    const wanted = text(c.planned['target_key_id']) ?? '';
    if (!c.account.store.list('aws_kms_key').some((k) => k.region === c.region && (k.id === wanted || k.attributes['arn'] === wanted))) return noKey('CreateAlias')(wanted);
    const rival = c.prior ? undefined : c.account.store.list('aws_kms_alias').find((a) => a.region === c.region && a.id === c.planned['name']);
    return rival && kms('CreateAlias', 'AlreadyExistsException', `An alias with the name ${arn(c, 'kms', rival.id)} already exists`);
  },
  recompute: { target_key_arn: ['target_key_id'] },
  compute: (c) => {
    const name = text(c.planned['name']) ?? `alias/${c.hex(26)}`;
    const wanted = text(c.planned['target_key_id']) ?? '';
    return { id: name, name, name_prefix: '', arn: arn(c, 'kms', name), target_key_arn: wanted.startsWith('arn:') ? wanted : arn(c, 'kms', `key/${wanted}`) };
  },
};

const keyPolicy: ResourceModel = {
  source: `${S}kms/key_policy.go`, label: 'KMS Key Policy', forceNew: ['key_id'], defaults: { bypass_policy_lockout_safety_check: false }, rules: { policy: jsonRule(32768) }, isShared: true,
  references: [{ path: 'key_id', type: 'aws_kms_key', fault: noKey('PutKeyPolicy') }], compute: (c) => ({ id: text(c.planned['key_id']) ?? '' }),
};

/** Identities and keys. */
export const identityModels: Readonly<Record<string, ResourceModel>> = {
  aws_iam_role: role, aws_iam_policy: policy, aws_iam_role_policy: rolePolicy, aws_iam_role_policy_attachment: attachment, aws_iam_instance_profile: instanceProfile,
  aws_iam_openid_connect_provider: oidc, aws_kms_key: key, aws_kms_alias: alias, aws_kms_key_policy: keyPolicy,
};
