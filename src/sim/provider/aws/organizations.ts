import type { Account, Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { first, records, text, texts } from '../values.ts';
import { hexOf } from '../engine/digest.ts';
import type { SimObject } from '../store/store.ts';
import { jsonRule, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/organizations/';
const API = 'Organizations API reference, exceptions of each call; limits: Organizations user guide, "Quotas"';
const no = (operation: string, code: string, message: string): AwsFault => ({ service: 'Organizations', operation, status: 400, code, message });

const organizationOf = (account: Account): SimObject | undefined => account.store.list('aws_organizations_organization')[0];
const rootOf = (account: Account): string | undefined => text(first(organizationOf(account)?.attributes['roots'])?.['id']);
const inOrganization = (c: Change, kind: string, id: string): string =>
  `arn:${c.account.partition}:organizations::${c.account.accountId}:${kind}/${organizationOf(c.account)?.id ?? ''}/${id}`;
const PARENT = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/;
/** Policies of a kind that AWS takes on a root, unit or account; its own FullAWSAccess is one of them. Source: as `API`. */
const MOST_ATTACHED = 5;
const DEEPEST = 5;

const depthOf = (account: Account, id: string | undefined): number => {
  const unit = account.store.list('aws_organizations_organizational_unit').find((o) => o.id === id);
  return unit === undefined ? 0 : 1 + depthOf(account, text(unit.attributes['parent_id']));
};
const noParent = (c: Change, operation: string): AwsFault | undefined => {
  const parent = text(c.planned['parent_id']);
  if (parent === undefined || parent === rootOf(c.account) || depthOf(c.account, parent) > 0) return undefined;
  return no(operation, 'ParentNotFoundException', "You provided parent that doesn't exist.");
};

const organization: ResourceModel = {
  source: `${S}organization.go; ${API}`, label: 'Organizations Organization', defaults: { feature_set: 'ALL' },
  rules: { feature_set: oneOf('ALL', 'CONSOLIDATED_BILLING'), enabled_policy_types: oneOf('AISERVICES_OPT_OUT_POLICY', 'BACKUP_POLICY', 'CHATBOT_POLICY', 'DECLARATIVE_POLICY_EC2', 'RESOURCE_CONTROL_POLICY', 'SECURITYHUB_POLICY', 'SERVICE_CONTROL_POLICY', 'TAG_POLICY') },
  forceNewIf: (prior, planned) => (prior['feature_set'] === 'ALL' && planned['feature_set'] === 'CONSOLIDATED_BILLING' ? ['feature_set'] : []),
  refuse: (c) => (c.prior === undefined && organizationOf(c.account) !== undefined ? no('CreateOrganization', 'AlreadyInOrganizationException', 'The provided account is already a member of an organization.') : undefined),
  compute: (c) => {
    const id = text(c.planned['id']) ?? `o-${c.hex(10)}`;
    const { accountId, partition } = c.account;
    const own = { arn: `arn:${partition}:organizations::${accountId}:account/${id}/${accountId}`, email: 'management@simulated.invalid', id: accountId, joined_method: 'INVITED', joined_timestamp: c.account.now(), name: 'management', state: 'ACTIVE', status: 'ACTIVE' };
    const root = `r-${hexOf(id, 4)}`;
    return {
      id, arn: `arn:${partition}:organizations::${accountId}:organization/${id}`, master_account_id: accountId, master_account_arn: own.arn, master_account_email: own.email, master_account_name: own.name,
      accounts: [own], non_master_accounts: [], return_organization_only: null,
      roots: [{ id: root, arn: `arn:${partition}:organizations::${accountId}:root/${id}/${root}`, name: 'Root', policy_types: texts(c.planned['enabled_policy_types']).map((type) => ({ status: 'ENABLED', type })) }],
    };
  },
  blockers: (_, { store }) => (['aws_organizations_account', 'aws_organizations_organizational_unit', 'aws_organizations_policy'].some((type) => store.list(type).length > 0)
    ? no('DeleteOrganization', 'OrganizationNotEmptyException', "The organization isn't empty. To delete an organization, you must first remove all accounts except the management account.") : undefined),
};

const unit: ResourceModel = {
  source: `${S}organizational_unit.go; ${API}`, label: 'Organizations Organizational Unit', forceNew: ['parent_id'], rules: { name: textRule(1, 128), parent_id: textRule(1, 68, PARENT) },
  refuse: (c) => {
    if (c.prior) return undefined;
    const parent = text(c.planned['parent_id']);
    if (depthOf(c.account, parent) >= DEEPEST) return no('CreateOrganizationalUnit', 'ConstraintViolationException', 'OU_DEPTH_LIMIT_EXCEEDED: You attempted to create an OU tree that is too many levels deep.');
    const rival = c.account.store.list('aws_organizations_organizational_unit').find((o) => o.attributes['parent_id'] === parent && o.attributes['name'] === c.planned['name']);
    return noParent(c, 'CreateOrganizationalUnit') ?? (rival && no('CreateOrganizationalUnit', 'DuplicateOrganizationalUnitException', 'An OU with the same name already exists.'));
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `ou-${(rootOf(c.account) ?? 'r-0000').slice(2)}-${c.hex(8)}`;
    return { id, arn: inOrganization(c, 'ou', id), accounts: [] };
  },
  blockers: (o, { store }) => (['aws_organizations_account', 'aws_organizations_organizational_unit'].some((type) => store.list(type).some((x) => x.attributes['parent_id'] === o.id))
    ? no('DeleteOrganizationalUnit', 'OrganizationalUnitNotEmptyException', 'The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, and try the operation again.') : undefined),
};

const account: ResourceModel = {
  source: `${S}account.go; ${API}`, label: 'Organizations Account', forceNew: ['email', 'iam_user_access_to_billing', 'name', 'role_name'], defaults: { close_on_deletion: false, create_govcloud: false },
  rules: { email: textRule(6, 64, /^[^\s@]+@[^\s@]+\.[^\s@]+$/), name: textRule(1, 50), role_name: textRule(1, 64, /^[\w+=,.@-]{1,64}$/), iam_user_access_to_billing: oneOf('ALLOW', 'DENY'), parent_id: textRule(1, 68, PARENT) },
  refuse: (c) => {
    const rival = c.prior ? undefined : c.account.store.list('aws_organizations_account').find((o) => text(o.attributes['email'])?.toLowerCase() === text(c.planned['email'])?.toLowerCase());
    if (organizationOf(c.account) === undefined) return no('CreateAccount', 'AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
    return noParent(c, 'MoveAccount') ?? (rival && no('CreateAccount', 'EMAIL_ALREADY_EXISTS', 'The account could not be created because another AWS account with that email address already exists.'));
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? String(100_000_000_000 + (Number.parseInt(c.hex(10), 16) % 900_000_000_000));
    return { id, arn: inOrganization(c, 'account', id), parent_id: rootOf(c.account) ?? '', govcloud_id: '', joined_method: 'CREATED', joined_timestamp: c.account.now(), state: 'ACTIVE', status: 'ACTIVE' };
  },
  blockers: (o, { store }) => {
    if (store.list('aws_organizations_delegated_administrator').some((x) => x.attributes['account_id'] === o.id)) return no('RemoveAccountFromOrganization', 'ConstraintViolationException', 'CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG: You attempted to remove an account that is registered as a delegated administrator.');
    return o.attributes['close_on_deletion'] === true ? undefined : no('RemoveAccountFromOrganization', 'ConstraintViolationException', 'ACCOUNT_CANNOT_LEAVE_ORGANIZATION: The member account is missing the information that it needs to operate as a standalone account.');
  },
};

const policy: ResourceModel = {
  source: `${S}policy.go; ${API}; names and lengths: CreatePolicy`, label: 'Organizations Policy', forceNew: ['type'], defaults: { type: 'SERVICE_CONTROL_POLICY' },
  rules: { content: jsonRule(), name: textRule(1, 128), description: textRule(0, 512), type: oneOf('AISERVICES_OPT_OUT_POLICY', 'BACKUP_POLICY', 'CHATBOT_POLICY', 'DECLARATIVE_POLICY_EC2', 'RESOURCE_CONTROL_POLICY', 'SECURITYHUB_POLICY', 'SERVICE_CONTROL_POLICY', 'TAG_POLICY') },
  refuse: (c) => {
    const operation = c.prior ? 'UpdatePolicy' : 'CreatePolicy';
    if (organizationOf(c.account) === undefined) return no(operation, 'AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
    // The provider sends the text as it is: white space counts.
    if (c.planned['type'] === 'SERVICE_CONTROL_POLICY' && (text(c.planned['content']) ?? '').length > 5120) return no(operation, 'ConstraintViolationException', 'POLICY_CONTENT_LIMIT_EXCEEDED: You attempted to create a policy that is larger than the maximum size.');
    const rival = c.account.store.list('aws_organizations_policy').find((o) => o.attributes['name'] === c.planned['name'] && o.attributes['type'] === c.planned['type'] && o.id !== c.planned['id']);
    return rival && no(operation, 'DuplicatePolicyException', 'A policy with the same name already exists.');
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `p-${c.hex(8)}`;
    return { id, arn: inOrganization(c, `policy/${(text(c.planned['type']) ?? '').toLowerCase()}`, id), description: '' };
  },
  blockers: (o, { store }) => (store.list('aws_organizations_policy_attachment').some((x) => x.attributes['policy_id'] === o.id)
    ? no('DeletePolicy', 'PolicyInUseException', 'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.') : undefined),
};

const attachment: ResourceModel = {
  source: `${S}policy_attachment.go; ${API}`, label: 'Organizations Policy Attachment', forceNew: ['policy_id', 'target_id'], rules: { target_id: textRule(1, 68, /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/) },
  references: [{ path: 'policy_id', type: 'aws_organizations_policy', fault: () => no('AttachPolicy', 'PolicyNotFoundException', "We can't find a policy with the PolicyId that you specified.") }], name: (a) => text(a['target_id']) ?? '',
  refuse: (c) => {
    const { store } = c.account;
    const target = text(c.planned['target_id']);
    const kind = store.list('aws_organizations_policy').find((o) => o.id === c.planned['policy_id'])?.attributes['type'];
    const enabled = texts(organizationOf(c.account)?.attributes['enabled_policy_types']);
    if (typeof kind === 'string' && !enabled.includes(kind)) return no('AttachPolicy', 'PolicyTypeNotEnabledException', "The specified policy type isn't currently enabled in this root.");
    const isThere = target === rootOf(c.account) || depthOf(c.account, target) > 0 || store.list('aws_organizations_account').some((o) => o.id === target);
    if (!isThere) return no('AttachPolicy', 'TargetNotFoundException', "We can't find a root, OU, account, or policy with the TargetId that you specified.");
    const there = store.list('aws_organizations_policy_attachment').filter((o) => o.attributes['target_id'] === target && store.list('aws_organizations_policy').find((p) => p.id === o.attributes['policy_id'])?.attributes['type'] === kind);
    if (there.some((o) => o.attributes['policy_id'] === c.planned['policy_id'])) return no('AttachPolicy', 'DuplicatePolicyAttachmentException', 'The selected policy is already attached to the specified target.');
    return there.length + (kind === 'SERVICE_CONTROL_POLICY' ? 1 : 0) >= MOST_ATTACHED ? no('AttachPolicy', 'ConstraintViolationException', 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED: You attempted to exceed the number of policies of a certain type that can be attached to an entity at one time.') : undefined;
  },
  compute: (c) => ({ id: `${text(c.planned['target_id']) ?? ''}:${text(c.planned['policy_id']) ?? ''}` }),
};

/** Why an account can't administer a service for the organization. */
export const noDelegate = (c: Change, operation: string, id: string | undefined): AwsFault | undefined => {
  if (id === c.account.accountId) return no(operation, 'ConstraintViolationException', 'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR: You can designate only a member account as a delegated administrator.');
  return c.account.store.list('aws_organizations_account').some((o) => o.id === id) ? undefined : no(operation, 'AccountNotFoundException', "We can't find an AWS account with the AccountId that you specified, or the account is not a member of the organization.");
};

/** Whether the organization trusts a service. */
export const isTrusted = (c: Change, principal: string): boolean => texts(organizationOf(c.account)?.attributes['aws_service_access_principals']).includes(principal);

const delegate: ResourceModel = {
  source: `${S}delegated_administrator.go; ${API}`, label: 'Organizations Delegated Administrator', forceNew: ['account_id', 'service_principal'], rules: { account_id: textRule(12, 12, /^\d{12}$/), service_principal: textRule(1, 128) },
  refuse: (c) => {
    const principal = text(c.planned['service_principal']) ?? '';
    return noDelegate(c, 'RegisterDelegatedAdministrator', text(c.planned['account_id']))
      ?? (isTrusted(c, principal) ? undefined : no('RegisterDelegatedAdministrator', 'ConstraintViolationException', `SERVICE_ACCESS_NOT_ENABLED: You attempted to register a delegated administrator before you enabled service access for ${principal}.`));
  },
  compute: (c) => {
    const id = text(c.planned['account_id']) ?? '';
    const member = records(c.account.store.list('aws_organizations_account').find((o) => o.id === id)?.attributes ?? null)[0] ?? {};
    return {
      id: `${id}/${text(c.planned['service_principal']) ?? ''}`, arn: member['arn'] ?? '', email: member['email'] ?? '', name: member['name'] ?? '', delegation_enabled_date: c.account.now(),
      joined_method: 'CREATED', joined_timestamp: member['joined_timestamp'] ?? '', status: 'ACTIVE',
    };
  },
};

const resourcePolicy: ResourceModel = {
  source: `${S}resource_policy.go; ${API}`, label: 'Organizations Resource Policy', rules: { content: jsonRule(40_000) }, isShared: true,
  compute: (c) => {
    const id = text(c.planned['id']) ?? `rp-${c.hex(8)}`;
    return { id, arn: inOrganization(c, 'resourcepolicy', id) };
  },
};

/** The organization. */
export const organizationModels: Readonly<Record<string, ResourceModel>> = {
  aws_organizations_organization: organization, aws_organizations_organizational_unit: unit, aws_organizations_account: account, aws_organizations_policy: policy,
  aws_organizations_policy_attachment: attachment, aws_organizations_delegated_administrator: delegate, aws_organizations_resource_policy: resourcePolicy,
};
