import type { ResourceModel } from '../engine/model.ts';
import { text } from '../values.ts';
import { noDelegate } from './organizations.ts';
import { oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const ID = textRule(12, 12, /^\d{12}$/);

/** A service that keeps its administrator itself, one in each region; only the management account may name it, and never itself. */
const admin = (source: string, label: string, operation: string, key: string, more: Readonly<Record<string, string>> = {}): ResourceModel => ({
  source: `${S}${source}; refusal of the management account: Organizations API reference, RegisterDelegatedAdministrator`, label, forceNew: [key], rules: { [key]: ID }, name: (a) => text(a[key]) ?? '',
  refuse: (c) => noDelegate(c, operation, text(c.planned[key])),
  compute: (c) => ({ id: text(c.planned[key]) ?? '', ...more }),
});

/** Delegated administration of security services, and what the delegate switches on for members. */
export const securityDelegationModels: Readonly<Record<string, ResourceModel>> = {
  aws_guardduty_organization_admin_account: admin('guardduty/organization_admin_account.go', 'GuardDuty Organization Admin Account', 'EnableOrganizationAdminAccount', 'admin_account_id'),
  aws_securityhub_organization_admin_account: admin('securityhub/organization_admin_account.go', 'Security Hub Organization Admin Account', 'EnableOrganizationAdminAccount', 'admin_account_id'),
  aws_inspector2_delegated_admin_account: admin('inspector2/delegated_admin_account.go', 'Inspector2 Delegated Admin Account', 'EnableDelegatedAdminAccount', 'account_id', { relationship_status: 'ENABLED' }),
  aws_guardduty_organization_configuration: {
    source: `${S}guardduty/organization_configuration.go`, label: 'GuardDuty Organization Configuration', forceNew: ['detector_id'], rules: { auto_enable_organization_members: oneOf('NEW', 'ALL', 'NONE') }, computedBlocks: ['datasources'], isShared: true, isAdopted: true,
    name: (a) => text(a['detector_id']) ?? '', compute: (c) => ({ id: text(c.planned['detector_id']) ?? '', datasources: [] }),
  },
  aws_securityhub_organization_configuration: {
    source: `${S}securityhub/organization_configuration.go`, label: 'Security Hub Organization Configuration', rules: { auto_enable_standards: oneOf('NONE', 'DEFAULT'), 'organization_configuration.configuration_type': oneOf('CENTRAL', 'LOCAL') },
    computedBlocks: ['organization_configuration'], isShared: true, compute: (c) => ({ id: c.account.accountId, auto_enable_standards: 'DEFAULT', organization_configuration: [{ configuration_type: 'LOCAL' }] }),
  },
};
