import type { Environment } from '../../config/platform.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { secretStore } from '../../units/wellknown.ts';
import type { GrafanaSettings } from './settings.ts';
import { remoteRef } from '../remote-ref.ts';

/** Secret with user and password of the administrator, whom the sidecar needs too. */
export const adminSecret = { name: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' } as const;

/** Secrets whose keys are environment variables of Grafana. */
const ssoSecret = { name: 'grafana-sso', variable: 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET', key: 'client-secret' } as const;
const databaseSecret = { name: 'grafana-database', variable: 'GF_DATABASE_PASSWORD', key: 'password' } as const;

/** Which of them Grafana reads. An entry that is still to be written must not keep it from starting: External Secrets' alert says so. Pure. */
export const environmentSecrets = ({ sso, database }: GrafanaSettings): readonly { readonly name: string; readonly optional: boolean }[] =>
  [...(sso ? [ssoSecret] : []), ...(database ? [databaseSecret] : [])].map(({ name }) => ({ name, optional: true }));

const external = (name: string, namespace: string, spec: Readonly<Record<string, unknown>>): KubeObject => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name, namespace, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } }, spec,
});

const fromManager = (name: string, namespace: string, key: string, properties: Readonly<Record<string, string>>): KubeObject => external(name, namespace, {
  refreshInterval: '1h0m0s',
  secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore.secretsManager },
  target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
  data: Object.entries(properties).map(([secretKey, property]) => ({ secretKey, remoteRef: remoteRef(key, property) })),
});

/** Draws a password once: the chart would draw another on every render. Source: External Secrets 2.8, "Password generator", `refreshPolicy: CreatedOnce`. */
const drawn = (namespace: string): readonly KubeObject[] => [
  { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', metadata: { name: adminSecret.name, namespace }, spec: { length: 40, digits: 8, symbols: 0, noUpper: false, allowRepeat: true, encoding: 'raw' } },
  external(adminSecret.name, namespace, {
    refreshPolicy: 'CreatedOnce',
    target: {
      name: adminSecret.name, creationPolicy: 'Owner', deletionPolicy: 'Retain',
      template: { engineVersion: 'v2', mergePolicy: 'Replace', data: { [adminSecret.userKey]: 'admin', [adminSecret.passwordKey]: '{{ .password }}' } },
    },
    dataFrom: [{ sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: adminSecret.name } } }],
  }),
];

/** What Grafana must not know from git. Pure. */
export const grafanaSecrets = ({ name: environment }: Environment, namespace: string, { admin_secret_name: admin, sso, database }: GrafanaSettings): readonly KubeObject[] => [
  ...(admin === undefined ? drawn(namespace) : [fromManager(adminSecret.name, namespace, admin, { [adminSecret.userKey]: 'admin-user', [adminSecret.passwordKey]: 'admin-password' })]),
  ...(sso ? [fromManager(ssoSecret.name, namespace, sso.secret_name ?? `/${environment}/grafana/sso`, { [ssoSecret.variable]: ssoSecret.key })] : []),
  ...(database ? [fromManager(databaseSecret.name, namespace, database.secret_name ?? `/${environment}/grafana/database`, { [databaseSecret.variable]: databaseSecret.key })] : []),
];
