import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { environmentNames, extents, filesOf, platformOf } from '../../../test/fixtures/everything.ts';
import { catalogFacts } from '../../compile/catalog-facts.ts';
import { resolve } from '../../compile/compile.ts';
import { components } from '../../components/registry.ts';
import type { ComponentPlan, Plan } from '../../model/plan.ts';
import type { Release } from '../../model/workload.ts';
import { planFaults } from './plan-faults.ts';

const folder = new URL('../../../configuration/', import.meta.url);

const defaultPlan = (): Plan => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  const files = new Map(names.map((name) => [`configuration/${name}`, readFileSync(new URL(name, folder), 'utf8')]));
  const { value, diagnostics } = resolve({ files, lock: undefined, components, facts: catalogFacts() });
  if (!value) throw new Error(diagnostics.map((one) => one.summary).join('\n'));
  return value.plan;
};

/** The default plan with one release more on its first component. */
const withRelease = (release: Release): Plan => {
  const given = defaultPlan();
  const [environment] = given.environments;
  const [cluster] = environment?.clusters ?? [];
  const [component] = cluster?.components ?? [];
  if (!environment || !cluster || !component) throw new Error('the default configuration is empty');
  const changed: ComponentPlan = { ...component, workload: { namespaces: [{ name: 'strict', podSecurity: 'restricted' }], releases: [release] } };
  return { ...given, environments: [{ ...environment, clusters: [{ ...cluster, components: [changed] }] }] };
};
const standIn = { workloads: [] };
const faults = (release: Release): readonly string[] => planFaults(withRelease(release)).map(({ what, message }) => `${what}: ${message}`);

describe('planFaults', () => {
  it('finds nothing in the default configuration', () => {
    expect(planFaults(defaultPlan())).toEqual([]);
  });
  it.each(extents)('finds nothing with everything %s, in every environment', (extent) => {
    const files = filesOf(environmentNames, platformOf(environmentNames, extent));
    const { value, diagnostics } = resolve({ files, lock: undefined, components, facts: catalogFacts() });
    expect(planFaults(value?.plan ?? expect.fail(JSON.stringify(diagnostics))).map(({ release, what, message }) => `${release} ${what}: ${message}`)).toEqual([]);
  });
  it('finds a value that the pinned chart does not know, and a chart that is not pinned', () => {
    const chart = { kind: 'chart', name: 'r', namespace: 'strict', values: {}, installedBy: 'gitops', standIn } as const;
    expect(faults({ ...chart, chart: 'karpenter', clusterValues: { setings: {} } })).toEqual(['value setings: the chart does not know this value; did you mean "settings"?']);
    expect(faults({ ...chart, chart: 'nginx', clusterValues: {} })).toEqual(['chart: "nginx" is not pinned in catalog/charts.ts']);
    expect(faults({ ...chart, chart: { name: 'keda', repository: 'https://x', version: '1.0.0' }, clusterValues: { a: 1 } })).toEqual([]);
  });
  it('finds a key that the add-on refuses', () => {
    expect(faults({ kind: 'eks-addon', name: 'r', namespace: 'kube-system', addon: 'coredns', configuration: { toleration: [] }, standIn })).toEqual(['configuration toleration: the add-on refuses this key; did you mean "tolerations"?']);
  });
  it('finds what the API server or Pod Security refuses', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'i', comand: [] }] } };
    const found = faults({ kind: 'manifests', name: 'r', namespace: 'strict', manifests: [pod], clusterManifests: [] });
    expect(found[0]).toBe('Pod/a spec.containers[0].comand: "comand" is not a field here; did you mean "command"?');
    expect(found).toContain('Pod/a spec.containers[0]: restricted pod security: c must drop ALL capabilities');
  });
  it('points at the line that asked for the component', () => {
    const [fault] = planFaults(withRelease({ kind: 'manifests', name: 'r', namespace: 'strict', manifests: [{ apiVersion: 'v2', kind: 'Pod', metadata: { name: 'a' } }], clusterManifests: [] }));
    expect(fault?.because.file).toMatch(/^configuration\//);
    expect(fault?.release).toBe('r');
  });
});
