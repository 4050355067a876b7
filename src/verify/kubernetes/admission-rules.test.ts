import { describe, expect, it } from 'vitest';
import { admissionCases } from '../../../test/fixtures/admission-cases.ts';
import { isFrom, isTagged, refusingPolicies } from './admission-rules.ts';

const limits = { labels: ['team', 'environment'], namespaceLabels: ['cluster'], registries: ['quay.io/cilium/', 'ghcr.io/external-secrets/', 'docker.io/grafana/'], hostnames: { 'tenant-research': ['research.acme.io', '*.research.acme.io'] } };

describe('refusingPolicies', () => {
  it.each(admissionCases)('$policy: $what', ({ policy, refused, admitted }) => {
    expect(refusingPolicies(refused, limits)).toEqual([policy]);
    expect(refusingPolicies(admitted, limits)).toEqual([]);
  });
});

it('knows what a short name stands for', () => {
  expect(isFrom('nginx:1', ['docker.io/library/'])).toBe(true);
  expect(isFrom('acme/nginx:1', ['docker.io/acme/'])).toBe(true);
  expect(isFrom('localhost/nginx:1', ['docker.io/'])).toBe(false);
  expect(isFrom('reg:5000/nginx', ['reg:5000/'])).toBe(true);
});

it('does not take the port of a registry for a tag', () => {
  expect(isTagged('reg:5000/nginx')).toBe(false);
  expect(isTagged('reg:5000/nginx:1')).toBe(true);
});
