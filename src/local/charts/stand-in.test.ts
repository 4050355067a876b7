import { describe, expect, it } from 'vitest';
import { placeOf, renderStandIn, standInLabel } from './stand-in.ts';

const requests = { cpu: '100m', memory: '128Mi' };
const place = { name: 'cilium', namespace: 'kube-system' };

describe('renderStandIn', () => {
  it('makes a service account with its role before the workload that uses it', () => {
    const objects = renderStandIn(
      { workloads: [{ kind: 'Deployment', name: 'cilium-operator', replicas: 2, serviceAccount: 'cilium-operator', roleArn: 'arn:aws:iam::1:role/x', requests }] },
      place,
    );
    expect(objects.map((o) => `${o.kind}/${o.metadata.name}`)).toEqual(['ServiceAccount/cilium-operator', 'Deployment/cilium-operator']);
    expect(objects[0]?.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/x' });
    expect(objects[1]).toMatchObject({ spec: { replicas: 2, template: { spec: { serviceAccountName: 'cilium-operator' } } } });
  });

  it('lets node agents tolerate everything and gives them no replica count', () => {
    const [agent] = renderStandIn({ workloads: [{ kind: 'DaemonSet', name: 'cilium', labels: { 'k8s-app': 'cilium' }, hostNetwork: true, tolerations: 'all', requests }] }, place);
    expect(agent).toMatchObject({
      spec: { selector: { matchLabels: { 'k8s-app': 'cilium' } }, template: { spec: { hostNetwork: true, tolerations: [{ operator: 'Exists' }] } } },
    });
    expect(agent?.['spec']).not.toHaveProperty('replicas');
  });

  it('marks every workload as a stand-in, outside the selector', () => {
    const [workload] = renderStandIn({ workloads: [{ kind: 'StatefulSet', name: 'db', requests }] }, place);
    expect(workload?.metadata.labels).toHaveProperty([standInLabel], 'true');
    expect(workload).toMatchObject({ spec: { serviceName: 'db', replicas: 1, template: { metadata: { labels: { [standInLabel]: 'true' } } } } });
    expect(JSON.stringify((workload?.['spec'] as { selector: unknown }).selector)).not.toContain(standInLabel);
  });

  it('puts a service in front of a workload that declares a port', () => {
    const [front] = renderStandIn({ workloads: [{ kind: 'Deployment', name: 'web', port: 8080, requests }] }, place);
    expect(front).toMatchObject({ kind: 'Service', spec: { ports: [{ port: 8080 }] } });
  });

  it('bears an image of the chart it stands for, and one that names itself where nobody knows any', () => {
    const release = { kind: 'chart', name: 'r', namespace: 'n', values: {}, clusterValues: {}, installedBy: 'gitops', standIn: { workloads: [] } } as const;
    expect(placeOf({ ...release, chart: 'karpenter' }).image).toMatch(/^public\.ecr\.aws\/karpenter\/controller:/);
    expect(placeOf({ ...release, chart: { name: 'x', repository: 'https://x', version: '1', images: ['ghcr.io/x/y:1'] } }).image).toBe('ghcr.io/x/y:1');
    expect(placeOf({ ...release, chart: { name: 'x', repository: 'https://x', version: '1' } })).toEqual({ name: 'r', namespace: 'n' });
    const [pod] = renderStandIn({ workloads: [{ kind: 'StatefulSet', name: 'db', requests }] }, { name: 'r', namespace: 'n', image: 'a/b:1' });
    expect(pod).toMatchObject({ spec: { template: { spec: { containers: [{ image: 'a/b:1' }] } } } });
  });

  it('stands in the namespace that a workload names, with its account and Service', () => {
    const found = renderStandIn({ workloads: [{ kind: 'DaemonSet', name: 'agent', namespace: 'host', serviceAccount: 'agent', port: 9100, requests }, { kind: 'Deployment', name: 'server', serviceAccount: 'agent', requests }] }, place);
    expect(found.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'ServiceAccount host/agent', `ServiceAccount ${place.namespace}/agent`, 'Service host/agent', 'DaemonSet host/agent', `Deployment ${place.namespace}/server`,
    ]);
  });
});
