import { DataAwsIdentitystoreGroup } from '#bindings/aws/data-aws-identitystore-group.js';
import { DataAwsSsoadminInstances } from '#bindings/aws/data-aws-ssoadmin-instances.js';
import { IdentitystoreGroup } from '#bindings/aws/identitystore-group.js';
import { SsoadminAccountAssignment } from '#bindings/aws/ssoadmin-account-assignment.js';
import { SsoadminApplication } from '#bindings/aws/ssoadmin-application.js';
import { SsoadminApplicationAssignment } from '#bindings/aws/ssoadmin-application-assignment.js';
import { SsoadminManagedPolicyAttachment } from '#bindings/aws/ssoadmin-managed-policy-attachment.js';
import { SsoadminPermissionSet } from '#bindings/aws/ssoadmin-permission-set.js';
import { Fn } from 'cdktn';
import { Construct } from 'constructs';
import type { Organization } from './organization.ts';
import { because } from './root.ts';

type References = Readonly<Record<string, true>>;

/** Single sign-on. Keys are resource names. */
export interface IdentityCenterProps {
  readonly groups: Readonly<Record<string, { readonly displayName: string; readonly create: boolean }>>;
  readonly permissionSets: Readonly<Record<string, { readonly name: string; readonly description: string; readonly session: string; /** Resource name → ARN. */ readonly policies: Readonly<Record<string, string>> }>>;
  readonly assignments: Readonly<Record<string, { readonly group: References; readonly permissionSet: References; readonly account: References }>>;
  readonly applications: Readonly<Record<string, { readonly name: string; readonly description: string; readonly url: string; readonly provider: string; readonly groups: References }>>;
}

const one = <T>(all: ReadonlyMap<string, T>, reference: References): T => {
  const found = all.get(Object.keys(reference)[0] ?? '');
  if (found === undefined) throw new Error('an assignment refers to something that is not there');
  return found;
};

/** Groups, permission sets, who takes them where, and the applications of the portal. File `identity-center.tf`. */
export class IdentityCenter extends Construct {
  /** Resource name of each group → its id in the identity store. */
  readonly groupIds: ReadonlyMap<string, string>;

  constructor(scope: Construct, { groups, permissionSets, assignments, applications }: IdentityCenterProps, { accounts }: Organization) {
    super(scope, 'identity-center');
    const instances = because(new DataAwsSsoadminInstances(this, 'data-aws-ssoadmin-instances.this', {}), 'IAM Identity Center is switched on by hand: AWS has no call for it.');
    const instanceArn = Fn.element(instances.arns, 0) as string;
    const identityStoreId = Fn.element(instances.identityStoreIds, 0) as string;
    this.groupIds = new Map(Object.entries(groups).map(([id, { displayName, create }]) => [id, create
      ? new IdentitystoreGroup(this, `identitystore-group.${id}`, { identityStoreId, displayName }).groupId
      : new DataAwsIdentitystoreGroup(this, `data-aws-identitystore-group.${id}`, { identityStoreId, alternateIdentifier: { uniqueAttribute: { attributePath: 'DisplayName', attributeValue: displayName } } }).groupId]));
    const sets = new Map(Object.entries(permissionSets).map(([id, { name, description, session, policies }]) => {
      const set = new SsoadminPermissionSet(this, `ssoadmin-permission-set.${id}`, { instanceArn, name, description, sessionDuration: session });
      for (const [policyId, managedPolicyArn] of Object.entries(policies)) new SsoadminManagedPolicyAttachment(this, `ssoadmin-managed-policy-attachment.${id}_${policyId}`, { instanceArn, permissionSetArn: set.arn, managedPolicyArn });
      return [id, set] as const;
    }));
    for (const [id, { group, permissionSet, account }] of Object.entries(assignments)) {
      new SsoadminAccountAssignment(this, `ssoadmin-account-assignment.${id}`, {
        instanceArn, permissionSetArn: one(sets, permissionSet).arn, principalType: 'GROUP', principalId: one(this.groupIds, group), targetType: 'AWS_ACCOUNT', targetId: one(accounts, account).id,
      });
    }
    for (const [id, { name, description, url, provider, groups: users }] of Object.entries(applications)) {
      const application = new SsoadminApplication(this, `ssoadmin-application.${id}`, {
        instanceArn, name, description, applicationProviderArn: provider, portalOptions: [{ visibility: 'ENABLED', signInOptions: [{ origin: 'APPLICATION', applicationUrl: url }] }],
      });
      for (const user of Object.keys(users)) new SsoadminApplicationAssignment(this, `ssoadmin-application-assignment.${id}_${user}`, { applicationArn: application.arn, principalType: 'GROUP', principalId: one(this.groupIds, { [user]: true }) });
    }
  }
}
