import { IamOpenidConnectProvider } from '#bindings/aws/iam-openid-connect-provider.js';
import { IamPolicy } from '#bindings/aws/iam-policy.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicyAttachment } from '#bindings/aws/iam-role-policy-attachment.js';
import { Construct } from 'constructs';
import { policy } from './policy.ts';
import type { PolicyStatement, PolicyTests } from './policy.ts';

/** A role of a CI system: the issuer it comes from by resource name, what its token must say, and what it may do. */
export interface CiRoleProps {
  readonly roleName: string;
  readonly description: string;
  readonly trust: readonly { readonly issuer: Readonly<Record<string, true>>; readonly tests: PolicyTests }[];
  /** Resource name → managed policy: its name and statements. IAM takes at most 6,144 characters in each. */
  readonly policies: Readonly<Record<string, { readonly name: string; readonly allow: readonly PolicyStatement[] }>>;
}

/** Identities of CI systems in an account. */
export interface CiAccessProps {
  /** Resource name → issuer of tokens and the audience they are made for. One provider per issuer is all an account can have. */
  readonly issuers: Readonly<Record<string, { readonly url: string; readonly audience: string }>>;
  /** Resource name → role. */
  readonly roles: Readonly<Record<string, CiRoleProps>>;
}

/** OIDC providers of CI systems and the roles their jobs assume: no long-lived keys. File `ci.tf`. */
export class CiAccess extends Construct {
  readonly roles: readonly IamRole[];

  constructor(scope: Construct, { issuers, roles }: CiAccessProps) {
    super(scope, 'ci');
    const providers = new Map(Object.entries(issuers).map(([id, { url, audience }]) =>
      [id, new IamOpenidConnectProvider(this, `iam-openid-connect-provider.${id}`, { url, clientIdList: [audience] })]));
    this.roles = Object.entries(roles).map(([id, { roleName, description, trust, policies }]) => {
      const role = new IamRole(this, `iam-role.${id}`, {
        name: roleName, description, maxSessionDuration: 7200,
        assumeRolePolicy: policy(trust.map(({ issuer, tests }) => {
          const provider = providers.get(Object.keys(issuer)[0] ?? '');
          if (!provider) throw new Error(`${roleName} trusts an issuer that is not there`);
          return { principals: { Federated: [provider.arn] }, actions: ['sts:AssumeRoleWithWebIdentity'], when: tests };
        })),
      });
      for (const [policyId, { name, allow }] of Object.entries(policies)) {
        const allowed = new IamPolicy(this, `iam-policy.${id}_${policyId}`, { name, policy: policy(allow) });
        new IamRolePolicyAttachment(this, `iam-role-policy-attachment.${id}_${policyId}`, { role: role.name, policyArn: allowed.arn });
      }
      return role;
    });
  }
}
