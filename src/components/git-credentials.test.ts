import { describe, expect, it } from 'vitest';
import type { GitCredentials } from '../config/git-credentials.ts';
import { platformSettings } from '../config/platform-settings.ts';
import { validateObject } from '../verify/kubernetes/schemas.ts';
import { fluxAccess, gitSecret, tokenHost } from './git-credentials.ts';
import { gitSource } from './source-hosts.ts';

const hostKey = 'git.acme.io ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcme';
const app: GitCredentials = { kind: 'github-app', secret: 'platform/git', app_id: '12', installation_id: '34', known_hosts: [] };
const token: GitCredentials = { kind: 'token', secret: 'platform/git', known_hosts: [] };
const ssh: GitCredentials = { kind: 'ssh', secret: 'platform/git', known_hosts: [hostKey] };

interface Made {
  readonly spec: { readonly target: { readonly template: { readonly data: Readonly<Record<string, string>>; readonly metadata?: unknown } }; readonly data: readonly { readonly secretKey: string }[] };
}
const made = (engine: 'argocd' | 'flux', url: string, said: GitCredentials, project?: string): Made['spec'] => {
  const object = gitSecret(url, said, { name: 'git', namespace: 'there', engine, store: { kind: 'ClusterSecretStore', name: 'store' }, ...(project === undefined ? {} : { project }) });
  expect(validateObject(object)).toEqual([]);
  return (object as unknown as Made).spec;
};
const dataOf = (...given: Parameters<typeof made>) => made(...given).target.template.data;

describe('the Secret of a repository', () => {
  const url = 'https://github.com/acme/platform.git';
  it('is what Argo CD reads', () => {
    expect(dataOf('argocd', url, token)).toEqual({ type: 'git', url, username: '{{ .username }}', password: '{{ .password }}' });
    expect(dataOf('argocd', 'git@git.acme.io:a/b.git', ssh, 'tenant-a')).toEqual({ type: 'git', url: 'git@git.acme.io:a/b.git', project: 'tenant-a', sshPrivateKey: '{{ .privateKey }}' });
    expect(dataOf('argocd', url, app)).toEqual({ type: 'git', url, githubAppID: '12', githubAppInstallationID: '34', githubAppPrivateKey: '{{ .privateKey }}' });
    expect(dataOf('argocd', 'https://git.acme.io/a/b.git', app)).toMatchObject({ githubAppEnterpriseBaseUrl: 'https://git.acme.io/api/v3' });
    expect(made('argocd', url, token).target.template.metadata).toEqual({ labels: { 'argocd.argoproj.io/secret-type': 'repository' } });
  });

  it('is what Flux reads', () => {
    expect(dataOf('flux', url, token)).toEqual({ username: '{{ .username }}', password: '{{ .password }}' });
    expect(dataOf('flux', 'ssh://git@git.acme.io/a/b.git', ssh)).toEqual({ identity: '{{ .privateKey }}', known_hosts: `${hostKey}\n` });
    expect(dataOf('flux', url, app)).toEqual({ githubAppID: '12', githubAppInstallationID: '34', githubAppPrivateKey: '{{ .privateKey }}' });
    expect(dataOf('flux', 'https://acme.ghe.com/a/b.git', app)).toMatchObject({ githubAppBaseURL: 'https://api.acme.ghe.com' });
    expect(fluxAccess(app)).toEqual({ provider: 'github', secretRef: { name: 'git-credentials' } });
    expect([fluxAccess(ssh), fluxAccess(undefined)]).toEqual([{ secretRef: { name: 'git-credentials' } }, {}]);
  });

  it('asks Secrets Manager for each key that its template uses, and for no other', () => {
    for (const engine of ['argocd', 'flux'] as const)
      for (const said of [app, token, ssh]) {
        const { target, data } = made(engine, url, said);
        expect([...JSON.stringify(target.template.data).matchAll(/\{\{ \.(\w+) \}\}/g)].map(([, key]) => key)).toEqual(data.map(({ secretKey }) => secretKey));
      }
  });

  it('comes with the way to the host that hands out tokens', () => {
    expect(gitSource(url, 'reads', app).map(({ to, port }) => [to, port])).toEqual([['github.com', 443], ['api.github.com', 443]]);
    expect(gitSource('https://git.acme.io/a/b.git', 'reads', app).map(({ to }) => to)).toEqual(['git.acme.io']);
    expect(gitSource('git@git.acme.io:a/b.git', 'reads', ssh)).toEqual([{ to: 'git.acme.io', port: 22, why: 'reads' }]);
    expect(tokenHost(url, token)).toBeUndefined();
  });
});

describe('what is refused', () => {
  const issues = (repo_url: string, credentials?: unknown) => {
    const { error } = platformSettings.safeParse({ gitops: { repo_url, ...(credentials === undefined ? {} : { credentials }) }, envs: {} });
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  };
  it.each<[string, unknown, RegExp]>([
    ['https://git.acme.io/a.git', { kind: 'ssh', secret: 'a', known_hosts: [hostKey] }, /credentials\.kind: does not fit repo_url, which is read by HTTPS/],
    ['git@git.acme.io:a.git', { kind: 'token', secret: 'a' }, /credentials\.kind: does not fit repo_url, which is read by SSH/],
    ['ssh://git@git.acme.io/a.git', { kind: 'ssh', secret: 'a' }, /credentials\.kind: needs known_hosts/],
    ['ssh://git@git.acme.io/a.git', { kind: 'ssh', secret: 'a', known_hosts: ['git.acme.io ssh-dss AAAA'] }, /known_hosts\.0: is not a line of known_hosts/],
    ['https://github.com/a/b.git', { kind: 'github-app', secret: 'a', app_id: '1' }, /credentials\.kind: needs app_id and installation_id/],
    ['https://github.com/a/b.git', { kind: 'token', secret: 'a', app_id: '1' }, /credentials\.app_id: has a meaning with kind "github-app" only/],
    ['https://github.com/a/b.git', { kind: 'token', secret: 'ghp_0123456789' }, /credentials\.secret: is a token itself/],
    ['https://me:secret@github.com/a/b.git', undefined, /repo_url: holds a user or password/],
  ])('%s with %j', (url, credentials, said) => expect(issues(url, credentials)).toEqual([expect.stringMatching(said)]));

  it('is nothing that fits', () => {
    expect(issues('https://github.com/a/b.git', { kind: 'github-app', secret: 'platform/git', app_id: '1', installation_id: '2' })).toEqual([]);
    expect(issues('ssh://git@git.acme.io:2222/a.git', { kind: 'ssh', secret: 'a', known_hosts: [`[git.acme.io]:2222 ssh-ed25519 AAAA`] })).toEqual([]);
    expect(issues('git@git.acme.io:a.git', { kind: 'ssh', secret: 'a', known_hosts: [hostKey] })).toEqual([]);
  });
});
