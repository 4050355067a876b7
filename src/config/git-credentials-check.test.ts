import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ComponentEntries } from './component-settings.ts';
import { load } from './load.ts';

const components: ComponentEntries = new Map([['external-secrets', { settings: z.strictObject({}), defaultOn: true, summary: 'Brings secrets.' }]]);
const regions = { 'us-east-1': { partition: 'aws', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] } };
const registry = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: dev-mlops-a, region: us-east-1, labels: {environment: dev, hub: "true"}}\n    - {name: dev-mlops-b, region: us-east-1, labels: {environment: dev}}\n';
const credentials = { kind: 'token', secret: 'platform/git' };

const said = (gitops: Readonly<Record<string, unknown>>, dev: Readonly<Record<string, unknown>>): readonly string[] => {
  const platform = { gitops: { repo_url: 'https://git.acme.io/a/b.git', ...gitops }, envs: { dev: { aws: { account_id: '314159265358' }, ...dev } } };
  const { diagnostics } = load(new Map([['configuration/platform.yaml', JSON.stringify(platform)], ['configuration/clusters/dev.yaml', registry]]), undefined, components, { regions });
  return diagnostics.filter(({ code }) => code === 'config/contradiction').map(({ summary }) => summary);
};
const off = { components: { 'external-secrets': { enabled: false } } };

describe('credentials without External Secrets', () => {
  it('are refused for the clusters that read git', () => {
    expect(said({ credentials }, off)).toEqual([expect.stringMatching(/^dev-mlops-a reads a private git repository, but its component external-secrets is off/)]);
    expect(said({ credentials, engine: 'flux' }, off)).toHaveLength(2);
    const tenants = [{ name: 'a', clusters: ['dev-mlops-b'], git: { repo_url: 'https://git.acme.io/a/c.git', credentials } }];
    expect(said({}, { ...off, tenants })).toEqual([expect.stringMatching(/^dev-mlops-a /)]);
    expect(said({ engine: 'flux' }, { ...off, tenants })).toEqual([expect.stringMatching(/^dev-mlops-b /)]);
  });
  it('are fine where it is on, and it may be off where nothing is private', () => {
    expect(said({ credentials }, {})).toEqual([]);
    expect(said({}, off)).toEqual([]);
  });
});

describe('images that nobody would write', () => {
  const tenants = [{ name: 'a', git: { repo_url: 'https://git.acme.io/a/c.git', images: { credentials, policies: [{ name: 'x', image: 'ghcr.io/a/x', order: 'semver' }] } } }];
  it('are refused', () => expect(said({}, { tenants })).toEqual([expect.stringMatching(/tenants\[0\]\.git\.images asks Flux to write images, but no cluster of a in dev runs Flux/)]));
  it('are written on Flux', () => expect(said({ engine: 'flux' }, { tenants })).toEqual([]));
});
