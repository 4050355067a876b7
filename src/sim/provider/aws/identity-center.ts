import { hexOf, uuidOf } from '../engine/digest.ts';
import type { Account, Change, DataModel, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { first, text } from '../values.ts';
import { arnRule, jsonRule, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const no = (service: string, operation: string, code: string, message: string): AwsFault => ({ service, operation, status: 400, code, message });
const PRINCIPAL = /^([0-9a-f]{10}-|)[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/;

/** The one instance of an organization; a person switched it on. */
const instance = ({ accountId, partition }: Account): string => `arn:${partition}:sso:::instance/ssoins-${hexOf(`sso ${accountId}`, 16)}`;
const store = ({ accountId }: Account): string => `d-${hexOf(`store ${accountId}`, 10)}`;

const foreign = (c: Change, operation: string): AwsFault | undefined =>
  c.planned['instance_arn'] === instance(c.account) ? undefined : no('SSO Admin', operation, 'ResourceNotFoundException', 'Instance not found');
const ofSet = (operation: string) => [{ path: 'permission_set_arn', type: 'aws_ssoadmin_permission_set', by: 'arn', fault: () => no('SSO Admin', operation, 'ResourceNotFoundException', 'PermissionSet not found') }] as const;
const joined = (c: Change, ...keys: readonly string[]): string => keys.map((key) => text(c.planned[key]) ?? '').join(',');
const isGroup = (c: Change): AwsFault | undefined => {
  if (c.planned['principal_type'] !== 'GROUP') return undefined;
  return c.account.store.list('aws_identitystore_group').some((g) => g.attributes['group_id'] === c.planned['principal_id']) ? undefined : no('SSO Admin', 'CreateAccountAssignment', 'ResourceNotFoundException', 'Principal not found');
};

const set: ResourceModel = {
  source: `${S}ssoadmin/permission_set.go`, label: 'SSO Permission Set', forceNew: ['instance_arn', 'name'], defaults: { session_duration: 'PT1H' },
  rules: { instance_arn: arnRule, name: textRule(1, 32, /^[\w+=,.@-]+$/), description: textRule(1, 700), relay_state: textRule(1, 240), session_duration: textRule(1, 100, /^PT\d+[HM](\d+M)?$/) },
  refuse: (c) => {
    const rival = c.prior ? undefined : c.account.store.list('aws_ssoadmin_permission_set').find((o) => o.attributes['name'] === c.planned['name']);
    return foreign(c, 'CreatePermissionSet') ?? (rival && no('SSO Admin', 'CreatePermissionSet', 'ConflictException', `PermissionSet with name ${text(c.planned['name']) ?? ''} already exists.`));
  },
  compute: (c) => {
    const arn = text(c.planned['arn']) ?? `arn:${c.account.partition}:sso:::permissionSet/${(text(c.planned['instance_arn']) ?? '').split('/')[1] ?? ''}/ps-${c.hex(16)}`;
    return { id: `${arn},${text(c.planned['instance_arn']) ?? ''}`, arn, created_date: c.account.now() };
  },
  blockers: (o, { store: all }) => (all.list('aws_ssoadmin_account_assignment').some((a) => a.attributes['permission_set_arn'] === o.attributes['arn'])
    ? no('SSO Admin', 'DeletePermissionSet', 'ConflictException', 'PermissionSet is assigned to accounts and cannot be deleted.') : undefined),
};

const managed: ResourceModel = {
  source: `${S}ssoadmin/managed_policy_attachment.go`, label: 'SSO Managed Policy Attachment', forceNew: ['instance_arn', 'managed_policy_arn', 'permission_set_arn'], rules: { instance_arn: arnRule, managed_policy_arn: arnRule },
  references: ofSet('AttachManagedPolicyToPermissionSet'), refuse: (c) => foreign(c, 'AttachManagedPolicyToPermissionSet'), name: (a) => text(a['managed_policy_arn']) ?? '',
  compute: (c) => ({ id: joined(c, 'managed_policy_arn', 'permission_set_arn', 'instance_arn'), managed_policy_name: (text(c.planned['managed_policy_arn']) ?? '').split('/').at(-1) ?? '' }),
};

const inline: ResourceModel = {
  source: `${S}ssoadmin/permission_set_inline_policy.go; length: SSO Admin API reference, PutInlinePolicyToPermissionSet`, label: 'SSO Permission Set Inline Policy', forceNew: ['instance_arn', 'permission_set_arn'], rules: { inline_policy: jsonRule(32768) },
  references: ofSet('PutInlinePolicyToPermissionSet'), refuse: (c) => foreign(c, 'PutInlinePolicyToPermissionSet'), isShared: true, compute: (c) => ({ id: joined(c, 'permission_set_arn', 'instance_arn') }),
};

const assignment: ResourceModel = {
  source: `${S}ssoadmin/account_assignment.go`, label: 'SSO Account Assignment', forceNew: ['instance_arn', 'permission_set_arn', 'principal_id', 'principal_type', 'target_id', 'target_type'],
  rules: { principal_id: textRule(1, 47, PRINCIPAL), principal_type: oneOf('USER', 'GROUP'), target_id: textRule(12, 12, /^\d{12}$/), target_type: oneOf('AWS_ACCOUNT') },
  references: ofSet('CreateAccountAssignment'), refuse: (c) => foreign(c, 'CreateAccountAssignment') ?? isGroup(c), name: (a) => text(a['principal_id']) ?? '',
  compute: (c) => ({ id: joined(c, 'principal_id', 'principal_type', 'target_id', 'target_type', 'permission_set_arn', 'instance_arn') }),
};

const application: ResourceModel = {
  source: `${S}ssoadmin/application.go; lengths: SSO Admin API reference, CreateApplication`, label: 'SSO Application', forceNew: ['application_provider_arn', 'client_token', 'instance_arn'],
  rules: { application_provider_arn: arnRule, name: textRule(1, 100), description: textRule(1, 128), status: oneOf('ENABLED', 'DISABLED'), 'portal_options.visibility': oneOf('ENABLED', 'DISABLED'), 'portal_options.sign_in_options.origin': oneOf('IDENTITY_CENTER', 'APPLICATION') },
  validate: (config) => {
    const options = first(first(config['portal_options'])?.['sign_in_options']);
    return options?.['origin'] === 'APPLICATION' && (options['application_url'] ?? null) === null ? [{ severity: 'error', summary: 'portal_options.sign_in_options.application_url: must be given where people sign in at the application', detail: '', path: ['portal_options'] }] : [];
  },
  refuse: (c) => foreign(c, 'CreateApplication'),
  compute: (c) => {
    const arn = text(c.planned['arn']) ?? `arn:${c.account.partition}:sso::${c.account.accountId}:application/${(text(c.planned['instance_arn']) ?? '').split('/')[1] ?? ''}/apl-${c.hex(16)}`;
    return { id: arn, arn, application_arn: arn, application_account: c.account.accountId, status: 'ENABLED' };
  },
};

const applicationAssignment: ResourceModel = {
  source: `${S}ssoadmin/application_assignment.go`, label: 'SSO Application Assignment', forceNew: ['application_arn', 'principal_id', 'principal_type'], rules: { principal_id: textRule(1, 47, PRINCIPAL), principal_type: oneOf('USER', 'GROUP') },
  references: [{ path: 'application_arn', type: 'aws_ssoadmin_application', by: 'arn', fault: () => no('SSO Admin', 'CreateApplicationAssignment', 'ResourceNotFoundException', 'Application not found') }],
  name: (a) => text(a['principal_id']) ?? '', refuse: isGroup, compute: (c) => ({ id: joined(c, 'application_arn', 'principal_id', 'principal_type') }),
};

const group: ResourceModel = {
  source: `${S}identitystore/group.go`, label: 'IdentityStore Group', forceNew: ['identity_store_id'], rules: { display_name: textRule(1, 1024), description: textRule(1, 1024), identity_store_id: textRule(1, 64) }, name: (a) => text(a['display_name']) ?? '',
  refuse: (c) => {
    if (c.planned['identity_store_id'] !== store(c.account)) return no('identitystore', 'CreateGroup', 'ResourceNotFoundException', 'IDENTITYSTORE not found.');
    const rival = c.account.store.list('aws_identitystore_group').find((g) => g.attributes['display_name'] === c.planned['display_name'] && g.id !== c.planned['id']);
    return rival && no('identitystore', 'CreateGroup', 'ConflictException', 'Duplicate GroupDisplayName');
  },
  compute: (c) => {
    const groupId = text(c.planned['group_id']) ?? uuidOf(c.hex(32));
    return { id: `${text(c.planned['identity_store_id']) ?? ''}/${groupId}`, group_id: groupId, arn: `arn:${c.account.partition}:identitystore:::group/${groupId}`, external_ids: [] };
  },
};

/** IAM Identity Center. */
export const identityCenterModels: Readonly<Record<string, ResourceModel>> = {
  aws_ssoadmin_permission_set: set, aws_ssoadmin_managed_policy_attachment: managed, aws_ssoadmin_permission_set_inline_policy: inline, aws_ssoadmin_account_assignment: assignment,
  aws_ssoadmin_application: application, aws_ssoadmin_application_assignment: applicationAssignment, aws_identitystore_group: group,
};

/** What is looked up of the organization and of IAM Identity Center. */
export const organizationData: Readonly<Record<string, DataModel>> = {
  aws_ssoadmin_instances: { source: `${S}ssoadmin/instances_data_source.go`, read: (_, account) => ({ id: account.region, arns: [instance(account)], identity_store_ids: [store(account)] }) },
  aws_identitystore_group: {
    source: `${S}identitystore/group_data_source.go`,
    read: (config, account) => {
      const wanted = first(first(config['alternate_identifier'])?.['unique_attribute'])?.['attribute_value'];
      const found = account.store.list('aws_identitystore_group').find((g) => g.attributes['group_id'] === config['group_id'] || g.attributes['display_name'] === wanted);
      if (found === undefined) throw new Error('no Identity Store Group found matching criteria; try different search');
      return { ...found.attributes, id: found.id };
    },
  },
  aws_organizations_organization: {
    source: `${S}organizations/organization_data_source.go`,
    read: (_, account) => {
      const found = account.store.list('aws_organizations_organization')[0];
      if (found === undefined) throw new Error('reading Organizations Organization: AWSOrganizationsNotInUseException: Your account is not a member of an organization.');
      return { ...found.attributes, id: found.id };
    },
  },
};
