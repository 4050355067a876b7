import { IamOpenidConnectProvider } from '#bindings/aws/iam-openid-connect-provider.js';
import { IamPolicy } from '#bindings/aws/iam-policy.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicyAttachment } from '#bindings/aws/iam-role-policy-attachment.js';
import { Construct } from 'constructs';
import { accepted } from './root.ts';
import { policy } from './policy.ts';
import type { PolicyStatement, PolicyTests } from './policy.ts';

/** Who may assume a role: jobs of a CI system whose token says what `tests` ask for, or identities of an account that IAM lets. */
export type DeployTrust =
  | { readonly issuer: Readonly<Record<string, true>>; readonly tests: PolicyTests }
  | { readonly accountRoot: string };

/** A role that plans or applies. */
export interface DeployRoleProps {
  readonly roleName: string;
  readonly description: string;
  readonly trust: readonly DeployTrust[];
  /** Resource names of the policies it has. */
  readonly policies: Readonly<Record<string, true>>;
}

/** Who plans and applies in an account, and with which rights. */
export interface DeployAccessProps {
  /** Resource name → issuer of tokens and the audience they are made for. One provider per issuer is all an account can have. */
  readonly issuers: Readonly<Record<string, { readonly url: string; readonly audience: string }>>;
  /** Resource name → managed policy. IAM takes at most 6,144 characters in each. */
  readonly policies: Readonly<Record<string, { readonly name: string; readonly allow: readonly PolicyStatement[] }>>;
  /** Resource name → role. */
  readonly roles: Readonly<Record<string, DeployRoleProps>>;
}

/** OIDC providers of CI systems and the roles that jobs and people assume: no long-lived keys. File `deploy.tf`. */
export class DeployAccess extends Construct {
  readonly roles: readonly IamRole[];

  constructor(scope: Construct, { issuers, policies, roles }: DeployAccessProps) {
    super(scope, 'deploy');
    const providers = new Map(Object.entries(issuers).map(([id, { url, audience }]) =>
      [id, new IamOpenidConnectProvider(this, `iam-openid-connect-provider.${id}`, { url, clientIdList: [audience] })]));
    const rights = new Map(Object.entries(policies).map(([id, { name, allow }]) => [id, this.#policy(id, name, allow)]));
    this.roles = Object.entries(roles).map(([id, { roleName, description, trust, policies: own }]) => {
      const role = new IamRole(this, `iam-role.${id}`, {
        name: roleName, description, maxSessionDuration: 7200,
        assumeRolePolicy: policy(trust.map((who) => this.#statement(who, providers))),
      });
      if (trust.some((who) => 'accountRoot' in who)) accepted(role, { CKV_AWS_61: 'IAM of this account decides who' });
      for (const [policyId, right] of rights) {
        if (own[policyId] === true) new IamRolePolicyAttachment(this, `iam-role-policy-attachment.${id}_${policyId}`, { role: role.name, policyArn: right.arn });
      }
      return role;
    });
  }

  #policy(id: string, name: string, allow: readonly PolicyStatement[]): IamPolicy {
    const right = new IamPolicy(this, `iam-policy.${id}`, { name, policy: policy(allow) });
    if (id.includes('_plan_')) return accepted(right, { CKV_AWS_355: 'reads descriptions of whatever the state names' });
    const reason = 'where a right holds for everything, its action takes no resource, or ids are unknown before they exist; narrowed by region or tag where AWS lets one';
    return accepted(right, { CKV_AWS_290: reason, CKV_AWS_355: reason });
  }

  #statement(who: DeployTrust, providers: ReadonlyMap<string, IamOpenidConnectProvider>): PolicyStatement {
    if ('accountRoot' in who) return { principals: { AWS: [who.accountRoot] }, actions: ['sts:AssumeRole'] };
    const provider = providers.get(Object.keys(who.issuer)[0] ?? '');
    if (!provider) throw new Error('a role trusts an issuer that is not there');
    return { principals: { Federated: [provider.arn] }, actions: ['sts:AssumeRoleWithWebIdentity'], when: who.tests };
  }
}
