import { describe, expect, it } from 'vitest';
import { exampleCluster, examplePlatform, planned, plannedDefaults } from '../../../test/fixtures/planned-components.ts';
import type { ComponentPlan, Plan } from '../../model/plan.ts';
import type { Release, Workload } from '../../model/workload.ts';
import { admission } from './admission.ts';
import { disruptionBudgets, neverLetsGo } from './disruption-budgets.ts';
import { hostAccess } from './host-access.ts';

const because = { file: 'configuration/platform.yaml', line: 7, column: 3 };
const componentPlan = (id: string, workload: Workload, settings: unknown = {}): ComponentPlan => ({ id, layer: 'platform', requires: [], settings, infra: {}, workload, network: [], alerts: [], dashboards: [], cost: [], checks: [], waves: {}, because });

/** Prod's first cluster with the policies in a mode, and what is put beside them. */
const planWith = (workloads: readonly Workload[], asked: Readonly<Record<string, unknown>> = {}): Plan => {
  const cluster = exampleCluster('prod');
  const environment = examplePlatform.environments.find(({ name }) => name === 'prod');
  if (!environment) throw new Error('no prod');
  const settings = { mode: 'deny', exempt_namespaces: [], required_labels: { exempt_namespaces: [], labels: ['team', 'environment'], namespace_labels: ['cluster'] }, allowed_registries: { exempt_namespaces: [], registries: [] } };
  const policies = planned('admission-policies', cluster, { mode: 'deny', ...asked });
  return { platform: examplePlatform, environments: [{ environment, clusters: [{ cluster, environment, components: [componentPlan('admission-policies', policies.workload, settings), ...workloads.map((workload, i) => componentPlan(`c${i}`, workload))] }] }] };
};
const chart = { kind: 'chart', name: 'r', namespace: 'made', chart: 'karpenter', values: {}, clusterValues: {}, installedBy: 'gitops', standIn: { workloads: [] } } as const satisfies Release;
const own = { name: 'x', repository: 'https://x.test', version: '1' };
const made = (release: Release, podSecurity: 'privileged' | 'baseline' | 'restricted' = 'restricted'): Workload => ({ namespaces: [{ name: 'made', podSecurity }], releases: [release] });
const told = (...workloads: readonly Workload[]): readonly string[] => admission(planWith(workloads)).map(({ code, summary }) => `${code} ${/Policy (\S+) .* refuse (.*?)( of release|\.)/.exec(summary)?.slice(1, 3).join(' ') ?? ''}`.trim());

describe('admission', () => {
  it('finds nothing in what the platform brings by itself, with every policy refusing', () => {
    const cluster = exampleCluster('prod');
    expect(admission(planWith(plannedDefaults(cluster).filter(({ id }) => id !== 'admission-policies').map(({ workload }) => workload)))).toEqual([]);
  });

  it('names an image of a registry that is not allowed, or without a tag', () => {
    expect(told(made({ ...chart, chart: { ...own, images: ['registry.evil.test/a:1', 'quay.io/cilium/a'] } }))).toEqual([
      'verify/refused-by-policy platform-allowed-registries image registry', 'verify/refused-by-policy platform-no-latest-tag image quay',
    ]);
    expect(told(made({ ...chart, chart: own }))).toEqual(['verify/unproven-images']);
  });

  it('names services and ingresses that values or objects ask for', () => {
    expect(told(made({ ...chart, values: { server: { service: { type: 'NodePort' } }, ingress: { enabled: true } }, clusterValues: { ingress: { hostname: 'a.example.org' } } }))).toEqual([
      'verify/refused-by-policy platform-no-node-port Service of value server', 'verify/refused-by-policy platform-ingress-tls Ingress of value ingress',
    ]);
    expect(told(made({ ...chart, values: { ingress: { enabled: true } }, clusterValues: { ingress: { hostname: 'a.example.org', tls: true } } }))).toEqual([]);
    expect(told(made({ kind: 'manifests', name: 'r', namespace: 'made', manifests: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { type: 'NodePort' } }], clusterManifests: [] }))).toEqual(['verify/refused-by-policy platform-no-node-port Service s']);
  });

  it('wants an exemption for pods that nothing is known of', () => {
    const pods = { ...chart, standIn: { workloads: [{ kind: 'Deployment', name: 'd', requests: { cpu: '1', memory: '1Gi' } }] } } as const;
    expect(told(made(pods))).toEqual([]);
    const foreign = told({ namespaces: [], releases: [{ ...pods, namespace: 'elsewhere' }] });
    for (const policy of ['required-labels', 'resource-limits', 'no-privileged', 'host-access', 'run-as-non-root']) expect(foreign).toContain(`verify/refused-by-policy platform-${policy} what it does not say of its pods`);
  });

  it('wants a namespace that an add-on makes to be exempt', () => {
    const addon = (namespace: string): Workload => ({ namespaces: [], releases: [{ kind: 'eks-addon', name: 'a', namespace, addon: 'a', configuration: {}, standIn: { workloads: [], objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }] } }] });
    expect(told(addon('amazon-brand-new'))).toEqual(['verify/refused-by-policy platform-required-labels Namespace amazon-brand-new']);
    expect(told(addon('amazon-guardduty'))).toEqual([]);
  });

  it('takes a binding that says no namespaces as one for all of them', () => {
    const binding = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding', metadata: { name: 'everywhere' }, spec: { policyName: 'everywhere', validationActions: ['Deny'] } };
    expect(told(made({ kind: 'manifests', name: 'everywhere', namespace: 'made', manifests: [binding], clusterManifests: [] }))).toEqual([]);
  });

  it('is content with policies that only warn, and with exempt namespaces', () => {
    const release = made({ ...chart, chart: { ...own, images: ['registry.evil.test/a:1'] } });
    expect(admission(planWith([release], { mode: 'audit' }))).toEqual([]);
    expect(admission(planWith([release], { allowed_registries: { exempt_namespaces: ['made'] } }))).toEqual([]);
    expect(admission(planWith([release]))).toMatchObject([{ at: because }]);
  });
});

