import type { Plan } from '../../model/plan.ts';
import { secretsToWrite, type SecretToWrite } from '../secrets/to-write.ts';

/** What stands behind a key, by how it ends: teams' keys begin with their names. */
const meanings: readonly (readonly [suffix: string, meaning: string])[] = [
  ['slack-url', 'incoming webhook of Slack'], ['slack-token', 'token of a Slack app with `chat:write`'], ['pagerduty-key', 'integration *Events API v2*'], ['smtp-password', 'password at the mail server'],
  ['client-secret', 'of the client at the issuer'], ['clientSecret', 'of the client at the issuer'], ['cookie-secret', '`openssl rand -base64 32`'],
  ['admin-user', 'name of the administrator'], ['admin-password', 'password of the administrator'], ['token', '`openssl rand -hex 32`, the same at the git host'], ['privateKey', 'private key, line breaks as `\\n`'], ['authorization', 'the whole value of the header, such as `Bearer …`'],
];
const meaningOf = (key: string): string => meanings.find(([suffix]) => key === suffix || key.endsWith(`-${suffix}`))?.[1] ?? '';

const keysOf = ({ keys }: SecretToWrite): string => (keys.length === 0 ? 'none: the value as it is' : keys.map((key) => (meaningOf(key) === '' ? `\`${key}\`` : `\`${key}\` (${meaningOf(key)})`)).join('<br>'));

/** Writes it without the value ever being an argument: that would stand in the shell's history and in the list of processes. */
const command = ({ store, name, keys, regions: [home = '', ...others] }: SecretToWrite): string =>
  store === 'parameterStore'
    ? `read -rs VALUE && printf %s "$VALUE" | aws ssm put-parameter --region ${home} --type SecureString --name ${name} --value file:///dev/stdin`
    : [
        `# ${keys.length === 0 ? 'paste the value' : `paste {${keys.map((key) => `"${key}": "…"`).join(', ')}}`}, then Enter and Ctrl-D`,
        `aws secretsmanager create-secret --region ${home} --name ${name} --secret-string file:///dev/stdin${others.length > 0 ? ` --add-replica-regions ${others.map((region) => `Region=${region}`).join(' ')}` : ''}`,
      ].join('\n');

const section = (environment: string, secrets: readonly SecretToWrite[]): string => [
  `## ${environment}`,
  ...(secrets.length === 0
    ? ['Nothing has to be written.']
    : [
        ['| Name | In | JSON keys | Regions | Read by |', '| --- | --- | --- | --- | --- |', ...secrets.map((one) => `| \`${one.name}\` | ${one.store === 'parameterStore' ? 'Parameter Store' : 'Secrets Manager'} | ${keysOf(one)} | ${one.regions.join(', ')} | ${one.readers.join(', ')} |`)].join('\n'),
        ['```bash', secrets.map(command).join('\n\n'), '```'].join('\n'),
      ]),
].join('\n\n');

/** Every secret that the configuration reads and that the user writes, with the command for it. Pure. */
export const secretsPage = (plan: Plan): string => {
  const all = secretsToWrite(plan);
  return [
    '# Secrets to write',
    'What this configuration reads from Secrets Manager and Parameter Store, and nobody but you can write: neither git nor Terraform\'s state may know it. It grows and shrinks with the configuration. Until an entry is there, what reads it does not work, and `ExternalSecretNotReady` says so.',
    'Each cluster reads in its own region, so an entry that clusters of several regions read is replicated. Run the commands with credentials of the environment\'s account. An entry that is there already takes a new value with `aws secretsmanager put-secret-value --secret-id <name>` and the same `--region` and `--secret-string`, in its first region, and a further region with `aws secretsmanager replicate-secret-to-regions --secret-id <name> --add-replica-regions Region=<region>`; a parameter with `--overwrite`.',
    'Write all keys of a row: a missing one keeps back the whole Secret that is made of the entry. Only Alertmanager has a Secret of each key. What reads its secret as it starts (Grafana, oauth2-proxy, the collector of traces) and ran before must be restarted: `kubectl rollout restart -n <namespace> deployment <name>`.',
    ...plan.environments.map(({ environment: { name } }) => section(name, all.filter(({ environment }) => environment === name))),
  ].join('\n\n');
};
