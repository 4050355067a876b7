import { describe, expect, it } from 'vitest';
import { load } from './load.ts';

const regions = { 'us-east-1': { partition: 'aws', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] } };
const registry = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: dev-mlops-a, region: us-east-1, labels: {environment: dev, hub: "true"}}\n';
const loaded = (org: string) => load(new Map([
  ['configuration/platform.yaml', `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  dev: {aws: {account_id: "314159265358"}}\n${org}`],
  ['configuration/clusters/dev.yaml', registry],
]), undefined, new Map(), { regions });

describe('the organization of a platform', () => {
  it('is absent unless it is switched on', () => {
    expect(loaded('').value?.platform).not.toHaveProperty('organization');
    expect(loaded('org: {enabled: false, management_account_id: "271828182845"}').value?.platform).not.toHaveProperty('organization');
    expect(loaded('org: {enabled: true, management_account_id: "271828182845"}').value?.platform.organization).toMatchObject({ managementAccountId: '271828182845', at: { line: 4 } });
  });
  it('has no environment in the account that owns it', () => {
    const { value, diagnostics } = loaded('org: {enabled: true, management_account_id: "314159265358"}');
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'config/contradiction', at: { line: 4 } }]);
  });
  it('points at the key that is wrong', () => {
    const { diagnostics } = loaded('org:\n  accounts:\n    x: {email: a@acme.io, parent: nowhere}\n  unts: []');
    expect(diagnostics.map(({ code, at }) => [code, at.line])).toEqual(expect.arrayContaining([['config/unknown-key', 7]]));
    expect(loaded('org:\n  accounts:\n    x: {email: a@acme.io, parent: nowhere}').diagnostics).toMatchObject([{ code: 'config/wrong-value', at: { line: 6 } }]);
  });
});
