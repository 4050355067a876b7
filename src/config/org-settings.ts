import { z } from 'zod';

/** Units of the organization, parents before children, where `org.units` is absent. */
export const defaultUnits = [
  'security', 'shared-services', 'shared-services/networking', 'shared-services/data',
  'workloads', 'workloads/training', 'workloads/serving', 'workloads/experiments', 'workloads/sandbox',
] as const;

/** What can be attached to a unit on its own; AWS takes five policies on a unit, its own `FullAWSAccess` among them. */
export const guardrails = ['base', 'strict', 'remote_sessions', 'access_keys'] as const;
export type Guardrail = (typeof guardrails)[number];

/** Services whose administration is given to a member account. */
export const delegatedServices = ['security_hub', 'guardduty', 'inspector', 'config', 'access_analyzer'] as const;
export type DelegatedService = (typeof delegatedServices)[number];

const Name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, { error: 'must begin with a letter and hold at most 32 of a-z, 0-9 and -' });
const UnitPath = z.string().regex(/^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*){0,4}$/, { error: 'is not a path of at most five names such as "workloads/training"' });
const units = (what: string) => z.array(UnitPath).min(1).optional().meta({ description: `Units that ${what}; every unit below the root when absent.` });

const Account = z.strictObject({
  email: z.email({ error: 'is not an e-mail address' }).min(6).max(64).meta({ description: 'Address of its root user; no other AWS account may have it. It can\'t be changed here later.' }),
  parent: UnitPath.meta({ description: 'Unit it lives in.' }),
  role_name: z.string().regex(/^[\w+=,.@-]{1,64}$/, { error: 'is not a role name' }).default('OrganizationAccountAccessRole').meta({ description: 'Role in it that administrators of the management account assume.' }),
  billing_access: z.boolean().default(false).meta({ description: 'Whether identities other than its root user may see its bills.' }),
});

const Scps = z.strictObject({
  strict: z.boolean().default(false).meta({ description: 'Also denies foreign regions, root users and unencrypted storage.' }),
  deny_remote_sessions: z.boolean().default(false).meta({ description: 'Denies shells on machines and in containers through AWS.' }),
  deny_manual_access_keys: z.boolean().default(false).meta({ description: 'Denies making long-lived access keys.' }),
  regions: z.array(z.string().min(1)).min(1).optional().meta({ description: 'Regions that stay allowed; those of all environments and us-east-1, where bills and CloudFront live, when absent.' }),
  exempt_roles: z.array(z.string().regex(/^[\w+=,.@*/-]{1,128}$/, { error: 'is not a role name' })).min(1).default(['OrganizationAccountAccessRole']).meta({ description: 'Roles of member accounts that may act outside the regions and open an account\'s buckets; `*` stands for any text.' }),
  attach: z.strictObject({
    base: units('get the base guardrails'), strict: units('get the strict guardrails'), remote_sessions: units('deny remote sessions'), access_keys: units('deny access keys'),
  }).prefault({}).meta({ description: 'Where each group of guardrails holds, to roll it out unit by unit. Never the root.' }),
});

const IdentityCenter = z.strictObject({
  groups: z.record(Name, z.strictObject({
    display_name: z.string().min(1).max(1024).meta({ description: 'Name of the group.' }),
    create: z.boolean().default(false).meta({ description: 'Makes the group here; false for groups that come from your own directory.' }),
  })).default({}).meta({ description: 'Groups of people.' }),
  permission_sets: z.record(Name, z.strictObject({
    description: z.string().min(1).max(700).meta({ description: 'What it is for.' }),
    managed_policies: z.array(z.string().regex(/^[\w+=,.@/-]{1,128}$/, { error: 'is not the name of a policy that AWS keeps' })).min(1).meta({ description: 'Policies of AWS it consists of.', examples: ['ReadOnlyAccess'] }),
    session_hours: z.int().min(1).max(12).default(4).meta({ description: 'How long a session lasts.', unit: 'h' }),
  })).default({}).meta({ description: 'Roles that people take in accounts.' }),
  assignments: z.array(z.strictObject({
    group: Name.meta({ description: 'Who.' }),
    permission_set: Name.meta({ description: 'As what.' }),
    accounts: z.array(Name).min(1).meta({ description: 'Where: names of `org.accounts`.' }),
  })).default([]).meta({ description: 'Which group takes which role in which accounts.' }),
  applications: z.record(Name, z.strictObject({
    url: z.url({ protocol: /^https$/, error: 'is not an https URL' }).meta({ description: 'Where people land.' }),
    description: z.string().min(1).max(128).meta({ description: 'What the portal says of it.' }),
    groups: z.array(Name).min(1).meta({ description: 'Groups that see it in the portal and may use it.' }),
  })).default({}).meta({ description: 'Applications of the portal, such as Argo CD and Grafana.' }),
});

