import { expect, it } from 'vitest';
import { twoRegions } from '../../test/fixtures/two-regions.ts';
import { readableSecrets } from './readable-secrets.ts';

const found = (environment: Readonly<Record<string, unknown>>): readonly string[] => readableSecrets(twoRegions(environment)).map(({ code, severity, at, summary }) => {
  expect([code, severity, at.line > 0]).toEqual(['verify/unreadable-secret', 'error', true]);
  return /reads "([^"]*)"/.exec(summary)?.[1] ?? summary;
});
const slack = { alertmanager: { slack: true } };

it('lets External Secrets read names below the environment, with and without a slash before them', () => {
  expect(found({ monitoring: slack })).toEqual([]);
  for (const alertmanager_secret_name of ['/prod/alerts', 'prod/alerts', '/argoeks/prod/alerts']) expect(found({ monitoring: { ...slack, alertmanager_secret_name } })).toEqual([]);
});

it('refuses others, once for each name', () => {
  for (const alertmanager_secret_name of ['/other/alerts', 'production/alerts', '/dev/alerts', 'prod']) expect(found({ monitoring: { ...slack, alertmanager_secret_name } })).toEqual([alertmanager_secret_name]);
  expect(found({ components: { argocd: { sso: { oidc: { issuer: 'https://id.acme.io', client_id: 'a', secret_name: 'team/x' } } } } })).toEqual(['team/x']);
});

it('goes by the prefixes of the configuration, also for what the platform reads itself', () => {
  expect(found({ monitoring: { ...slack, alertmanager_secret_name: 'team/x' }, components: { 'external-secrets': { prefixes: ['team/', 'argoeks/prod/'] } } })).toEqual([]);
  expect(found({ components: { 'external-secrets': { prefixes: ['team/'] } } }).every((name) => name.startsWith('/argoeks/prod/clusters/'))).toBe(true);
  expect(found({ components: { 'external-secrets': { prefixes: ['team/'] } } })).not.toEqual([]);
});
