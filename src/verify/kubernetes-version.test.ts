import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import type { Plan } from '../model/plan.ts';
import { kubernetesVersions } from './kubernetes-version.ts';

/** A plan whose clusters run these charts; nothing else of their components is looked at. */
const plan = (version: string, charts: readonly string[], { policy = 'standard', clusters = 1 } = {}): Plan => {
  const platform = platformFixture([{ tier: 'dev', clusters, settings: { kubernetes: { version, upgrade_policy: policy } } }]);
  const components = charts.map((chart) => ({ id: chart, workload: { releases: [{ kind: 'chart', chart }] } }));
  return { platform, environments: platform.environments.map((environment) => ({ environment, clusters: environment.clusters.map((cluster) => ({ cluster, environment, components })) })) } as unknown as Plan;
};
const found = (...args: Parameters<typeof plan>) => kubernetesVersions(plan(...args)).map(({ code, severity, summary }) => [code, severity, summary]);

it('accepts the version that everything was chosen for', () => expect(found('1.35', ['cilium', 'karpenter', 'metrics-server'])).toEqual([]));

it('refuses what EKS does not offer', () => {
  expect(found('1.99', ['cilium'])).toEqual([['verify/unknown-kubernetes', 'error', 'kubernetes.version "1.99" of dev-mlops-cluster-01 is not one that EKS offered on 2026-11-24.']]);
});

it('refuses what is past standard support, unless extended support is paid for', () => {
  expect(found('1.33', ['cilium']).map(([code]) => code)).toEqual(['verify/expired-kubernetes']);
  expect(found('1.33', ['cilium'], { policy: 'extended' }).map(([code, severity]) => [code, severity])).toEqual([['verify/extended-kubernetes', 'warning']]);
});

it('names every chart whose project does not support the version, once for clusters of a kind', () => {
  expect(found('1.36', ['cilium', 'cert-manager', 'karpenter', 'external-dns'], { clusters: 3 })).toEqual([
    ['verify/unsupported-kubernetes', 'error', 'Kubernetes 1.36 (dev-mlops-cluster-01 and 2 more) is not supported by the pinned version of cert-manager, cilium.'],
  ]);
});
