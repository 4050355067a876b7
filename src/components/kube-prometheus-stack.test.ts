import { describe, expect, it } from 'vitest';
import { chartOf, exampleCluster, planned } from '../../test/fixtures/planned-components.ts';

const name = 'kube-prometheus-stack';

describe(name, () => {
  it('sees monitors and rules of everybody', () => {
    const { prometheus } = chartOf(planned(name, exampleCluster('dev')), name).values as { prometheus: { prometheusSpec: Record<string, unknown> } };
    for (const what of ['serviceMonitor', 'podMonitor', 'rule', 'probe', 'scrapeConfig']) expect(prometheus.prometheusSpec[`${what}SelectorNilUsesHelmValues`]).toBe(false);
  });

  it('keeps samples on the encrypted default class, twice in prod', () => {
    expect(chartOf(planned(name, exampleCluster('prod')), name).clusterValues).toMatchObject({
      prometheus: { prometheusSpec: { replicas: 2, storageSpec: { volumeClaimTemplate: { spec: { storageClassName: 'gp3' } } } } },
      alertmanager: { alertmanagerSpec: { storage: { volumeClaimTemplate: { spec: { storageClassName: 'gp3' } } } } },
    });
    expect(chartOf(planned(name, exampleCluster('dev')), name).clusterValues).toMatchObject({ prometheus: { prometheusSpec: { replicas: 1 } } });
  });

  it('drops old samples before its disk is full', () => {
    const specOf = (settings: unknown) => chartOf(planned(name, exampleCluster('dev'), settings), name).clusterValues;
    expect(specOf({})).toMatchObject({ prometheus: { prometheusSpec: { retention: '15d', retentionSize: '42GiB' } } });
    expect(specOf({ storage_gib: 500, retention_days: 365 })).toMatchObject({ prometheus: { prometheusSpec: { retention: '365d', retentionSize: '425GiB' } } });
    expect(() => specOf({ storage_gib: 1 })).toThrow(/>=10/);
  });

  it('asks for memory by the size of the node group, unless told, and is not the first to be evicted', () => {
    const cluster = exampleCluster('dev');
    const of = (max: number, settings: unknown = {}) => chartOf(planned(name, { ...cluster, nodes: { ...cluster.nodes, max } }, settings), name).clusterValues;
    const sized = (requests: object, limits: object) => ({ prometheus: { prometheusSpec: { resources: { requests, limits } } } });
    expect(of(3)).toMatchObject(sized({ cpu: '250m', memory: '1024Mi' }, { memory: '2048Mi' }));
    expect(of(100)).toMatchObject(sized({ cpu: '1250m', memory: '5760Mi' }, { memory: '11520Mi' }));
    expect(of(100, { prometheus: { cpu: '2', memory_gib: 8 } })).toMatchObject(sized({ cpu: '2', memory: '8192Mi' }, { memory: '16384Mi' }));
    expect(chartOf(planned(name, cluster), name).values).toMatchObject({ prometheus: { prometheusSpec: { priorityClassName: 'system-cluster-critical' } }, alertmanager: { alertmanagerSpec: { priorityClassName: 'system-cluster-critical' } } });
  });

  it('leaves the host to the node exporter, in a namespace of its own', () => {
    const { workload } = planned(name, exampleCluster('prod'));
    expect(workload.namespaces).toEqual([{ name: 'monitoring', podSecurity: 'restricted' }, { name: 'node-exporter', podSecurity: 'privileged' }]);
    const chart = chartOf(planned(name, exampleCluster('prod')), name);
    expect(chart).toMatchObject({ alsoIn: ['node-exporter'], values: { 'prometheus-node-exporter': { namespaceOverride: 'node-exporter' } } });
    expect(chart.standIn.workloads.filter(({ hostNetwork }) => hostNetwork).map(({ namespace }) => namespace)).toEqual(['node-exporter']);
  });

  it('leaves definitions to the release that owns them, and Grafana inside the cluster', () => {
    expect(chartOf(planned(name, exampleCluster('dev')), name).values).toMatchObject({ crds: { enabled: false }, grafana: { service: { type: 'ClusterIP' } } });
  });

  it('watches nothing that EKS hides', () => {
    const { values } = chartOf(planned(name, exampleCluster('dev')), name);
    for (const hidden of ['kubeControllerManager', 'kubeScheduler', 'kubeEtcd', 'kubeProxy']) expect(values[hidden]).toEqual({ enabled: false });
  });
});
