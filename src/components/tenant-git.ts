import { readSecretPolicy } from '../../catalog/iam/external-secrets.ts';
import type { GitCredentials } from '../config/git-credentials.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import { tenantsOn } from '../config/tenant-settings.ts';
import type { IamRoleNeed } from '../model/infra.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { gitSecret, gitSecretName } from './git-credentials.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';
import { imageTenants, pushSecretName } from './image-automation.ts';

interface Need {
  readonly tenant: string;
  readonly namespace: string;
  readonly url: string;
  readonly secrets: readonly { readonly name: string; readonly credentials: GitCredentials }[];
}

/** Teams of a cluster of Flux with the Secrets that their repositories need there: one that reads, one that pushes images. */
const needsOf = (environment: Environment, cluster: Cluster): readonly Need[] => {
  if (cluster.engine !== 'flux') return [];
  const pushing = new Map(imageTenants(environment, cluster).map(({ name, images }) => [name, images.credentials]));
  return tenantsOn(environment, cluster.name).flatMap(({ name: tenant, namespaces: [namespace = ''], git }) => {
    const push = pushing.get(tenant);
    const secrets = [...(git?.credentials ? [{ name: gitSecretName, credentials: git.credentials }] : []), ...(push ? [{ name: pushSecretName, credentials: push }] : [])];
    return git && secrets.length > 0 ? [{ tenant, namespace, url: git.repo_url, secrets }] : [];
  });
};

const roleOf = (cluster: Cluster, { tenant, namespace, secrets }: Need): IamRoleNeed =>
  workloadRole(cluster, `git-${tenant}`, namespace, gitSecretName, documented(cluster, [readSecretPolicy], { secretName: secrets.map(({ credentials }) => credentials.secret) }));

/** Roles with which the Secrets of teams' repositories are read on a cluster of Flux: each may read the team's own and no others. Pure. */
export const tenantGitRoles = (environment: Environment, cluster: Cluster): Readonly<Record<string, IamRoleNeed>> =>
  Object.fromEntries(needsOf(environment, cluster).map((need) => [`git-${need.tenant}`, roleOf(cluster, need)]));

/**
 * What makes the Secrets of each private repository of a team in the team's own namespace, where Flux wants them. The platform's stores may not be asked from there: each team has a store whose
 * account may read the team's own secrets, so that whoever gets hold of the store gets nothing else. Pure.
 */
export const tenantGitObjects = (environment: Environment, cluster: Cluster): readonly KubeObject[] =>
  needsOf(environment, cluster).flatMap((need): readonly KubeObject[] => {
    const metadata = { name: gitSecretName, namespace: need.namespace };
    return [
      // No pod runs as it; External Secrets asks for its token.
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { ...metadata, annotations: roleAnnotation(roleOf(cluster, need).arn) }, automountServiceAccountToken: false },
      { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata, spec: { provider: { aws: { service: 'SecretsManager', region: cluster.region, auth: { jwt: { serviceAccountRef: { name: gitSecretName } } } } } } },
      ...need.secrets.map(({ name, credentials }) => gitSecret(need.url, credentials, { name, namespace: need.namespace, engine: 'flux', store: { kind: 'SecretStore', name: gitSecretName } })),
    ];
  });
