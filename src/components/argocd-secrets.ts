import { z } from 'zod';
import type { Environment } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { argocdNamespace, secretStore, tenantProject } from '../units/wellknown.ts';
import { notificationKeys, notificationsSecret, notificationsSecretName } from './argocd/notifications.ts';
import { gitSecret, tenantGitSecretName } from './git-credentials.ts';
import { argocdSettingsOf } from './argocd/settings-of.ts';
import { ssoSecret, ssoSecretName } from './argocd/sign-in.ts';
import type { ArgocdSettings } from '../config/argocd-settings.ts';
import { remoteRef } from './remote-ref.ts';

/** Argo CD reads only Secrets that bear it. Source: Argo CD 3.4, "SSO", "Sensitive data and SSO client secrets". */
const partOf = { 'app.kubernetes.io/part-of': 'argocd' };

/** A Secret from one entry of Secrets Manager. An entry that is still to be written must not hold the bring-up: External Secrets' alert says so. */
const secretFrom = (name: string, key: string, properties: readonly string[]): KubeObject => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name, namespace: argocdNamespace, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
  spec: {
    refreshInterval: '1h0m0s',
    secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore.secretsManager },
    target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain', template: { type: 'Opaque', engineVersion: 'v2', mergePolicy: 'Merge', metadata: { labels: partOf } } },
    data: properties.map((property) => ({ secretKey: property, remoteRef: remoteRef(key, property) })),
  },
});

const secrets = (environment: Environment, chosen: ArgocdSettings): readonly KubeObject[] => {
  const sso = ssoSecretName(environment, chosen);
  const keys = notificationKeys(environment, chosen);
  return [
    ...(sso === undefined ? [] : [secretFrom(ssoSecret.name, sso, [ssoSecret.key])]),
    ...environment.settings.tenants.flatMap(({ name, git }) => (git?.credentials ? [gitSecret(git.repo_url, git.credentials, { name: tenantGitSecretName('argocd', environment.name, name), namespace: argocdNamespace, engine: 'argocd', store: { kind: 'ClusterSecretStore', name: secretStore.secretsManager }, project: tenantProject(name) })] : [])),
    ...(keys.length === 0 ? [] : [secretFrom(notificationsSecret, notificationsSecretName(environment, chosen), keys)]),
  ];
};

/** What Argo CD must not know from git: the secret of its client, and who may be told. Behind External Secrets, which Argo CD itself installs. */
export const argocdSecrets = defineComponent({
  id: 'argocd-secrets',
  summary: 'Brings Argo CD the secrets of single sign-on, of notifications and of teams\' repositories from Secrets Manager.',
  layer: 'platform',
  requires: ['argocd', 'external-secrets'],
  defaultOn: 'hub',
  engine: 'argocd',
  settings: z.strictObject({}),
  infra: () => ({}),
  workload: ({ environment, cluster }) => ({
    namespaces: [],
    releases: [{ kind: 'manifests', name: 'argocd-secrets', namespace: argocdNamespace, manifests: [], clusterManifests: secrets(environment, argocdSettingsOf(cluster)) }],
  }),
  network: () => [],
  alerts: () => none('External Secrets reports a secret that can not be read'),
  dashboards: () => none('External Secrets has the panels of its secrets'),
  cost: () => none('secrets are counted by what owns them'),
  checks: [],
});
