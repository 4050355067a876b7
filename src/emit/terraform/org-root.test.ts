import { describe, expect, it } from 'vitest';
import { organizationFixture } from '../../../test/fixtures/organization.ts';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { guardrails, orgSettings } from '../../config/org-settings.ts';
import type { Organization } from '../../config/platform.ts';
import { emitTerraform } from '../terraform.ts';
import { orgProps } from './org-props.ts';
import { terraformRoots } from './roots.ts';
import { guardrailStatements, longestPolicy, serviceControlRules } from './service-control-policies.ts';

const planOf = (organization?: Organization) => terraformPlan({ ...platformFixture(), ...(organization ? { organization } : {}) });
const render = (organization?: Organization): ReadonlyMap<string, string> =>
  new Map(emitTerraform(planOf(organization), chartPins).filter(({ path }) => path.startsWith('terraform/org')).map(({ path, text }) => [path.slice('terraform/org/'.length), text]));
const all = (organization?: Organization): string => [...render(organization).values()].join('\n');

const full = render(organizationFixture());
const file = (name: string, from = full): string => from.get(name) ?? expect.fail(`${name} was not rendered`);

describe('the root of the organization', () => {
  it('is there only where it is asked for, before the accounts', () => {
    expect(render().size).toBe(0);
    const [first, second] = terraformRoots(planOf(organizationFixture()));
    expect(first).toMatchObject({ kind: 'org', path: 'terraform/org', accountId: '999900001111', backend: { bucket: 'argoeks-tfstate-999900001111-us-east-1', key: 'org.tfstate' } });
    expect(second).toMatchObject({ kind: 'account', after: ['terraform/org'] });
  });
  it('has one resource for each unit, below its parent', () => {
    const text = file('organization.tf');
    expect(text.match(/resource "aws_organizations_organizational_unit"/g)).toHaveLength(9);
    expect(text).toMatch(/"workloads_sandbox" \{\n {2}name += "sandbox"\n {2}parent_id += aws_organizations_organizational_unit\.workloads\.id/);
    expect(text).toMatch(/"security" \{\n {2}name += "security"\n {2}parent_id += aws_organizations_organization\.this\.roots\[0\]\.id/);
  });
  it('never closes an account', () => {
    const accounts = file('organization.tf').split('\n\n').filter((block) => block.startsWith('resource "aws_organizations_account"')).join('');
    expect(file('organization.tf').match(/close_on_deletion += false/g)).toHaveLength(3);
    expect(file('organization.tf').match(/prevent_destroy += true/g)).toHaveLength(4);
    expect(accounts).not.toContain('close_on_deletion = true');
  });
  it('attaches each group of guardrails to units, never to the root, and takes no fifth place', () => {
    const text = file('guardrails.tf');
    expect(text).not.toContain('.roots');
    for (const unit of ['security', 'shared_services', 'workloads']) expect([...text.matchAll(new RegExp(`target_id = aws_organizations_organizational_unit\\.${unit}\\.id`, 'g'))].length).toBeLessThanOrEqual(4);
    const sandbox = file('guardrails.tf', render(organizationFixture({ scps: { strict: true, attach: { strict: ['workloads/sandbox'] } } })));
    expect(sandbox.match(/"strict_\w+"/g)).toEqual(['"strict_workloads_sandbox"']);
  });
  it('delegates to member accounts, and trusts the services first', () => {
    expect(file('delegation.tf')).toContain('account_id        = aws_organizations_account.security.id');
    expect(file('delegation.tf').match(/resource "aws_guardduty_organization_admin_account"/g)).toHaveLength(2);
    expect(file('organization.tf')).toContain('"config-multiaccountsetup.amazonaws.com"');
    expect(render(organizationFixture({ delegated_administrators: {} })).has('delegation.tf')).toBe(false);
  });
  it('records all accounts, unless told not to', () => {
    expect(file('trail.tf')).toMatch(/is_organization_trail += true/);
    expect(file('trail.tf')).toContain('AWSLogs/${aws_organizations_organization.this.id}/*');
    expect(file('trail.tf', render(organizationFixture({ trail: { retention_days: 90 } })))).toMatch(/days = 90/);
    const without = all(organizationFixture({ trail: { enabled: false } }));
    expect(without).not.toMatch(/aws_cloudtrail|cloudtrail\.amazonaws/);
  });
  it('lets groups into accounts and applications', () => {
    const text = file('identity-center.tf');
    expect(text.match(/resource "aws_ssoadmin_account_assignment"/g)).toHaveLength(2);
    expect(text.match(/resource "aws_ssoadmin_application_assignment"/g)).toHaveLength(3);
    expect(text).toContain('session_duration = "PT4H"');
    expect(all(organizationFixture({ identity_center: undefined }))).not.toMatch(/aws_ssoadmin|identitystore|sso\.amazonaws/);
    const own = file('identity-center.tf', render(organizationFixture({ identity_center: { groups: { people: { display_name: 'People' } } } })));
    expect(own).toContain('data "aws_identitystore_group" "people"');
  });
});

describe('the service control policies', () => {
  const organization = organizationFixture();
  it('hold the seven rules, each within what AWS takes', () => {
    const { guardrails: policies } = orgProps(platformFixture(), organization);
    expect(Object.keys(policies)).toEqual([...guardrails]);
    const sids = Object.values(policies).flatMap(({ deny }) => deny.map(({ sid = '' }) => sid));
    for (const rule of serviceControlRules) expect(sids.some((sid) => sid.startsWith(rule)), rule).toBe(true);
    expect(new Set(sids).size).toBe(sids.length);
    for (const [group, text] of policyTexts(file('guardrails.tf'))) expect(text.length, group).toBeLessThanOrEqual(longestPolicy);
  });
  it('never allow', () => {
    for (const group of guardrails) for (const statement of guardrailStatements(platformFixture(), organization, group)) expect(statement.deny, statement.sid).toBe(true);
  });
});

/** Content of each policy as `jsonencode` writes it: HCL of this shape differs from JSON only in `=` and missing quotes and commas. */
function policyTexts(hcl: string): readonly (readonly [string, string])[] {
  return [...hcl.matchAll(/resource "aws_organizations_policy" "(\w+)"[\s\S]*?content += jsonencode\((\{[\s\S]*?\n {2}\})\)/g)].map(([, name = '', body = '']) => [name, body.replaceAll(/\s*=\s*/g, ':').replaceAll(/\n\s*/g, '').replaceAll(/,?\}/g, '},')] as const);
}

describe('the key org', () => {
  const bad = (said: Readonly<Record<string, unknown>>): readonly string[] => orgSettings.safeParse(said).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  it.each([
    [{ enabled: true }, 'enabled: needs org.management_account_id'],
    [{ units: ['a/b'] }, 'units.0: has no parent: add "a"'],
    [{ units: ['a', 'a/b', 'a-b'] }, 'units.2: is there twice, or differs from another only in punctuation'],
    [{ accounts: { x: { email: 'a@b.io', parent: 'nowhere' } } }, 'accounts.x.parent: is not one of org.units'],
    [{ accounts: { x: { email: 'a@b.io', parent: 'security' }, y: { email: 'A@b.io', parent: 'security' } } }, 'accounts.y.email: is the address of two accounts'],
    [{ accounts: { x: { email: 'nobody', parent: 'security' } } }, 'accounts.x.email: is not an e-mail address'],
    [{ delegated_administrators: { guardduty: 'nobody' } }, 'delegated_administrators.guardduty: is not one of org.accounts'],
    [{ scps: { attach: { base: ['nowhere'] } } }, 'scps.attach.base.0: is not one of org.units'],
    [{ identity_center: { assignments: [{ group: 'g', permission_set: 'p', accounts: ['a'] }] } }, 'identity_center.assignments.0.group: is not one of org.identity_center.groups'],
  ])('refuses %j', (said, message) => {
    expect(bad(said)).toContain(message);
  });
});