describe('hostAccess', () => {
  it('names a node agent in a namespace that forbids it', () => {
    const agent = { ...chart, standIn: { workloads: [{ kind: 'DaemonSet', name: 'agent', hostNetwork: true, requests: { cpu: '1', memory: '1Gi' } }] } } as const;
    expect(hostAccess(planWith([made(agent, 'baseline')])).map(({ code }) => code)).toEqual(['verify/host-access-denied']);
    expect(hostAccess(planWith([made(agent, 'privileged'), { namespaces: [], releases: [{ ...agent, namespace: 'kube-system' }] }]))).toEqual([]);
  });
});

describe('disruptionBudgets', () => {
  it.each([
    [{ minAvailable: 1 }, 1, true], [{ minAvailable: 1 }, 2, false], [{ minAvailable: '100%' }, 5, true], [{ minAvailable: '50%' }, 1, true], [{ minAvailable: '50%' }, 2, false],
    [{ maxUnavailable: 0 }, 3, true], [{ maxUnavailable: '0%' }, 3, true], [{ maxUnavailable: '1%' }, 3, false], [{ maxUnavailable: 1 }, 1, false], [{}, 1, false],
  ] as const)('%o over %i', (budget, replicas, blocks) => expect(neverLetsGo(budget, replicas)).toBe(blocks));

  const faults = (values: Readonly<Record<string, unknown>>, clusterValues: Readonly<Record<string, unknown>> = {}) => disruptionBudgets(planWith([made({ ...chart, values, clusterValues })])).map(({ code, summary }) => `${code} ${summary}`);

  it('reads budgets from values, with the replicas beside them', () => {
    expect(faults({ server: { replicas: 1, pdb: { enabled: true, minAvailable: 1 } } })).toEqual([expect.stringMatching(/^verify\/blocks-drain value server\.pdb .* one of its 1 replica go/)]);
    expect(faults({ server: { pdb: { enabled: true, minAvailable: 1 } } }, { server: { replicas: 2 } })).toEqual([]);
    expect(faults({ podDisruptionBudget: { enabled: true } })).toHaveLength(1);
    expect(faults({ podDisruptionBudget: { enabled: false, minAvailable: 1 } })).toEqual([]);
    expect(faults({ prometheus: { podDisruptionBudget: { enabled: true }, prometheusSpec: { replicas: 2 } } })).toEqual([]);
  });

  it('reads budgets of objects, with the workloads they select', () => {
    const budget = (spec: Readonly<Record<string, unknown>>) => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'b' }, spec: { selector: { matchLabels: { app: 'a' } }, ...spec } });
    const deployment = (replicas: number) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { replicas, template: { metadata: { labels: { app: 'a' } } } } });
    const found = (...manifests: Extract<Release, { kind: 'manifests' }>['manifests']) => disruptionBudgets(planWith([made({ kind: 'manifests', name: 'r', namespace: 'made', manifests, clusterManifests: [] })])).length;
    expect(found(budget({ minAvailable: 2 }), deployment(2))).toBe(1);
    expect(found(budget({ minAvailable: 2 }), deployment(3))).toBe(0);
    expect(found(budget({ minAvailable: 2 }))).toBe(0);
    expect(found(budget({ maxUnavailable: 0 }))).toBe(1);
  });

  it('finds nothing in what the platform brings by itself', () => {
    for (const environment of examplePlatform.environments) for (const cluster of environment.clusters) {
      const plan: Plan = { platform: examplePlatform, environments: [{ environment, clusters: [{ cluster, environment, components: plannedDefaults(cluster).map(({ id, workload }) => componentPlan(id, workload)) }] }] };
      expect(disruptionBudgets(plan)).toEqual([]);
    }
  });
});
