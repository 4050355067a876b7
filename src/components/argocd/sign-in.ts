import type { ArgocdSettings } from '../../config/argocd-settings.ts';
import type { Cluster, Environment } from '../../config/platform.ts';
import type { Flow } from '../../model/component.ts';
import type { Values } from '../../model/workload.ts';
import { signInHosts } from '../sign-in-hosts.ts';

/** Secret with the client's secret, made by External Secrets, and its key. */
export const ssoSecret = { name: 'argocd-sso', key: 'clientSecret' } as const;

/** A scalar on one line that YAML reads as written. */
const text = (value: string): string => JSON.stringify(value);

const oidcConfig = ({ issuer, client_id: id, cli_client_id: cli, scopes, groups_claim: claim }: NonNullable<NonNullable<ArgocdSettings['sso']>['oidc']>): string => [
  'name: SSO', `issuer: ${text(issuer)}`, `clientID: ${text(id)}`, `clientSecret: $${ssoSecret.name}:${ssoSecret.key}`,
  ...(cli === undefined ? [] : [`cliClientID: ${text(cli)}`]),
  `requestedScopes: [${scopes.map(text).join(', ')}]`, `requestedIDTokenClaims: {${text(claim)}: {essential: true}}`,
].map((line) => `${line}\n`).join('');

/** Source: Argo CD 3.4, "Identity Center (AWS SSO)": only SAML through Dex works. */
const dexConfig = (host: string, { sign_in_url: url, certificate }: NonNullable<NonNullable<ArgocdSettings['sso']>['identity_center']>): string => {
  const callback = `https://${host}/api/dex/callback`;
  return [
    'connectors:', '- type: saml', '  id: aws', '  name: IAM Identity Center', '  config:',
    `    ssoURL: ${text(url)}`, `    caData: ${certificate}`, `    entityIssuer: ${callback}`, `    redirectURI: ${callback}`,
    '    usernameAttr: email', '    emailAttr: email', '    groupsAttr: groups',
  ].map((line) => `${line}\n`).join('');
};

/** Whether Dex has to run. */
export const needsDex = ({ sso }: ArgocdSettings): boolean => sso?.identity_center !== undefined;

/** `argocd-cm`: who may sign in. The local admin is for a beginning without single sign-on. Pure. */
export const signInConfig = ({ tier }: Pick<Cluster, 'tier'>, host: string, chosen: ArgocdSettings): Values => ({
  'admin.enabled': String(chosen.admin_enabled ?? (tier !== 'prod' && !chosen.sso)),
  ...(chosen.sso?.oidc ? { 'oidc.config': oidcConfig(chosen.sso.oidc) } : {}),
  ...(chosen.sso?.identity_center ? { 'dex.config': dexConfig(host, chosen.sso.identity_center) } : {}),
});

/** Name of the secret in Secrets Manager that holds the client's secret, where there is one. Pure. */
export const ssoSecretName = ({ name }: Pick<Environment, 'name'>, { sso }: ArgocdSettings): string | undefined => (sso?.oidc ? (sso.oidc.secret_name ?? `/${name}/argocd/sso`) : undefined);

const server = 'argocd/argocd-server';
const dex = 'argocd/argocd-dex-server';

/** What signing in needs of the network. A browser carries the SAML assertion, so Dex asks nobody outside. Pure. */
export const signInFlows = ({ sso }: ArgocdSettings): readonly Flow[] => [
  ...(sso?.oidc ? signInHosts(sso.oidc.issuer, sso.oidc.further_hosts).map((end) => ({ from: server, ...end, why: 'signs users in' })) : []),
  ...(sso?.identity_center ? [{ from: server, to: dex, port: 5556, why: 'signs users in' }, { from: dex, to: 'kube-apiserver', port: 443, why: 'reads its configuration' }] : []),
];
