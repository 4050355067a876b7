import { delegatedServices, guardrails } from '../../config/org-settings.ts';
import type { DelegatedService, Guardrail } from '../../config/org-settings.ts';
import type { Organization, Platform } from '../../config/platform.ts';
import type { DelegationProps } from '../../stacks/delegation.ts';
import type { IdentityCenterProps } from '../../stacks/identity-center.ts';
import type { OrgRootProps } from '../../stacks/org-root.ts';
import type { OrganizationProps } from '../../stacks/organization.ts';
import type { ServiceControlProps } from '../../stacks/service-control.ts';
import { bounded, stateBucketName } from '../../units/aws-names.ts';
import { payerTags } from './cost-tags-props.ts';
import { stateKeyAlias } from './deploy-rights.ts';
import { defaultTags, managedPolicyArn, terraformName } from './names.ts';
import { guardrailStatements } from './service-control-policies.ts';

/** Bucket of the state of the management account. Pure. */
export const orgStateBucket = (platform: Platform, { managementAccountId: accountId, settings: { region } }: Organization): string => stateBucketName(platform.name, { accountId, region });

/** Principals under which services keep their delegate in Organizations. Source: Organizations user guide, "AWS services that you can use with AWS Organizations". */
const principals: Readonly<Partial<Record<DelegatedService, readonly string[]>>> = {
  config: ['config.amazonaws.com', 'config-multiaccountsetup.amazonaws.com'],
  access_analyzer: ['access-analyzer.amazonaws.com'],
};

/** Services that must be trusted before they can be delegated; same source. */
const trusted: Readonly<Record<DelegatedService, readonly string[]>> = {
  security_hub: ['securityhub.amazonaws.com'], guardduty: ['guardduty.amazonaws.com', 'malware-protection.guardduty.amazonaws.com'], inspector: ['inspector2.amazonaws.com'],
  config: ['config.amazonaws.com', 'config-multiaccountsetup.amazonaws.com'], access_analyzer: ['access-analyzer.amazonaws.com'],
};

const descriptions: Readonly<Record<Guardrail, string>> = {
  base: 'DenyS3Public, RequireTLS', strict: 'DenyUnsupportedRegions, DenyRootUser, RequireEncryption', remote_sessions: 'DenyRemoteSessions', access_keys: 'DenyManualAccessKeys',
};

const ref = (name: string): Readonly<Record<string, true>> => ({ [terraformName(name)]: true });
const depth = (path: string): number => path.split('/').length;

const organizationOf = ({ settings }: Organization): OrganizationProps => {
  const { units, accounts, delegated_administrators: delegated, trail, identity_center: center } = settings;
  const services = delegatedServices.filter((service) => delegated[service] !== undefined).flatMap((service) => trusted[service]);
  return {
    trustedServices: [...services, ...(trail.enabled ? ['cloudtrail.amazonaws.com'] : []), ...(center ? ['sso.amazonaws.com'] : [])].sort(),
    policyTypes: ['SERVICE_CONTROL_POLICY'],
    units: Object.fromEntries(units.toSorted((a, b) => depth(a) - depth(b)).map((path) => {
      const steps = path.split('/');
      return [terraformName(path), { name: steps.at(-1) ?? path, ...(steps.length === 1 ? {} : { parent: ref(steps.slice(0, -1).join('/')) }) }];
    })),
    accounts: Object.fromEntries(Object.entries(accounts).map(([name, { email, parent, role_name: roleName, billing_access: billing }]) =>
      [terraformName(name), { name, email, roleName, billing: billing ? 'ALLOW' : 'DENY', unit: ref(parent) }])),
  };
};

/** Groups of guardrails that are on, with the units they hold in. Pure. */
export const activeGuardrails = ({ settings: { scps, units } }: Organization): ReadonlyMap<Guardrail, readonly string[]> => {
  const isOn: Readonly<Record<Guardrail, boolean>> = { base: true, strict: scps.strict, remote_sessions: scps.deny_remote_sessions, access_keys: scps.deny_manual_access_keys };
  const top = units.filter((path) => depth(path) === 1);
  return new Map(guardrails.filter((group) => isOn[group]).map((group) => [group, scps.attach[group] ?? top]));
};

