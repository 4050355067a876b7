import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import { defineComponent, none } from '../model/component.ts';

const id = 'prometheus-crds';

/** Definitions of ServiceMonitor, PrometheusRule and the like, before anything that uses them. */
export const prometheusCrds = defineComponent({
  id,
  summary: 'Installs the custom resource definitions of the Prometheus operator.',
  layer: 'platform',
  requires: ['cilium'],
  defaultOn: true,
  settings: z.strictObject({}),
  infra: () => ({}),
  workload: () => ({
    namespaces: [{ name: 'monitoring', podSecurity: 'restricted' }],
    releases: [
      { kind: 'chart', name: id, namespace: 'monitoring', chart: 'prometheus-operator-crds', installedBy: 'gitops', values: {}, clusterValues: {}, standIn: { workloads: [], crds: charts['prometheus-operator-crds'].crds.filter((name) => !/^(prometheusagents|thanosrulers|scrapeconfigs)\./.test(name)) } },
    ],
  }),
  network: () => [],
  alerts: () => none('definitions only'),
  dashboards: () => none('definitions only'),
  cost: () => none('definitions only'),
  checks: [crdEstablished('servicemonitors.monitoring.coreos.com'), crdEstablished('prometheusrules.monitoring.coreos.com')],
});
