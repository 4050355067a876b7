import { z } from 'zod';

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** Beginnings of tokens of GitHub and GitLab. Source: GitHub, "Behind GitHub's new authentication token formats"; GitLab, "Token overview". */
const tokenStart = /^(gh[pousr]_|github_pat_|glpat-|gldt-)/;

const shape = z.strictObject({
  kind: z.enum(['github-app', 'token', 'ssh']).meta({ description: 'A GitHub App, a user name with a token or password (HTTPS), or a deploy key (SSH).' }),
  secret: z.string().max(512).regex(/^[\w/+=.@-]+$/, { error: 'is not the name of a secret of Secrets Manager' }).refine((name) => !tokenStart.test(name), { error: 'is a token itself: it belongs into Secrets Manager, and its name here' })
    .meta({ description: 'Secret in Secrets Manager, in the account and region of each cluster that reads git, with the keys `username` and `password` (kind `token`) or `privateKey`.', examples: ['platform/git'] }),
  app_id: z.string().regex(/^\d+$/, { error: 'is not a number in quotes' }).optional().meta({ description: 'Id of the GitHub App.' }),
  installation_id: z.string().regex(/^\d+$/, { error: 'is not a number in quotes' }).optional().meta({ description: 'Id of the App\'s installation in the organization.' }),
  known_hosts: z.array(z.string().regex(/^[^\s{}@|#]+ (ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+=*$/, { error: 'is not a line of known_hosts: host, kind of key, key' })).refine(isUnique, { error: 'names a key twice' }).default([])
    .meta({ description: 'Keys of the git host, as `ssh-keyscan` prints them and its owner publishes them; needed with kind `ssh`.' }),
});

/** How a private git repository is read. Names only: what is secret stays in Secrets Manager. */
export type GitCredentials = z.infer<typeof shape>;

type Said = GitCredentials | undefined;

/** Schema of `credentials` next to the URL of a git repository. */
export const gitCredentials = shape.superRefine(({ kind, app_id: app, installation_id: installation, known_hosts: hosts }, context) => {
  const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (kind === 'github-app' && (app === undefined || installation === undefined)) issue('kind', 'needs app_id and installation_id');
  if (kind !== 'github-app' && (app !== undefined || installation !== undefined)) issue(app === undefined ? 'installation_id' : 'app_id', 'has a meaning with kind "github-app" only');
  if (kind === 'ssh' && hosts.length === 0) issue('kind', 'needs known_hosts: a key that is taken on trust at first sight can be anybody\'s');
  if (kind !== 'ssh' && hosts.length > 0) issue('known_hosts', 'has a meaning with kind "ssh" only');
});

const isSsh = (url: string): boolean => /^(ssh:|[^/]*@)/.test(url);

/** Whether URL and credentials belong together: a key needs SSH, the others HTTPS. Adds what is wrong to the schema's findings, below `at`. */
export const fitsUrl = ({ repo_url: url, credentials }: { readonly repo_url: string; readonly credentials?: Said }, context: z.RefinementCtx, at: readonly string[] = []): void => {
  if (at.length === 0 && /^https:\/\/[^/]*@/.test(url)) context.addIssue({ code: 'custom', path: ['repo_url'], message: 'holds a user or password: they belong into Secrets Manager, and `credentials` names the secret' });
  if (credentials && isSsh(url) !== (credentials.kind === 'ssh')) context.addIssue({ code: 'custom', path: [...at, 'credentials', 'kind'], message: `does not fit repo_url, which is read by ${isSsh(url) ? 'SSH' : 'HTTPS'}` });
};
