import type { EksCluster } from '#bindings/aws/eks-cluster.js';
import { IamOpenidConnectProvider } from '#bindings/aws/iam-openid-connect-provider.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { Fn, TerraformLocal } from 'cdktn';
import { Construct } from 'constructs';
import { policy } from './policy.ts';
import type { PolicyStatement } from './policy.ts';
import { accepted } from './root.ts';

/** A statement that may also cover the environment's private zone. */
export interface WorkloadStatement extends PolicyStatement {
  /** ARN of hosted zones up to the id, which only Terraform knows. */
  readonly onPrivateZone?: string;
}

/** Role of one component, for the service accounts named. */
export interface WorkloadRoleProps {
  readonly roleName: string;
  /** Each `system:serviceaccount:<namespace>:<name>`. */
  readonly subjects: readonly string[];
  /** May be empty: the role then only proves who the caller is. */
  readonly allow: readonly WorkloadStatement[];
  /** Present where the account gets its role through EKS Pod Identity and not with a token. */
  readonly podIdentity?: { readonly accountId: string; readonly clusterArn: string; readonly namespace: string; readonly serviceAccount: string };
  /** Says that its project publishes a policy which changes things on every resource. */
  readonly changesAnything?: boolean;
}

/** Identities of a cluster's workloads. */
export interface WorkloadIdentitiesProps {
  readonly boundaryArn: string;
  /** Resource name → role. */
  readonly roles: Readonly<Record<string, WorkloadRoleProps>>;
}

/** Trusts one service account of one cluster, as EKS Pod Identity says it in tags of the session. Source: EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity" and "Session tags". */
const podTrust = ({ accountId, clusterArn, namespace, serviceAccount }: NonNullable<WorkloadRoleProps['podIdentity']>): string =>
  policy([{
    principals: { Service: ['pods.eks.amazonaws.com'] }, actions: ['sts:AssumeRole', 'sts:TagSession'],
    when: { StringEquals: [
      { key: 'aws:SourceAccount', values: [accountId] }, { key: 'aws:SourceArn', values: [clusterArn] },
      { key: 'aws:RequestTag/kubernetes-namespace', values: [namespace] }, { key: 'aws:RequestTag/kubernetes-service-account', values: [serviceAccount] },
    ] },
  }]);

/**
 * The cluster's OIDC provider and one IAM role per component; each trusts exactly its service accounts (`sub`) and tokens made
 * for AWS (`aud`). File `identities.tf`.
 */
export class WorkloadIdentities extends Construct {
  readonly provider: IamOpenidConnectProvider;

  /** `zoneId` is the private zone that statements with `onPrivateZone` cover. */
  constructor(scope: Construct, cluster: EksCluster, zoneId: string, { boundaryArn, roles }: WorkloadIdentitiesProps) {
    super(scope, 'identities');
    const url = cluster.identity.get(0).oidc.get(0).issuer;
    this.provider = new IamOpenidConnectProvider(this, 'iam-openid-connect-provider.cluster', { url, clientIdList: ['sts.amazonaws.com'] });
    const issuer = new TerraformLocal(this, 'local.oidc_issuer', Fn.trimprefix(url, 'https://'));
    for (const [id, { roleName, subjects, allow, podIdentity, changesAnything = false }] of Object.entries(roles)) {
      const role = new IamRole(this, `iam-role.${id}`, {
        name: roleName, permissionsBoundary: boundaryArn,
        assumeRolePolicy: podIdentity ? podTrust(podIdentity) : policy([{
          principals: { Federated: [this.provider.arn] }, actions: ['sts:AssumeRoleWithWebIdentity'],
          when: { StringEquals: [{ key: `${issuer.asString}:aud`, values: ['sts.amazonaws.com'] }, { key: `${issuer.asString}:sub`, values: subjects }] },
        }]),
      });
      if (allow.length === 0) continue;
      const filled = allow.map(({ onPrivateZone, ...statement }) => (onPrivateZone === undefined ? statement : { ...statement, on: [...(statement.on ?? []), `${onPrivateZone}${zoneId}`] }));
      const allowed = new IamRolePolicy(this, `iam-role-policy.${id}`, { name: 'allow', role: role.name, policy: policy(filled) });
      const reason = 'the policy that its maintainers publish for this version; the boundary limits it';
      if (changesAnything) accepted(allowed, { CKV_AWS_290: reason, CKV_AWS_355: reason });
    }
  }
}
