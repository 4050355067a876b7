import { expect, it } from 'vitest';
import { catalogFacts } from '../compile/catalog-facts.ts';
import { resolve } from '../compile/compile.ts';
import { components } from '../components/registry.ts';
import { securityServices } from './security-services.ts';

const registry = (...clusters: readonly string[]): string => `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n${clusters.join('')}`;
const cluster = (environment: string, name: string, region = 'us-east-1', hub = ', hub: "true"'): string => `    - {name: ${environment}-mlops-${name}, region: ${region}, labels: {environment: ${environment}${hub}}}\n`;
const dev = (security: string, account = '314159265358'): string => `  dev:\n    aws: {account_id: "${account}"}\n    security: ${security}\n`;
const all = (environments: string, clusters: readonly string[] = [cluster('dev', 'a')], top = '') => {
  const files = new Map([['configuration/platform.yaml', `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n${environments}${top}`], ['configuration/clusters/all.yaml', registry(...clusters)]]);
  const { value, diagnostics } = resolve({ files, lock: undefined, components, facts: catalogFacts() });
  if (!value) expect.fail(JSON.stringify(diagnostics));
  return securityServices(value.sources).map(({ code, at, summary }) => [code, at.line, summary] as const);
};
const found = (...given: Parameters<typeof all>) => all(...given).filter(([code]) => code !== 'verify/runtime-without-agent');

it('tells of alerts on findings that nothing finds, where they were asked for', () => {
  expect(found(dev('{finding_alerts: true}'))).toEqual([['verify/unheard-findings', 5, 'envs.dev.security.finding_alerts is on, but neither GuardDuty nor Security Hub is on in us-east-1.']]);
  expect(found(dev('{finding_alerts: true, guardduty: {enabled: true}}'))).toEqual([]);
  expect(found(dev('{finding_alerts: true, security_hub: {enabled: true}, config: {enabled: true}}'))).toEqual([]);
  expect(found(`${dev('{finding_alerts: true}')}    features: {security: {guardduty: true}}\n`)).toEqual([]);
  expect(found(dev('{finding_alerts: false}'))).toEqual([]);
});

it('names the region in which nothing finds anything', () => {
  const qa = '  qa:\n    aws: {account_id: "314159265358"}\n    cluster_name_prefix: qa-mlops\n';
  const both = [cluster('dev', 'a'), cluster('dev', 'b', 'eu-west-1', ''), cluster('qa', 'a')];
  expect(found(dev('{finding_alerts: true}') + qa, both).map(([, , summary]) => summary)).toEqual(['envs.dev.security.finding_alerts is on, but neither GuardDuty nor Security Hub is on in eu-west-1.']);
  expect(found(dev('{finding_alerts: true}', '271828182845') + qa, both).map(([, , summary]) => summary)).toEqual(['envs.dev.security.finding_alerts is on, but neither GuardDuty nor Security Hub is on in us-east-1 and eu-west-1.']);
});

it('tells of a hub without a recorder', () => {
  expect(found(dev('{security_hub: {enabled: true}}'))).toEqual([['verify/hub-without-recorder', 5, 'envs.dev.security.security_hub is on, but AWS Config records nothing in us-east-1.']]);
});

it('is silent where the organization gave the service to another account', () => {
  const org = (services: string): string => `org:\n  enabled: true\n  management_account_id: "271828182845"\n  accounts: {audit: {email: audit@acme.io, parent: security}}\n  delegated_administrators: {${services}}\n`;
  expect(found(dev('{finding_alerts: true}'), undefined, org('guardduty: audit'))).toEqual([]);
  expect(found(dev('{finding_alerts: true}'), undefined, org('inspector: audit'))).toHaveLength(1);
});

it('tells of clusters without an agent for runtime monitoring', () => {
  const agent = '    components: {guardduty-runtime: {enabled: true}}\n';
  expect(all(dev('{guardduty: {enabled: true}}'))).toEqual([['verify/runtime-without-agent', 5, 'envs.dev.security.guardduty.runtime_monitoring is on, but dev-mlops-a has no agent.']]);
  expect(all(dev('{guardduty: {enabled: true, runtime_monitoring: false}}'))).toEqual([]);
  expect(all(dev('{guardduty: {enabled: true, manage_agent: true}}'))).toEqual([]);
  expect(all(dev('{guardduty: {enabled: true}}') + agent)).toEqual([]);
  expect(all(dev('{guardduty: {enabled: false}}'))).toEqual([]);
});
