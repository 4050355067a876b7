import { describe, expect, it } from 'vitest';
import { exampleCluster, planned, rolesOf } from '../../test/fixtures/planned-components.ts';
import type { Planned } from '../../test/fixtures/planned-components.ts';
import type { AddonRelease } from '../model/workload.ts';
import { renderStandIn } from '../local/charts/stand-in.ts';
import { components } from './registry.ts';

const prod = exampleCluster('prod');
const addonOf = ({ workload, id }: Planned): AddonRelease => workload.releases.find((release) => release.kind === 'eks-addon') ?? expect.fail(`${id} has no add-on`);
const optional = components.filter(({ id, defaultOn }) => defaultOn === false && planned(id, prod).workload.releases.some(({ kind }) => kind === 'eks-addon')).map(({ id }) => id);

describe.each(optional)('%s', (id) => {
  const plan = planned(id, prod);
  const addon = addonOf(plan);

  it('runs on nodes that Cilium has not reached yet, where it runs on every node', () => {
    for (const { kind, tolerations } of addon.standIn.workloads) if (kind === 'DaemonSet') expect(tolerations).toBe('all');
    if ('tolerations' in addon.configuration) expect(addon.configuration['tolerations']).toEqual([{ operator: 'Exists' }]);
  });

  it('wears every role it asks for', () => {
    const worn = [addon.roleArn, ...(addon.podIdentities ?? []).map(({ roleArn }) => roleArn)].filter((arn) => arn !== undefined);
    expect(worn.toSorted()).toEqual(rolesOf(plan).map(({ arn }) => arn).toSorted());
    for (const { serviceAccount, roleArn } of addon.podIdentities ?? []) expect(rolesOf(plan).find(({ arn }) => arn === roleArn)).toMatchObject({ serviceAccount, namespace: addon.namespace, through: 'pod-identity' });
  });

  it('asks for the agent of pod identity where it needs it', () => {
    expect(components.find((one) => one.id === id)?.requires?.includes('pod-identity-agent')).toBe(addon.podIdentities !== undefined);
  });

  it('lets the user have the last word on its configuration', () => {
    expect(addonOf(planned(id, prod, { configuration: { tolerations: [], extra: 1 }, addon_version: 'v9.9.9-eksbuild.9' }))).toMatchObject({ version: 'v9.9.9-eksbuild.9', configuration: { tolerations: [], extra: 1 } });
    expect(() => planned(id, prod, { addon_version: 'latest' })).toThrow('eksbuild');
  });

  it('brings its namespace on the local platform only, before all else', () => {
    const [first] = renderStandIn(addon.standIn, addon);
    expect(plan.workload.namespaces).toEqual([]);
    if (addon.namespace !== 'kube-system') expect(first).toMatchObject({ kind: 'Namespace', metadata: { name: addon.namespace } });
  });
});

describe('cloudwatch-observability', () => {
  it('sends logs and no traces unless told to', () => {
    const plan = planned('cloudwatch-observability', prod);
    expect(addonOf(plan).configuration).toMatchObject({ containerLogs: { enabled: true }, manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } } });
    expect(JSON.stringify(rolesOf(plan))).not.toContain('xray:');
    const signals = planned('cloudwatch-observability', prod, { application_signals: true, container_logs: false });
    expect(JSON.stringify(rolesOf(signals))).toContain('xray:PutTraceSegments');
    expect(addonOf(signals).configuration).toMatchObject({ containerLogs: { enabled: false }, agent: { config: { logs: { metrics_collected: { application_signals: {} } } } } });
  });
});
