import { describe, expect, it } from 'vitest';
import { load } from './load.ts';
import { tenantsOn } from './tenant-settings.ts';

const regions = { 'us-east-1': { partition: 'aws', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] } };
const said = (tenants: string) => load(new Map([
  ['configuration/platform.yaml', `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  dev:\n    aws: {account_id: "314159265358", region: us-east-1}\n    tenants:\n${tenants}`],
  ['configuration/clusters/dev.yaml', 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: dev-mlops-a, region: us-east-1, labels: {environment: dev, hub: "true"}}\n    - {name: dev-mlops-b, region: us-east-1, labels: {environment: dev}}\n'],
]), undefined, new Map(), { regions });
const messages = (tenants: string): readonly string[] => said(tenants).diagnostics.map(({ at, code, summary }) => `${at.line}:${at.column} ${code} ${summary}`);

describe('tenants', () => {
  it('are on every cluster, or on those they name, in a namespace after their name or in their own', () => {
    const { value } = said('      - {name: science}\n      - {name: research, clusters: [dev-mlops-b], namespaces: [tenant-a, tenant-b]}\n');
    const environment = value?.platform.environments[0] ?? expect.fail('refused');
    expect(tenantsOn(environment, 'dev-mlops-a').map(({ name, namespaces }) => [name, namespaces])).toEqual([['science', ['tenant-science']]]);
    expect(tenantsOn(environment, 'dev-mlops-b').map(({ name, namespaces }) => [name, namespaces])).toEqual([['science', ['tenant-science']], ['research', ['tenant-a', 'tenant-b']]]);
  });

  it.each([
    ['a cluster that is not there', '      - {name: a, clusters: [dev-mlops-c]}\n', /^6:30 config\/wrong-value envs\.dev\.tenants\[0\]\.clusters names "dev-mlops-c", which is no cluster of dev\.$/],
    ['a namespace outside of the prefix', '      - {name: a, namespaces: [argocd]}\n', /^6:32 config\/\S+ .*must begin with "tenant-"/],
    ['one namespace for two', '      - {name: a}\n      - {name: b, namespaces: [tenant-a]}\n', /^7:32 config\/wrong-value The namespace "tenant-a" is given to "b", and to "a" before\.$/],
    ['one name for two', '      - {name: a}\n      - {name: a}\n', /^7:16 config\/wrong-value envs\.dev\.tenants\[1\] is called "a", and so is a team before it\.$/],
    ['a name that is a page of the platform\'s', '      - {name: hubble}\n', /^6:16 config\/wrong-value "hubble\.dev\.\S+" of the team "hubble" takes in "hubble\.dev\.\S+", a name of the platform's own\.$/],
    ['every name', '      - {name: a, hostnames: ["*.dev.eks.local"]}\n', /^6:31 config\/wrong-value "\*\.dev\.eks\.local" of the team "a" takes in "argocd\.dev\.eks\.local"/],
    ['a name of another team', '      - {name: a, hostnames: [b.dev.eks.local]}\n      - {name: b, hostnames: ["*.dev-b.io", b.dev.eks.local]}\n', /^7:45 config\/wrong-value "b\.dev\.eks\.local" of the team "b" takes in "b\.dev\.eks\.local", which is a name of "a"\.$/],
    ['names above those of another team', '      - {name: a, hostnames: [x.acme.io]}\n      - {name: b, hostnames: ["*.acme.io"]}\n', /^7:31 config\/wrong-value "\*\.acme\.io" of the team "b" takes in "x\.acme\.io"/],
    ['a host name that is none', '      - {name: a, hostnames: ["acme.io/x"]}\n', /^6:31 config\/\S+ .*is not a DNS name/],
    ['the platform\'s name', '      - {name: platform}\n', /^6:16 config\/\S+ .*is the platform's own team/],
    ['a group of the system', '      - {name: a, groups: ["system:masters"]}\n', /^6:28 config\/\S+ .*must not begin with "system:"/],
    ['more memory than the limit', '      - {name: a, limits: {memory_request: 1Gi}}\n', /config\/\S+ .*asks for more memory than its limit/],
    ['a quantity that is none', '      - {name: a, limits: {cpu_request: much}}\n', /^6:41 config\/\S+ .*is not a quantity/],
    ['a port that is none', '      - {name: a, egress: [{host: huggingface.co, port: 0}]}\n', /^6:57 config\/\S+ .*has to be at least 1/],
    ['a store that is off', '      - {name: a, stores: [redis]}\n', /^6:28 config\/wrong-value envs\.dev\.tenants\[0\]\.stores names "redis", which dev does not have\.$/],
    ['a host that is none', '      - {name: a, egress: ["https://huggingface.co"]}\n', /^6:28 config\/\S+ .*is not a DNS name/],
  ])('with %s are refused where it stands', (_, tenants, message) => {
    expect(messages(tenants)).toEqual([expect.stringMatching(message)]);
  });
});
