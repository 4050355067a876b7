import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { terraformPlan } from '../../test/fixtures/terraform-plan.ts';
import { registersClusterLabel } from '../units/wellknown.ts';
import type { Plan } from '../model/plan.ts';
import { oneEngine } from './one-engine.ts';

const plan = terraformPlan(platformFixture([{ tier: 'dev', clusters: 2 }]));
const [hub, spoke] = plan.environments.flatMap(({ clusters }) => clusters.map(({ cluster }) => cluster.name));
const at = (cluster = '', folder = '') => ({ path: `kubernetes/clusters/${cluster}/${folder}/cilium.yaml`, text: '' });

/** The plan with Flux on the second cluster, and an object on the hub. */
const withFlux = (labels: Readonly<Record<string, string>>): Plan => ({
  ...plan,
  environments: plan.environments.map(({ environment, clusters }) => ({
    environment,
    clusters: clusters.map((each) => (each.cluster.name === spoke
      ? { ...each, cluster: { ...each.cluster, engine: 'flux' as const } }
      : { ...each, components: each.components.map((part) => ({ ...part, workload: { ...part.workload, releases: [{ kind: 'manifests' as const, name: `${part.id}-more`, namespace: 'argocd', manifests: [], clusterManifests: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', labels } }] }] } })) })),
  })),
});

it('is content with one engine for each cluster', () => {
  expect(oneEngine(withFlux({}), [at(hub, 'applications'), at(spoke, 'flux')])).toEqual([]);
});

it('names output for the other engine', () => {
  expect(oneEngine(withFlux({}), [at(hub, 'flux'), at(spoke, 'applications')]).map(({ code, summary }) => `${code} ${summary}`)).toEqual([
    expect.stringMatching(/^verify\/two-owners kubernetes\/clusters\/.*01\/flux\/cilium.yaml .*argocd/),
    expect.stringMatching(/^verify\/two-owners kubernetes\/clusters\/.*02\/applications\/cilium.yaml .*flux/),
  ]);
});

it('names a cluster of Flux that a hub registers', () => {
  expect(oneEngine(withFlux({ [registersClusterLabel]: spoke ?? '' }), [])[0]?.summary).toMatch(/registers .*02 with Argo CD/);
});
