import { expect, it } from 'vitest';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { resolve } from '../compile/compile.ts';
import { components } from '../components/registry.ts';
import { alertReceivers } from './alert-receivers.ts';
import { signInHosts } from './sign-in-hosts.ts';

const resolved = (tier: string, more: string) => {
  const files = new Map([
    ['configuration/platform.yaml', `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  ${tier}:\n    aws: {account_id: "314159265358"}\n${more}`],
    ['configuration/clusters/a.yaml', `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: ${tier}-mlops-a, region: us-east-1, labels: {environment: ${tier}, hub: "true"}}\n    - {name: ${tier}-mlops-b, region: us-east-1, labels: {environment: ${tier}}}\n`],
  ]);
  const { value, diagnostics } = resolve({ files, lock: undefined, components, facts: catalogFacts() });
  return value ?? expect.fail(JSON.stringify(diagnostics));
};
const found = (tier: string, more = '') => {
  const { plan, sources } = resolved(tier, more);
  return alertReceivers(plan, sources).map(({ code, severity, at, fix }) => `${at.line}:${at.column} ${severity} ${code} ${fix}`);
};
const alertmanager = (text: string): string => `    monitoring:\n      alertmanager:\n        ${text}\n`;

it('has nothing to complain about in dev, and in prod wants somebody who notices silence', () => {
  expect(found('dev')).toEqual([]);
  expect(found('prod')).toEqual([expect.stringMatching(/^3:3 warning verify\/unwatched Set envs\.prod\.monitoring\.alertmanager\.heartbeat/)]);
  expect(found('prod', alertmanager('repeat_hours: 4'))).toEqual([expect.stringMatching(/^6:7 warning verify\/unwatched/)]);
  expect(found('prod', alertmanager('heartbeat: {host: hc-ping.com}'))).toEqual([]);
  expect(found('prod', '    components: {kube-prometheus-stack: {enabled: false}}\n')).toEqual([]);
});

it('tells of two ways to the same pager', () => {
  const pagerduty = '    alerts: {pagerduty: {service_key_ssm: /dev/pd}}\n';
  expect(found('dev', `${pagerduty}${alertmanager('pagerduty: true')}`)).toEqual([expect.stringMatching(/^8:9 warning verify\/pages-twice/)]);
  expect(found('dev', pagerduty)).toEqual([]);
  expect(found('dev', alertmanager('pagerduty: true'))).toEqual([]);
});

it('knows alerts of the platform and of the chart, and says which one was meant', () => {
  const silence = (alertname: string): string => alertmanager(`silences: [{name: a, match: {alertname: ${alertname}}, from: "2026-11-30", until: "2026-12-02", why: b}]`);
  for (const alert of ['CoreDnsDown', 'PodReadiness_Slow', 'KubePodCrashLooping']) expect(found('dev', silence(alert))).toEqual([]);
  expect(found('dev', silence('KubePodCrashLoop'))).toEqual(['7:38 warning verify/unknown-alert Did you mean "KubePodCrashLooping"?']);
  expect(found('dev', silence('Nonsense'))).toEqual([expect.stringMatching(/verify\/unknown-alert Take a name from docs\/reference\/alerts\.md/)]);
});

it('knows the teams', () => {
  const teams = alertmanager('smtp: {smarthost: "mail.acme.io:587", from: a@acme.io, username: a}\n        teams: [{name: reserach, emails: [r@acme.io]}]');
  expect(found('dev', `    tenants: [{name: research}]\n${teams}`)).toEqual([expect.stringMatching(/^9:\d+ warning verify\/unknown-team Did you mean "research"\?/)]);
  expect(found('dev', `    tenants: [{name: reserach}]\n${teams}`)).toEqual([]);
});

it('warns of sign-in whose way back leads nowhere, once for a line', () => {
  const sso = 'sso: {auth_url: "https://a.io/a", token_url: "https://a.io/t", api_url: "https://a.io/u", client_id: g, admin_groups: [a]}';
  const grafana = (more: string) => signInHosts(resolved('dev', `    components:\n      kube-prometheus-stack: {grafana: {${sso}${more}}}\n`).plan).map(({ code, at }) => `${at.line}:${at.column} ${code}`);
  expect(grafana('')).toEqual(['6:7 verify/sign-in-leads-nowhere']);
  expect(grafana(', ingress: {enabled: true}')).toEqual([]);
  const argocd = (more: string) => signInHosts(resolved('dev', `    components:\n      argocd: {sso: {oidc: {issuer: "https://a.io", client_id: g}}${more}}\n`).plan).map(({ code, at }) => `${at.line}:${at.column} ${code}`);
  expect(argocd('')).toEqual(['6:7 verify/sign-in-leads-nowhere']);
  expect(argocd(', ingress: {enabled: true}')).toEqual([]);
});
