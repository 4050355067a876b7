import { readSecretPolicy } from '../../catalog/iam/external-secrets.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import type { IamRoleNeed } from '../model/infra.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { gitSecret, gitSecretName, tenantsWithCredentials } from './git-credentials.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';

const roleOf = (cluster: Cluster, tenant: string, namespace: string, secretName: string): IamRoleNeed =>
  workloadRole(cluster, `git-${tenant}`, namespace, gitSecretName, documented(cluster, [readSecretPolicy], { secretName }));

/** Roles with which the Secrets of teams' repositories are read on a cluster of Flux: each may read one secret. Pure. */
export const tenantGitRoles = (environment: Environment, cluster: Cluster): Readonly<Record<string, IamRoleNeed>> =>
  cluster.engine === 'flux' ? Object.fromEntries(tenantsWithCredentials(environment, cluster).map(({ name, namespace, credentials }) => [`git-${name}`, roleOf(cluster, name, namespace, credentials.secret)])) : {};

/**
 * What makes the Secret of each private repository of a team in the team's own namespace, where Flux wants it. The platform's stores may not be asked from there: each team has a store whose
 * account may read the team's one secret, so that whoever gets hold of the store gets nothing else. Pure.
 */
export const tenantGitObjects = (environment: Environment, cluster: Cluster): readonly KubeObject[] =>
  tenantsWithCredentials(environment, cluster).flatMap(({ name: tenant, namespace, url, credentials }) => {
    const metadata = { name: gitSecretName, namespace };
    const { arn } = roleOf(cluster, tenant, namespace, credentials.secret);
    return [
      // No pod runs as it; External Secrets asks for its token.
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { ...metadata, annotations: roleAnnotation(arn) }, automountServiceAccountToken: false },
      { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata, spec: { provider: { aws: { service: 'SecretsManager', region: cluster.region, auth: { jwt: { serviceAccountRef: { name: gitSecretName } } } } } } },
      gitSecret(url, credentials, { name: gitSecretName, namespace, engine: 'flux', store: { kind: 'SecretStore', name: gitSecretName } }),
    ];
  });
