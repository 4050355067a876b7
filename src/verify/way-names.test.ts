import { describe, expect, it } from 'vitest';
import { twoRegions } from '../../test/fixtures/two-regions.ts';
import { wayNames } from './way-names.ts';

const found = (components: Readonly<Record<string, unknown>>, environment: Readonly<Record<string, unknown>> = {}): readonly string[] =>
  wayNames(twoRegions({ ...environment, components })).map(({ code, severity, at, summary }) => {
    expect(at.file).toBe('configuration/platform.yaml');
    return `${severity} ${code} ${summary}`;
  });
const told = { issuer: 'https://id.acme.io', client_id: 'h', allowed_groups: ['a'] };
const grafana = (ingress: Readonly<Record<string, unknown>>) => ({ 'kube-prometheus-stack': { grafana: { ingress: { enabled: true, ...ingress } } } });
const argocd = (more: Readonly<Record<string, unknown>>) => ({ argocd: { ingress: { enabled: true, via: 'gateway' }, ...more } });

it('has nothing to say of names that follow from the configuration', () => {
  expect(found({ ...grafana({ via: 'gateway' }), ...argocd({}), 'gateway-api': {}, 'oauth2-proxy': told })).toEqual([]);
  expect(found({ ...grafana({}), 'oauth2-proxy': told })).toEqual([]);
});

describe('the gateway', () => {
  it('must be there', () => expect(found(argocd({}))).toEqual([expect.stringContaining('error verify/no-gateway Argo CD of prod-mlops-a is to be reached through the shared gateway, which')]));

  it('must serve the name, and its certificate cover it', () => {
    expect(found({ ...argocd({}), 'gateway-api': { domains: ['*.prod.eks.internal'] } })).toEqual([]);
    const narrow = found({ ...grafana({ via: 'gateway' }), 'gateway-api': { domains: ['*.prod.eks.internal'] } });
    expect(narrow).toEqual([expect.stringContaining('error verify/no-gateway Grafana of prod-mlops-a'), expect.stringContaining('error verify/no-gateway Grafana of prod-mlops-b')]);
  });
});

describe('records', () => {
  it('are written by nobody outside the private zone', () => {
    expect(found({ argocd: { host: 'argocd.acme.io', ingress: { enabled: true } } })).toEqual([expect.stringContaining('warning verify/no-record Nobody writes a record for argocd.acme.io of prod-mlops-a')]);
    expect(found({ argocd: { host: 'argocd.acme.io', ingress: { enabled: true } } }, { domain: 'acme.io' })).toEqual([]);
    expect(found({ argocd: { host: 'argocd.notacme.io', ingress: { enabled: true } } }, { domain: 'acme.io' })).toHaveLength(1);
    expect(found({ 'gateway-api': { domains: ['*.acme.io'] } }).every((one) => one.startsWith('warning verify/no-record Nobody writes a record for *.acme.io'))).toBe(true);
  });

  it('are not for the internet', () => expect(found({ 'gateway-api': { scheme: 'internet-facing' } })[0]).toContain('warning verify/no-record The gateway of prod-mlops-a has addresses of the internet'));
});

it('two clusters have no name in common', () => {
  expect(found(grafana({ host: 'grafana.prod.eks.internal' }))).toEqual([expect.stringContaining('error verify/same-host Grafana of prod-mlops-b and of prod-mlops-a are both to be reached by grafana.prod.eks.internal')]);
  expect(found({ 'oauth2-proxy': { ...told, host: 'hubble.prod.eks.internal' } })).toHaveLength(1);
});
