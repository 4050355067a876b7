import { EksAccessEntry } from '#bindings/aws/eks-access-entry.js';
import { EksAccessPolicyAssociation } from '#bindings/aws/eks-access-policy-association.js';
import type { EksCluster } from '#bindings/aws/eks-cluster.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { SsmParameter } from '#bindings/aws/ssm-parameter.js';
import { Construct } from 'constructs';
import { policy } from './policy.ts';
import { accepted, because } from './root.ts';

/** How a spoke makes itself known to its hub. */
export interface RegistrationProps {
  readonly roleName: string;
  readonly boundaryArn: string;
  readonly hubAccountRoot: string;
  readonly hubRoleArn: string;
  readonly policyArn: string;
  /** Parameters live where the hub reads them. */
  readonly hubRegion: string;
  readonly path: string;
}

/** Role and access entry for the hub's Argo CD, and the parameters from which the hub makes its cluster Secret. File `registration.tf`. */
export class Registration extends Construct {
  constructor(scope: Construct, cluster: EksCluster, props: RegistrationProps) {
    super(scope, 'registration');
    const role = accepted(because(new IamRole(this, 'iam-role.argocd', {
      name: props.roleName, permissionsBoundary: props.boundaryArn,
      assumeRolePolicy: policy([{
        principals: { AWS: [props.hubAccountRoot] }, actions: ['sts:AssumeRole'],
        when: { ArnEquals: [{ key: 'aws:PrincipalArn', values: [props.hubRoleArn] }] },
      }]),
    }), 'Names the hub\'s role in a condition: a principal would have to exist first, and would be lost when the hub is rebuilt.'), { CKV_AWS_61: 'narrowed to one role by the condition' });
    const entry = new EksAccessEntry(this, 'eks-access-entry.argocd', { clusterName: cluster.name, principalArn: role.arn, type: 'STANDARD' });
    new EksAccessPolicyAssociation(this, 'eks-access-policy-association.argocd', { clusterName: cluster.name, principalArn: entry.principalArn, policyArn: props.policyArn, accessScope: { type: 'cluster' } });
    const parameter = (id: string, name: string, value: string, description: string) =>
      accepted(new SsmParameter(this, `ssm-parameter.${id}`, { region: props.hubRegion, name: `${props.path}/${name}`, type: 'String', value, description }), { CKV2_AWS_34: 'public facts of the cluster, no secret' });
    parameter('endpoint', 'endpoint', cluster.endpoint, 'API server');
    parameter('certificate_authority', 'certificate-authority', cluster.certificateAuthority.get(0).data, 'Certificate authority of the API server, base64');
    parameter('role_arn', 'role-arn', role.arn, 'Role that Argo CD assumes');
  }
}
