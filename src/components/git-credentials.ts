import type { GitCredentials } from '../config/git-credentials.ts';
import type { GitopsEngine } from '../config/gitops-engine.ts';
import type { Cluster, Environment, GitOps } from '../config/platform.ts';
import { gitHost } from '../units/git-url.ts';
import type { KubeObject } from '../units/kube-object.ts';

/** Name of the Secret with which the platform's repository is read, of what makes it, and of the store it comes from. */
export const gitSecretName = 'git-credentials';

/** Name of the Secret with which a team's repository is read: in the team's first namespace (Flux), or beside Argo CD. */
export const tenantGitSecretName = (engine: GitopsEngine, environment: string, tenant: string): string => (engine === 'flux' ? gitSecretName : `git-${environment}-${tenant}`);

/** Whether the cluster's own engine reads git: Flux does on each of its clusters, Argo CD on the hub. */
export const readsGit = ({ engine, hub }: Cluster): boolean => engine === 'flux' || hub;

/** Address of the API where the host is not github.com. Source: GitHub Enterprise Server, "REST API", and Enterprise Cloud with data residency, "Getting started with data residency". */
const apiOf = (url: string): string | undefined => {
  const host = gitHost(url);
  if (host === 'github.com') return undefined;
  return host.endsWith('.ghe.com') ? `https://api.${host}` : `https://${host}/api/v3`;
};

/** Host besides that of the repository that is asked for a token. Pure. */
export const tokenHost = (url: string, credentials: GitCredentials | undefined): string | undefined => {
  if (credentials?.kind !== 'github-app') return undefined;
  return gitHost(url) === 'github.com' ? 'api.github.com' : new URL(apiOf(url) ?? url).hostname;
};

type Texts = Readonly<Record<string, string>>;

/** Keys of a Secret of type `repository`. Source: Argo CD 3.4, "Declarative setup", "Repositories". */
const argocdData = (url: string, said: GitCredentials): Texts => {
  if (said.kind === 'token') return { username: '{{ .username }}', password: '{{ .password }}' };
  if (said.kind === 'ssh') return { sshPrivateKey: '{{ .privateKey }}' };
  const api = apiOf(url);
  return { githubAppID: said.app_id ?? '', githubAppInstallationID: said.installation_id ?? '', githubAppPrivateKey: '{{ .privateKey }}', ...(api === undefined ? {} : { githubAppEnterpriseBaseUrl: api }) };
};

/** Keys of a Secret of a GitRepository. Source: source-controller v1.8.2, docs/spec/v1/gitrepositories.md, "Secret reference" and "GitHub". */
const fluxData = (url: string, said: GitCredentials): Texts => {
  if (said.kind === 'token') return { username: '{{ .username }}', password: '{{ .password }}' };
  if (said.kind === 'ssh') return { identity: '{{ .privateKey }}', known_hosts: said.known_hosts.map((line) => `${line}\n`).join('') };
  const api = apiOf(url);
  return { githubAppID: said.app_id ?? '', githubAppInstallationID: said.installation_id ?? '', githubAppPrivateKey: '{{ .privateKey }}', ...(api === undefined ? {} : { githubAppBaseURL: api }) };
};

/** What a GitRepository says to be read with a Secret. Pure. */
export const fluxAccess = (said: GitCredentials | undefined, secret: string = gitSecretName): Readonly<Record<string, unknown>> =>
  said === undefined ? {} : { ...(said.kind === 'github-app' ? { provider: 'github' } : {}), secretRef: { name: secret } };

/** Which Secret is made, for whom, and from which store. */
interface Place {
  readonly name: string;
  readonly namespace: string;
  readonly engine: GitopsEngine;
  readonly store: { readonly kind: 'SecretStore' | 'ClusterSecretStore'; readonly name: string };
  /** Argo CD's project that alone may use it; absent: every project whose sources name the repository. */
  readonly project?: string;
}

/**
 * Makes the Secret that an engine reads one repository with: what is secret comes from Secrets Manager, everything else stands here. An entry that is still to be written must not hold
 * the bring-up: External Secrets' alert tells. Pure.
 */
export const gitSecret = (url: string, said: GitCredentials, { name, namespace, engine, store, project }: Place): KubeObject => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name, namespace, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
  spec: {
    // A key that was changed is there before the next hour.
    refreshInterval: '15m0s',
    secretStoreRef: store,
    target: {
      name,
      creationPolicy: 'Owner',
      // Without it the engine could read nothing that would bring it back.
      deletionPolicy: 'Retain',
      template: {
        type: 'Opaque', engineVersion: 'v2', mergePolicy: 'Replace',
        ...(engine === 'argocd' ? { metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repository' } } } : {}),
        data: engine === 'argocd' ? { type: 'git', url, ...(project === undefined ? {} : { project }), ...argocdData(url, said) } : fluxData(url, said),
      },
    },
    data: (said.kind === 'token' ? ['username', 'password'] : ['privateKey']).map((property) => ({ secretKey: property, remoteRef: { key: said.secret, property, conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' } })),
  },
});

/** Names of the secrets that External Secrets itself reads on a cluster for its engine: the platform's, and on Argo CD's hub those of teams. Sorted. Pure. */
export const gitSecretNames = ({ credentials }: GitOps, environment: Environment, cluster: Cluster): readonly string[] => {
  if (!readsGit(cluster)) return [];
  const ofTenants = cluster.engine === 'argocd' ? environment.settings.tenants.flatMap(({ git }) => git?.credentials?.secret ?? []) : [];
  return [...new Set([...(credentials ? [credentials.secret] : []), ...ofTenants])].toSorted();
};

/** Keys of git hosts that Argo CD is told besides those it knows: the platform's repository, and those of teams. Pure. */
export const knownHosts = ({ credentials }: GitOps, environment: Environment): readonly string[] =>
  [...new Set([...(credentials?.known_hosts ?? []), ...environment.settings.tenants.flatMap(({ git }) => git?.credentials?.known_hosts ?? [])])].toSorted();
