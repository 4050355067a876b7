import { GuarddutyOrganizationAdminAccount } from '#bindings/aws/guardduty-organization-admin-account.js';
import { Inspector2DelegatedAdminAccount } from '#bindings/aws/inspector2-delegated-admin-account.js';
import { OrganizationsDelegatedAdministrator } from '#bindings/aws/organizations-delegated-administrator.js';
import { SecurityhubOrganizationAdminAccount } from '#bindings/aws/securityhub-organization-admin-account.js';
import { Construct } from 'constructs';
import type { Organization } from './organization.ts';

type AccountReference = Readonly<Record<string, true>>;

/** Which member account administers what; references are resource names of accounts. */
export interface DelegationProps {
  /** Services that keep the administrator in Organizations: resource name → service. */
  readonly services: Readonly<Record<string, { readonly principal: string; readonly account: AccountReference }>>;
  /** Services that keep it themselves, in each region: resource name → region. */
  readonly guardDuty: Readonly<Record<string, { readonly region: string; readonly account: AccountReference }>>;
  readonly securityHub: Readonly<Record<string, { readonly region: string; readonly account: AccountReference }>>;
  readonly inspector: Readonly<Record<string, { readonly region: string; readonly account: AccountReference }>>;
}

/** Administration of security services by a member account: the management account can't be its own delegate. File `delegation.tf`. */
export class Delegation extends Construct {
  constructor(scope: Construct, { services, guardDuty, securityHub, inspector }: DelegationProps, { organization, accounts }: Organization) {
    super(scope, 'delegation');
    const idOf = (reference: AccountReference): string => {
      const account = accounts.get(Object.keys(reference)[0] ?? '');
      if (!account) throw new Error('a service is delegated to an account that is not there');
      return account.id;
    };
    const dependsOn = [organization];
    for (const [id, { principal, account }] of Object.entries(services)) new OrganizationsDelegatedAdministrator(this, `organizations-delegated-administrator.${id}`, { accountId: idOf(account), servicePrincipal: principal, dependsOn });
    for (const [id, { region, account }] of Object.entries(guardDuty)) new GuarddutyOrganizationAdminAccount(this, `guardduty-organization-admin-account.${id}`, { region, adminAccountId: idOf(account), dependsOn });
    for (const [id, { region, account }] of Object.entries(securityHub)) new SecurityhubOrganizationAdminAccount(this, `securityhub-organization-admin-account.${id}`, { region, adminAccountId: idOf(account), dependsOn });
    for (const [id, { region, account }] of Object.entries(inspector)) new Inspector2DelegatedAdminAccount(this, `inspector2-delegated-admin-account.${id}`, { region, accountId: idOf(account), dependsOn });
  }
}