const shape = z.strictObject({
  enabled: z.boolean().default(false).meta({ description: 'Renders the root `terraform/org`, applied with credentials of the management account.' }),
  management_account_id: z.string().regex(/^\d{12}$/, { error: 'is not an AWS account id: twelve digits in quotes' }).optional().meta({ description: 'Account that owns the organization; no environment may live in it, for no guardrail holds there.' }),
  partition: z.enum(['aws', 'aws-cn', 'aws-us-gov']).default('aws').meta({ description: 'AWS partition.' }),
  region: z.string().min(1).default('us-east-1').meta({ description: 'Region of the state, the trail and IAM Identity Center.' }),
  units: z.array(UnitPath).min(1).default([...defaultUnits]).meta({ description: 'Organizational units as paths.' }),
  accounts: z.record(Name, Account).default({}).meta({ description: 'Member accounts by name. Taking one away here never closes it.' }),
  scps: Scps.prefault({}).meta({ description: 'Service control policies.' }),
  delegated_administrators: z.strictObject(Object.fromEntries(delegatedServices.map((service) => [service, Name.optional().meta({ description: `Account of \`org.accounts\` that administers ${service.replace('_', ' ')}.` })])) as Record<DelegatedService, z.ZodOptional<typeof Name>>)
    .prefault({}).meta({ description: 'Security services that a member account administers.' }),
  trail: z.strictObject({
    enabled: z.boolean().default(true).meta({ description: 'Records what happens in all accounts and regions.' }),
    retention_days: z.int().min(90).max(3650).default(400).meta({ description: 'How long the record is kept.', unit: 'd' }),
  }).prefault({}).meta({ description: 'CloudTrail of the organization.' }),
  cost_allocation_tags: z.boolean().default(false).meta({ description: 'Activates every key of tags.yaml, and the platform\'s own, for splitting the bill of all accounts. AWS refuses keys that it has not yet seen on something billed: switch it on a day after the first environment was applied.' }),
  identity_center: IdentityCenter.optional().meta({ description: 'Single sign-on. IAM Identity Center itself is switched on by hand, once.' }),
});

type Said = z.infer<typeof shape>;
type Report = (path: readonly (string | number)[], message: string) => void;

const checkUnits = ({ units: paths, accounts, scps }: Said, report: Report): void => {
  const known = new Set(paths);
  paths.forEach((path, i) => {
    const parent = path.split('/').slice(0, -1).join('/');
    if (parent !== '' && !known.has(parent)) report(['units', i], `has no parent: add "${parent}"`);
    // Names in Terraform hold no slash.
    if (paths.findIndex((other) => other.replaceAll(/[-/]/g, '_') === path.replaceAll(/[-/]/g, '_')) !== i) report(['units', i], 'is there twice, or differs from another only in punctuation');
  });
  for (const [name, { parent }] of Object.entries(accounts)) if (!known.has(parent)) report(['accounts', name, 'parent'], 'is not one of org.units');
  for (const guardrail of guardrails) scps.attach[guardrail]?.forEach((unit, i) => { if (!known.has(unit)) report(['scps', 'attach', guardrail, i], 'is not one of org.units'); });
};

const checkAccounts = ({ enabled, management_account_id: management, accounts, delegated_administrators: delegated }: Said, report: Report): void => {
  if (enabled && management === undefined) report(['enabled'], 'needs org.management_account_id');
  const entries = Object.entries(accounts);
  for (const [i, [name, { email }]] of entries.entries())
    if (entries.slice(0, i).some(([, other]) => other.email.toLowerCase() === email.toLowerCase())) report(['accounts', name, 'email'], 'is the address of two accounts');
  for (const service of delegatedServices) {
    const name = delegated[service];
    if (name !== undefined && !Object.hasOwn(accounts, name)) report(['delegated_administrators', service], 'is not one of org.accounts');
  }
};

const checkPeople = ({ accounts, identity_center: center }: Said, report: Report): void => {
  if (!center) return;
  const at = ['identity_center'];
  center.assignments.forEach(({ group, permission_set: set, accounts: where }, i) => {
    if (!Object.hasOwn(center.groups, group)) report([...at, 'assignments', i, 'group'], 'is not one of org.identity_center.groups');
    if (!Object.hasOwn(center.permission_sets, set)) report([...at, 'assignments', i, 'permission_set'], 'is not one of org.identity_center.permission_sets');
    where.forEach((name, n) => { if (!Object.hasOwn(accounts, name)) report([...at, 'assignments', i, 'accounts', n], 'is not one of org.accounts'); });
  });
  for (const [name, { groups }] of Object.entries(center.applications))
    groups.forEach((group, n) => { if (!Object.hasOwn(center.groups, group)) report([...at, 'applications', name, 'groups', n], 'is not one of org.identity_center.groups'); });
};

/** Top-level key `org`: the AWS organization. Names inside it must lead somewhere. */
export const orgSettings = shape.superRefine((said, context) => {
  const report: Report = (path, message) => { context.addIssue({ code: 'custom', path: [...path], message }); };
  checkUnits(said, report);
  checkAccounts(said, report);
  checkPeople(said, report);
});

/** The organization as configured, with defaults applied. */
export type OrgSettings = z.infer<typeof orgSettings>;
