import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import type { Plan } from '../model/plan.ts';
import { ingress } from './ingress.ts';

const plan = (settings: unknown): Plan => {
  const platform = platformFixture([{ tier: 'prod', clusters: 2 }]);
  const because = { file: 'configuration/platform.yaml', line: 4, column: 7 };
  return { platform, environments: platform.environments.map((environment) => ({ environment, clusters: environment.clusters.map((cluster) => ({ cluster, environment, components: [{ id: 'oauth2-proxy', settings, because, workload: { namespaces: [], releases: [] } }] })) })) } as unknown as Plan;
};

it('refuses a proxy that is told nothing of who may sign in, once, at the line that asked', () => {
  expect(ingress(plan({ allowed_groups: [] })).map(({ code, severity, at }) => [code, severity, at.line])).toEqual([['verify/no-sign-in', 'error', 4]]);
  expect(ingress(plan({ issuer: 'https://id.acme.io', client_id: 'h', allowed_groups: ['a'] }))).toEqual([]);
});
