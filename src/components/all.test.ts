import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import type { Release } from '../model/workload.ts';
import { examplePlatform, plannedDefaults, rolesOf } from '../../test/fixtures/planned-components.ts';

const clusters = examplePlatform.environments.flatMap((environment) => environment.clusters);
const plans = clusters.flatMap((cluster) => plannedDefaults(cluster));
const shared = (release: Release): unknown => (release.kind === 'chart' ? release.values : release.kind === 'manifests' ? release.manifests : undefined);

describe('all components', () => {
  it('share values and manifests that are the same for every cluster', () => {
    const first = new Map<string, unknown>();
    for (const release of plans.flatMap(({ workload }) => workload.releases)) {
      const known = first.get(release.name);
      if (known === undefined) first.set(release.name, shared(release));
      else expect(shared(release), release.name).toEqual(known);
    }
  });

  it.each(clusters.map((cluster) => [cluster.name, cluster] as const))('%s: releases have names of their own, in namespaces that are made', (_, cluster) => {
    const here = plannedDefaults(cluster);
    const releases = here.flatMap(({ workload }) => workload.releases);
    const namespaces = here.flatMap(({ workload }) => workload.namespaces.map(({ name }) => name));
    expect(new Set(releases.map(({ name }) => name)).size).toBe(releases.length);
    expect(namespaces).not.toContain('kube-system');
    for (const { namespace } of releases) expect(['kube-system', ...namespaces]).toContain(namespace);
  });

  it('have roles with names of their own in the account, each worn by the service account it trusts', () => {
    const names = plans.flatMap((plan) => rolesOf(plan).map((role) => `${plan.cluster.accountId}/${role.roleName}`));
    expect(new Set(names).size).toBe(names.length);
    for (const plan of plans) {
      for (const role of rolesOf(plan)) {
        expect(role.roleName.length).toBeLessThanOrEqual(64);
        const worn = plan.workload.releases.some((release) => (release.kind === 'eks-addon' ? release.roleArn === role.arn : JSON.stringify(release.kind === 'chart' ? release.clusterValues : release.clusterManifests).includes(role.arn)));
        expect(worn, role.roleName).toBe(true);
      }
    }
  });

  it('may do named things only, and change nothing on "*" without a condition', () => {
    const reading = /^[a-z0-9-]+:(Describe|List|Get|BatchGet)/;
    // What the pinned controllers' own documents leave open, because IAM knows no resource or tag for it.
    const open = new Set(['aws-load-balancer-controller', 'cert-manager']);
    for (const plan of plans) {
      for (const { actions, on, when } of rolesOf(plan).flatMap(({ allow }) => allow)) {
        expect(on.length).toBeGreaterThan(0);
        for (const action of actions) {
          expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
          if (on.includes('*') && !when && !open.has(plan.id)) expect(action).toMatch(reading);
        }
      }
    }
  });

  it('put no secret into values', () => {
    const visit = (value: unknown, path: string): void => {
      if (typeof value === 'string') {
        if (/(password|clientsecret|token|privatekey)$/i.test(path)) expect(value, path).toMatch(/^(\$.*|)$/);
      } else if (typeof value === 'object' && value !== null) {
        for (const [key, one] of Object.entries(value)) visit(one, `${path}.${key}`);
      }
    };
    for (const release of plans.flatMap(({ workload }) => workload.releases)) if (release.kind === 'chart') visit({ ...release.values, ...release.clusterValues }, release.name);
  });

  it('decide the same for the same input, whatever the fleet', () => {
    const prefix = fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/);
    fc.assert(
      fc.property(prefix, fc.integer({ min: 1, max: 4 }), fc.constantFrom('us-east-1', 'eu-west-1', 'ap-southeast-2'), (name, count, region) => {
        const make = () => platformFixture([{ tier: 'prod', clusters: count, regions: [region], settings: { cluster_name_prefix: name } }]);
        const decide = (platform: ReturnType<typeof make>) => JSON.stringify(platform.environments.flatMap((environment) => environment.clusters.flatMap((cluster) => plannedDefaults(cluster, platform))));
        expect(decide(make())).toBe(decide(make()));
      }),
      { numRuns: 15 },
    );
  });
});
