import { IamPolicy } from '#bindings/aws/iam-policy.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { Construct } from 'constructs';
import { policy } from './policy.ts';
import type { PolicyStatement } from './policy.ts';
import { accepted, because } from './root.ts';

/** What every role of the platform is bound to, and the way in when CI and single sign-on are down. */
export interface GuardRailsProps {
  readonly boundaryName: string;
  readonly boundary: readonly PolicyStatement[];
  readonly accountRoot: string;
  /** Resource name → break-glass role of one environment and what it may do. */
  readonly breakGlass: Readonly<Record<string, { readonly roleName: string; readonly allow: readonly PolicyStatement[] }>>;
}

/** Permissions boundary and break-glass roles. File `guard-rails.tf`. */
export class GuardRails extends Construct {
  readonly boundary: IamPolicy;

  constructor(scope: Construct, { boundaryName, boundary, accountRoot, breakGlass }: GuardRailsProps) {
    super(scope, 'guard-rails');
    this.boundary = accepted(because(new IamPolicy(this, 'iam-policy.boundary', { name: boundaryName, description: 'Upper limit of every role that a root of the platform creates', policy: policy(boundary) }),
      'Who applies may create roles only under this limit: it can\'t make itself an administrator.'), Object.fromEntries(['CKV_AWS_286', 'CKV_AWS_287', 'CKV_AWS_288', 'CKV_AWS_289', 'CKV_AWS_290', 'CKV_AWS_355'].map((check) => [check, 'an upper limit gives nothing by itself'])));
    for (const [id, { roleName, allow }] of Object.entries(breakGlass)) {
      const role = accepted(because(new IamRole(this, `iam-role.${id}`, {
        name: roleName, description: 'Way into the clusters when everything else is down', maxSessionDuration: 3600,
        assumeRolePolicy: policy([{ principals: { AWS: [accountRoot] }, actions: ['sts:AssumeRole'], when: { Bool: [{ key: 'aws:MultiFactorAuthPresent', values: ['true'] }] } }]),
      }), 'An administrator of the clusters, not of the account; only for identities of this account that may assume it, with MFA.'), { CKV_AWS_61: 'IAM of this account decides who, and MFA is asked for' });
      new IamRolePolicy(this, `iam-role-policy.${id}`, { name: 'find-clusters', role: role.name, policy: policy(allow) });
    }
  }
}