const guardrailsOf = (platform: Platform, organization: Organization): ServiceControlProps =>
  Object.fromEntries([...activeGuardrails(organization)].map(([group, units]) => [group, {
    name: `${platform.name}-${group.replaceAll('_', '-')}`, description: descriptions[group],
    deny: guardrailStatements(platform, organization, group), units: Object.assign({}, ...units.map(ref)) as Readonly<Record<string, true>>,
  }]));

const delegationOf = ({ environments }: Platform, { settings }: Organization): DelegationProps => {
  const { delegated_administrators: delegated } = settings;
  const regions = [...new Set([settings.region, ...environments.flatMap((environment) => environment.regions)])].sort();
  const perRegion = (service: DelegatedService): DelegationProps['guardDuty'] => {
    const name = delegated[service];
    return name === undefined ? {} : Object.fromEntries(regions.map((region) => [terraformName(region), { region, account: ref(name) }]));
  };
  return {
    services: Object.fromEntries(delegatedServices.flatMap((service) => {
      const name = delegated[service];
      return name === undefined ? [] : (principals[service] ?? []).map((principal) => [terraformName(principal.replace('.amazonaws.com', '')), { principal, account: ref(name) }] as const);
    })),
    guardDuty: perRegion('guardduty'), securityHub: perRegion('security_hub'), inspector: perRegion('inspector'),
  };
};

const centerOf = ({ settings: { identity_center: center, partition } }: Organization): IdentityCenterProps | undefined => center && {
  groups: Object.fromEntries(Object.entries(center.groups).map(([name, { display_name: displayName, create }]) => [terraformName(name), { displayName, create }])),
  permissionSets: Object.fromEntries(Object.entries(center.permission_sets).map(([name, { description, managed_policies: policies, session_hours: hours }]) => [terraformName(name), {
    name, description, session: `PT${hours}H`, policies: Object.fromEntries(policies.map((policy) => [terraformName(policy), managedPolicyArn(partition, policy)])),
  }])),
  assignments: Object.fromEntries(center.assignments.flatMap(({ group, permission_set: set, accounts }) =>
    accounts.map((account) => [terraformName(`${group}_${set}_${account}`), { group: ref(group), permissionSet: ref(set), account: ref(account) }] as const))),
  applications: Object.fromEntries(Object.entries(center.applications).map(([name, { url, description, groups }]) => [terraformName(name), {
    name, description, url, provider: `arn:${partition}:sso::aws:applicationProvider/custom`, groups: Object.assign({}, ...groups.map(ref)) as Readonly<Record<string, true>>,
  }])),
};

/** Decides everything of the organization's root. Pure. */
export const orgProps = (platform: Platform, organization: Organization): OrgRootProps => {
  const { managementAccountId: accountId, settings: { region, partition, trail, cost_allocation_tags: splits } } = organization;
  const costTags = payerTags(platform, splits);
  const center = centerOf(organization);
  const name = `${platform.name}-organization`;
  return {
    aws: { region, accountId, tags: defaultTags({}, { 'argoeks:platform': platform.name }) },
    state: { bucket: orgStateBucket(platform, organization), alias: stateKeyAlias(platform), partition, accountId, isCopied: false },
    organization: organizationOf(organization),
    guardrails: guardrailsOf(platform, organization),
    delegation: delegationOf(platform, organization),
    ...(trail.enabled ? { trail: { name, arn: `arn:${partition}:cloudtrail:${region}:${accountId}:trail/${name}`, bucket: bounded(`${platform.name}-org-trail-${accountId}-${region}`, 63), alias: `alias/${name}-trail`, partition, accountId, retentionDays: trail.retention_days } } : {}),
    ...(center ? { identityCenter: center } : {}),
    ...(costTags ? { costTags } : {}),
  };
};
