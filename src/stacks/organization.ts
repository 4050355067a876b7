import { OrganizationsAccount } from '#bindings/aws/organizations-account.js';
import { OrganizationsOrganization } from '#bindings/aws/organizations-organization.js';
import { OrganizationsOrganizationalUnit } from '#bindings/aws/organizations-organizational-unit.js';
import { Construct } from 'constructs';
import { because } from './root.ts';

/** The organization, its units and its accounts. */
export interface OrganizationProps {
  readonly trustedServices: readonly string[];
  readonly policyTypes: readonly string[];
  /** Resource name → unit; parents stand before their children. No parent: below the root. */
  readonly units: Readonly<Record<string, { readonly name: string; readonly parent?: Readonly<Record<string, true>> }>>;
  /** Resource name → account. */
  readonly accounts: Readonly<Record<string, {
    readonly name: string;
    readonly email: string;
    readonly roleName: string;
    readonly billing: string;
    readonly unit: Readonly<Record<string, true>>;
  }>>;
}

/** Value under the one key of a reference by resource name. */
const named = <T>(all: ReadonlyMap<string, T>, reference: Readonly<Record<string, true>>): T => {
  const found = all.get(Object.keys(reference)[0] ?? '');
  if (found === undefined) throw new Error('the organization refers to something that is not in it');
  return found;
};

/** Organization with all features, a resource for each unit, and accounts that no destroy closes. File `organization.tf`. */
export class Organization extends Construct {
  readonly organization: OrganizationsOrganization;
  readonly units: ReadonlyMap<string, OrganizationsOrganizationalUnit>;
  readonly accounts: ReadonlyMap<string, OrganizationsAccount>;

  constructor(scope: Construct, props: OrganizationProps) {
    super(scope, 'organization');
    this.organization = because(new OrganizationsOrganization(this, 'organizations-organization.this', {
      featureSet: 'ALL', awsServiceAccessPrincipals: [...props.trustedServices], enabledPolicyTypes: [...props.policyTypes], lifecycle: { preventDestroy: true },
    }), 'An organization that is there already is taken over: `terraform import aws_organizations_organization.this <id>`.');
    const root = this.organization.roots.get(0).id;
    const units = new Map<string, OrganizationsOrganizationalUnit>();
    // One resource for each unit, never one that refers to its own instances: Terraform would see a cycle.
    for (const [id, { name, parent }] of Object.entries(props.units))
      units.set(id, new OrganizationsOrganizationalUnit(this, `organizations-organizational-unit.${id}`, { name, parentId: parent === undefined ? root : named(units, parent).id }));
    this.units = units;
    this.accounts = new Map(Object.entries(props.accounts).map(([id, { name, email, roleName, billing, unit }]) => [id, new OrganizationsAccount(this, `organizations-account.${id}`, {
      name, email, parentId: named(units, unit).id, roleName, iamUserAccessToBilling: billing, closeOnDeletion: false,
      // AWS does not tell the role and the access to bills of an account: an imported one would be made anew.
      lifecycle: { preventDestroy: true, ignoreChanges: ['role_name', 'iam_user_access_to_billing'] },
    })] as const));
  }
}
