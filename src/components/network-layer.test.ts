import { describe, expect, it } from 'vitest';
import { apiServerConfigMap } from '../units/wellknown.ts';
import { chartOf, exampleCluster, objectsOf, planned, releaseOf, rolesOf } from '../../test/fixtures/planned-components.ts';

const dev = exampleCluster('dev');
const prod = exampleCluster('prod');

describe('cilium', () => {
  it('puts the addresses of pods into the private subnets and no others', () => {
    expect(chartOf(planned('cilium', prod), 'cilium').clusterValues).toMatchObject({ eni: { nodeSpec: { subnetTags: [`karpenter.sh/discovery=${prod.name}`] } } });
  });

  const values = chartOf(planned('cilium', dev), 'cilium');

  it('takes its addresses from the VPC, alone, in place of kube-proxy', () => {
    expect(values.values).toMatchObject({ eni: { enabled: true }, ipam: { mode: 'eni' }, routingMode: 'native', kubeProxyReplacement: 'true', cni: { chainingMode: 'none', exclusive: true } });
  });

  it('finds the API server without kube-proxy', () => {
    expect(values.values).toMatchObject({ k8sServiceHostRef: { name: apiServerConfigMap, key: 'host' }, k8sServicePort: '443' });
    expect(values.values).not.toHaveProperty('k8sServiceHost');
  });

  it('is installed by Terraform, with the operator in a role of its own that can see what ENI mode needs', () => {
    expect(values.installedBy).toBe('terraform');
    const [role] = rolesOf(planned('cilium', dev));
    expect(role).toMatchObject({ namespace: 'kube-system', serviceAccount: 'cilium-operator' });
    const actions = role?.allow.flatMap((statement) => statement.actions);
    for (const needed of ['ec2:DescribeVpcs', 'ec2:DescribeSecurityGroups', 'ec2:DescribeRouteTables', 'ec2:DescribeInstanceTypes', 'ec2:AttachNetworkInterface']) expect(actions).toContain(needed);
  });

  it('makes certificates once and not on every render', () => {
    expect(values.clusterValues).toMatchObject({ hubble: { tls: { auto: { method: 'cronJob' } } } });
  });

  it('keeps names of clusters within the 32 characters Cilium takes', () => {
    const long = { ...dev, name: `${'very-long-prefix-'.repeat(3)}cluster-01` };
    const { cluster } = chartOf(planned('cilium', long), 'cilium').clusterValues as { cluster: { name: string } };
    expect(cluster.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/);
  });

  it('encrypts between nodes on request', () => {
    expect(chartOf(planned('cilium', dev, { wireguard: true }), 'cilium').clusterValues).toMatchObject({ encryption: { enabled: true, type: 'wireguard', nodeEncryption: true } });
  });

  it('needs no second node for its operator where there is one', () => {
    const single = { ...dev, nodes: { ...dev.nodes, desired: 1 } };
    expect(chartOf(planned('cilium', single), 'cilium').clusterValues).toMatchObject({ operator: { replicas: 1 } });
  });
});

describe('ebs-csi', () => {
  it('makes exactly one default class, encrypted, in the zone of the pod', () => {
    const classes = objectsOf(planned('ebs-csi', dev), 'storage-classes');
    expect(classes).toHaveLength(1);
    expect(classes[0]).toMatchObject({ metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }, parameters: { type: 'gp3', encrypted: 'true' }, volumeBindingMode: 'WaitForFirstConsumer' });
  });

  it('repeats the tolerations it replaces', () => {
    const release = releaseOf(planned('ebs-csi', dev), 'aws-ebs-csi-driver');
    expect(JSON.stringify(release)).toContain('CriticalAddonsOnly');
  });
});

describe('argocd', () => {
  it('lets the waves of an app-of-apps wait for health', () => {
    expect(chartOf(planned('argocd', dev), 'argocd').values).toMatchObject({ configs: { cm: { 'resource.customizations.health.argoproj.io_Application': expect.stringContaining('obj.status.health') as string } } });
  });

  it('serves nothing in the clear', () => {
    expect(JSON.stringify(chartOf(planned('argocd', prod), 'argocd'))).not.toContain('server.insecure');
  });

  it('may assume the access role of each spoke, and no other', () => {
    const [role] = rolesOf(planned('argocd', prod));
    expect(role?.allow).toEqual([{ sid: 'AssumeSpokeRoles', actions: ['sts:AssumeRole'], on: [`arn:aws:iam::${exampleCluster('prod', 1).accountId}:role/${exampleCluster('prod', 1).name}-argocd-access`] }]);
    expect(rolesOf(planned('argocd', dev))[0]?.allow).toEqual([]);
  });

  it('runs Redis on three nodes in prod, once it has them', () => {
    const large = { ...prod, nodes: { ...prod.nodes, desired: 4 } };
    expect(chartOf(planned('argocd', large), 'argocd').clusterValues).toMatchObject({ 'redis-ha': { enabled: true } });
    expect(chartOf(planned('argocd', dev), 'argocd').clusterValues).not.toHaveProperty('redis-ha');
  });

  it('has no part in prod that a single lost node stops for all clusters', () => {
    for (const part of ['server', 'repoServer', 'applicationSet']) expect(chartOf(planned('argocd', prod), 'argocd').clusterValues).toMatchObject({ [part]: { replicas: 2 } });
    // Two of these without a leader would write over one another.
    expect(chartOf(planned('argocd', prod), 'argocd').clusterValues).toMatchObject({ configs: { params: { 'applicationsetcontroller.enable.leader.election': 'true' } } });
  });
});
