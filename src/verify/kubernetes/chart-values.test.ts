import { describe, expect, it } from 'vitest';
import { charts } from '../../../catalog/charts.ts';
import { checkValues } from './chart-values.ts';

const paths = (chart: string, values: Record<string, unknown>): readonly string[] => checkValues(chart, values).map((issue) => issue.path);

describe('checkValues', () => {
  it('reads a table for every pinned chart, of the pinned version', () => {
    for (const id of Object.keys(charts)) expect(paths(id, {})).toEqual([]);
  });

  // Each of these was accepted silently by an earlier platform, or by another version of the chart.
  it.each([
    ['cilium', { dns: { proxy: true } }, 'dns'],
    ['cilium', { aws: { securityGroupsForPods: true } }, 'aws'],
    ['cilium', { podDisruptionBudget: { enabled: true } }, 'podDisruptionBudget'],
    ['cilium', { hubble: { metrics: { enabledList: ['dns'] } } }, 'hubble.metrics.enabledList'],
    ['cilium', { bgp: { enabled: true } }, 'bgp'],
    ['cilium', { eni: { updateEC2AdapterLimitViaAPI: true } }, 'eni.updateEC2AdapterLimitViaAPI'],
    ['argo-cd', { server: { ingress: { hosts: ['a'] } } }, 'server.ingress.hosts'],
    ['argo-cd', { configsRbac: {} }, 'configsRbac'],
    ['karpenter', { settings: { aws: { clusterName: 'x' } } }, 'settings.aws'],
    ['external-dns', { aws: { zoneType: 'private' } }, 'aws'],
    ['metrics-server', { replicaCount: 2 }, 'replicaCount'],
  ])('%s does not know %o', (chart, values, path) => {
    expect(paths(chart, values)).toEqual([path]);
  });

  it('names the key that was meant', () => {
    expect(checkValues('aws-load-balancer-controller', { enableServiceMutatorWebHook: false })).toEqual([
      { path: 'enableServiceMutatorWebHook', message: expect.stringContaining('enableServiceMutatorWebhook'), nearest: 'enableServiceMutatorWebhook' },
    ]);
  });

  it('lets anything stand below free maps', () => {
    expect(paths('argo-cd', { configs: { cm: { 'resource.customizations': 'x' }, params: { 'server.insecure': true } }, controller: { nodeSelector: { a: 'b' }, resources: { requests: { cpu: 1 } } } })).toEqual([]);
    expect(paths('karpenter', { serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'x' } }, tolerations: [{ anything: 1 }] })).toEqual([]);
    expect(paths('kube-prometheus-stack', { grafana: { 'grafana.ini': { auth: { disable_login_form: true } } } })).toEqual([]);
  });

  it('knows what subcharts take, and their conditions', () => {
    expect(paths('kube-prometheus-stack', { 'kube-state-metrics': { replicas: 1 }, 'prometheus-node-exporter': { hostNetwork: false }, grafana: { replicas: 2 } })).toEqual([]);
    expect(paths('kube-prometheus-stack', { grafana: { replica: 2 } })).toEqual(['grafana.replica']);
    expect(paths('nvidia-device-plugin', { nfd: { enabled: false } })).toEqual([]);
  });

  it('knows values that only templates read', () => {
    expect(paths('cilium', { egressMasqueradeInterfaces: 'ens+' })).toEqual([]);
  });

  it('finds a map where the chart wants a scalar, and the reverse; types only where the chart has a schema', () => {
    expect(checkValues('karpenter', { settings: 'x' })[0]?.message).toContain('is a map');
    expect(checkValues('karpenter', { replicas: { min: 1 } })[0]?.path).toBe('replicas');
    expect(checkValues('karpenter', { replicas: '2' })).toEqual([]);
    expect(checkValues('cilium', { hubble: { relay: { enabled: 'yes' } } })[0]?.path).toBe('hubble.relay.enabled');
    expect(checkValues('cilium', { k8sServicePort: 443, kubeProxyReplacement: 'true' })).toEqual([]);
  });

  it('takes null as "no default"', () => {
    expect(paths('nvidia-device-plugin', { affinity: null })).toEqual([]);
  });

  it('refuses a chart that is not pinned', () => {
    expect(() => checkValues('nginx', {})).toThrow('nginx');
  });
});
