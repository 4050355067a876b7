import { expect, it } from 'vitest';
import { twoRegions } from '../../../test/fixtures/two-regions.ts';
import { secretsToWrite } from '../secrets/to-write.ts';
import { secretsPage } from './secrets-page.ts';

const oidc = { issuer: 'https://id.acme.io', client_id: 'a' };
const urls = { auth_url: 'https://id.acme.io/a', token_url: 'https://id.acme.io/t', api_url: 'https://id.acme.io/u', client_id: 'g', admin_groups: ['platform'] };
const plan = twoRegions({
  components: { argocd: { sso: { oidc }, access: { read_only: ['staff'] } }, 'kube-prometheus-stack': { grafana: { sso: urls } } },
  monitoring: { alertmanager: { slack: true, teams: [{ name: 'research', pagerduty: true }] } },
  alerts: { pagerduty: { service_key_ssm: '/prod/pagerduty' } },
});

it('lists what is read by name, with all keys, in every region of those who read it', () => {
  expect(secretsToWrite(plan).map(({ store, name, keys, regions, readers }) => [store, name, keys.join(), regions.join(), readers[0]])).toEqual([
    ['secretsManager', '/prod/alertmanager/config', 'research-pagerduty-key,slack-url', 'us-east-1,eu-west-1', 'kube-prometheus-stack'],
    ['secretsManager', '/prod/argocd/sso', 'clientSecret', 'us-east-1', 'argocd-secrets'],
    ['secretsManager', '/prod/grafana/sso', 'client-secret', 'us-east-1,eu-west-1', 'kube-prometheus-stack'],
    ['parameterStore', '/prod/pagerduty', '', 'us-east-1', 'the function that passes alerts on to PagerDuty'],
  ]);
});

it('knows what engines read git with: Argo CD on the hub, Flux on each cluster of the team', () => {
  const tenants = [{ name: 'research', git: { repo_url: 'https://git.acme.io/research/apps.git', credentials: { kind: 'token', secret: 'research/git' } } }];
  const found = (environment: Readonly<Record<string, unknown>>) => secretsToWrite(twoRegions({ tenants, ...environment })).map(({ name, keys, regions }) => `${name} ${keys.join()} ${regions.join()}`);
  expect(found({})).toEqual(['research/git password,username us-east-1']);
  expect(found({ gitops_engine: 'flux' })).toEqual(['research/git password,username us-east-1,eu-west-1']);
});

it('leaves out what Terraform publishes, and what clusters draw themselves', () => {
  expect(secretsToWrite(twoRegions({ observability: { amp: { enabled: true } } }))).toEqual([]);
});

it('writes each with a command that names no value, and replicates what other regions read', () => {
  const page = secretsPage(plan);
  expect(page).toContain('aws secretsmanager create-secret --region us-east-1 --name /prod/grafana/sso --secret-string file:///dev/stdin --add-replica-regions Region=eu-west-1\n');
  expect(page).toContain('--name /prod/argocd/sso --secret-string file:///dev/stdin\n');
  expect(page).toContain('`research-pagerduty-key` (integration *Events API v2*)<br>`slack-url` (incoming webhook of Slack)');
  for (const [, value] of page.matchAll(/--(?:secret-string|value) (\S+)/g)) expect(['file:///dev/stdin', '`.', '`']).toContain(value);
});
