import { Construct } from 'constructs';
import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { CostTags } from './cost-tags.ts';
import { Delegation } from './delegation.ts';
import type { DelegationProps } from './delegation.ts';
import { IdentityCenter } from './identity-center.ts';
import type { IdentityCenterProps } from './identity-center.ts';
import { OrganizationTrail } from './organization-trail.ts';
import type { OrganizationTrailProps } from './organization-trail.ts';
import { Organization } from './organization.ts';
import type { OrganizationProps } from './organization.ts';
import { Outputs } from './outputs.ts';
import { Root } from './root.ts';
import { ServiceControl } from './service-control.ts';
import type { ServiceControlProps } from './service-control.ts';
import { StateBucket } from './state-bucket.ts';
import type { StateBucketProps } from './state-bucket.ts';

/** What the organization has, in the account that owns it. */
export interface OrgRootProps {
  readonly aws: AwsProps;
  readonly state: StateBucketProps;
  readonly organization: OrganizationProps;
  readonly guardrails: ServiceControlProps;
  readonly delegation: DelegationProps;
  readonly trail?: OrganizationTrailProps;
  readonly identityCenter?: IdentityCenterProps;
  /** Resource name → key of a tag that splits the bill. */
  readonly costTags?: Readonly<Record<string, string>>;
}

/** Root `org`: applied by an administrator of the management account. */
export const orgRoot = (props: OrgRootProps): Root => {
  const root = new Root();
  new Aws(root, props.aws);
  new StateBucket(new Construct(root, 'state'), 'state', props.state);
  const organization = new Organization(root, props.organization);
  new ServiceControl(root, props.guardrails, organization);
  new Delegation(root, props.delegation, organization);
  if (props.costTags) new CostTags(root, props.costTags);
  if (props.trail) new OrganizationTrail(root, props.trail, organization);
  const center = props.identityCenter && new IdentityCenter(root, props.identityCenter, organization);
  new Outputs(root, {
    account_ids: { value: Object.fromEntries([...organization.accounts].map(([id, account]) => [id, account.id])), description: 'Member accounts: the ids that environments are given' },
    ...(center ? { group_ids: { value: Object.fromEntries(center.groupIds), description: 'Groups as Argo CD and Grafana see them in claims' } } : {}),
  });
  return root;
};
