import { expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import type { ClusterPlan, Plan } from '../model/plan.ts';
import { clusterMesh } from './cluster-mesh.ts';

const open = { enabled: true, cluster_mesh: true };
const meshed = (transit: object = open, components: object = {}) => everythingClusters({ connectivity: { transit_gateway: transit }, components: { clustermesh: { enabled: true }, ...components } });
const found = (clusters: readonly ClusterPlan[]) => {
  const [{ environment } = expect.fail('no cluster')] = clusters;
  const plan: Plan = { platform: { ...platformFixture([]), environments: [environment] }, environments: [{ environment, clusters }] };
  return clusterMesh(plan).map(({ code, severity, at }) => `${severity} ${code} ${at.file}:${at.line}`);
};
const changed = (plan: ClusterPlan | undefined, cluster: Partial<ClusterPlan['cluster']>): ClusterPlan => (plan ? { ...plan, cluster: { ...plan.cluster, ...cluster } } : expect.fail('no cluster'));

it('is content with clusters that reach each other, and with none that ask for a mesh', () => {
  expect(found(meshed())).toEqual([]);
  expect(found(everythingClusters({ components: {} }))).toEqual([]);
});

it.each([[{ enabled: false }], [{ enabled: true }], [{ enabled: true, attach: false }]])('refuses a mesh without a way: %j', (transit) => {
  expect(found(meshed(transit))).toEqual(['error verify/mesh-without-way configuration/platform.yaml:1']);
});

it('refuses one whose routes leave a cluster out', () => {
  const [hub, spoke] = meshed();
  expect(found([changed(hub, {}), changed(spoke, { cidr: '192.168.0.0/20' })])).toEqual(['error verify/mesh-without-way configuration/platform.yaml:1']);
});

it('names a cluster without an id, a mesh without its hub, and a cluster that is alone', () => {
  const [hub, spoke] = meshed();
  expect(found([changed(hub, {}), changed(spoke, { meshId: 0 })])).toEqual(['error verify/mesh-without-id configuration/platform.yaml:1']);
  expect(found([changed(hub, { hub: false }), changed(spoke, {})])).toEqual(['error verify/mesh-without-hub configuration/platform.yaml:1']);
  expect(found([changed(hub, {}), changed(spoke, { components: {} })])).toEqual(['warning verify/mesh-of-one configuration/platform.yaml:1']);
});

it('names the cluster that does not encrypt where others do', () => {
  const [hub] = meshed(open, { cilium: { wireguard: true } });
  const [, spoke] = meshed();
  expect(found([changed(hub, {}), changed(spoke, {})])).toEqual(['warning verify/mesh-part-encrypted configuration/platform.yaml:1']);
});
