import { IamRole } from '#bindings/aws/iam-role.js';
import { Construct } from 'constructs';
import { ApiGatewayAccounts } from './api-gateway-account.ts';
import type { ApiGatewayAccountProps } from './api-gateway-account.ts';
import { AccountRegistry } from './account-registry.ts';
import type { AccountRegistryProps } from './account-registry.ts';
import { addSecurity } from './account-security.ts';
import type { AccountSecurityProps } from './account-security.ts';
import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { CostTags } from './cost-tags.ts';
import { DeployAccess } from './deploy-access.ts';
import type { DeployAccessProps } from './deploy-access.ts';
import { GuardRails } from './guard-rails.ts';
import type { GuardRailsProps } from './guard-rails.ts';
import { Outputs } from './outputs.ts';
import { Root } from './root.ts';
import { StateCopies } from './state-copies.ts';
import type { StateCopiesProps } from './state-copies.ts';
import { StateBucket } from './state-bucket.ts';
import type { StateBucketProps } from './state-bucket.ts';

/** What an account needs once. */
export interface AccountRootProps {
  readonly aws: AwsProps;
  /** Resource name → bucket; the first holds the state of this root. */
  readonly state: Readonly<Record<string, StateBucketProps>>;
  readonly stateCopies?: StateCopiesProps;
  readonly guardRails: GuardRailsProps;
  readonly deploy: DeployAccessProps;
  readonly apiGateway?: ApiGatewayAccountProps;
  readonly registry?: AccountRegistryProps;
  readonly security?: AccountSecurityProps;
  /** Resource name → key of a tag that splits the bill; absent where another account pays. */
  readonly costTags?: Readonly<Record<string, string>>;
}

/** Root `account/<id>`: state bucket, limits, who may deploy, security services. Applied by an administrator. */
export const accountRoot = (props: AccountRootProps): Root => {
  const root = new Root();
  new Aws(root, props.aws);
  const section = new Construct(root, 'state');
  const states = Object.fromEntries(Object.entries(props.state).map(([id, bucket]) => [id, new StateBucket(section, id, bucket)]));
  const [place] = Object.values(props.state);
  if (props.stateCopies && place) new StateCopies(section, place, props.stateCopies, states);
  const buckets = Object.values(states).map(({ bucket }) => bucket);
  const { boundary } = new GuardRails(root, props.guardRails);
  const { roles } = new DeployAccess(root, props.deploy);
  if (props.apiGateway) new ApiGatewayAccounts(root, props.apiGateway);
  if (props.registry) new AccountRegistry(root, props.registry);
  if (props.security) addSecurity(root, props.security);
  if (props.costTags) new CostTags(root, props.costTags);
  // Roles name the limit by its ARN, but AWS makes no role below a limit that isn't there yet.
  for (const role of root.node.findAll()) if (role instanceof IamRole && role.permissionsBoundaryInput !== undefined) role.dependsOn = [boundary.fqn];
  new Outputs(root, {
    state_buckets: { value: buckets.map((bucket) => bucket.bucket), description: 'Buckets of the Terraform state' },
    deploy_role_arns: { value: roles.map((role) => role.arn), description: 'Roles that CI jobs and operators assume' },
  });
  return root;
};
