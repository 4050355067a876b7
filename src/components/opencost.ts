import { z } from 'zod';
import { opencostPolicy } from '../../catalog/iam/opencost.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';

const id = 'opencost';
const prometheus = 'kube-prometheus-stack/prometheus-kube-prometheus';
const apiPort = 9003;
const prometheusPort = 9090;

const cpu = 'container_cpu_allocation * on (cluster, node) group_left () max by (cluster, node) (node_cpu_hourly_cost)';
const memory = 'container_memory_allocation_bytes / 1024 ^ 3 * on (cluster, node) group_left () max by (cluster, node) (node_ram_hourly_cost)';

/** What runs, in dollars: prices of nodes and volumes as metrics, and what of them each namespace takes. Not the bill: `argoeks cost` says what is left out. */
export const opencost = defineComponent({
  id,
  summary: 'Measures what nodes, volumes and namespaces cost by AWS\' prices, for Prometheus and Grafana.',
  layer: 'observability',
  requires: ['kube-prometheus-stack'],
  defaultOn: false,
  settings: z.strictObject({}),
  infra: ({ cluster }) => ({ exporter: workloadRole(cluster, id, id, id, documented(cluster, [opencostPolicy])) }),
  workload: ({ cluster, infra }) => ({
    namespaces: [{ name: id, podSecurity: 'restricted' }],
    releases: [
      {
        kind: 'chart',
        name: id,
        namespace: id,
        chart: id,
        installedBy: 'gitops',
        values: {
          serviceAccount: { name: id },
          podSecurityContext: { runAsNonRoot: true, runAsUser: 1001, seccompProfile: { type: 'RuntimeDefault' } },
          opencost: {
            exporter: {
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              // AWS' list of prices of a region is a few hundred megabytes of JSON.
              resources: { requests: { cpu: '50m', memory: '512Mi' }, limits: { memory: '1Gi' } },
            },
            prometheus: { internal: { serviceName: 'kube-prometheus-prometheus', namespaceName: 'monitoring', port: prometheusPort } },
            // Grafana shows it, behind its own sign-in; these have none.
            ui: { enabled: false },
            mcp: { enabled: false },
          },
        },
        clusterValues: { opencost: { exporter: { defaultClusterId: cluster.name } }, serviceAccount: { annotations: roleAnnotation(infra.exporter.arn) } },
        standIn: { workloads: [{ kind: 'Deployment', name: id, serviceAccount: id, roleArn: infra.exporter.arn, port: apiPort, requests: { cpu: '50m', memory: '512Mi' } }] },
      },
    ],
  }),
  network: ({ cluster }) => [
    { from: id, to: 'kube-apiserver', port: 443, why: 'watches nodes, pods and volumes' },
    { from: id, to: prometheus, port: prometheusPort, why: 'reads what was used' },
    { from: id, to: 'pricing.us-east-1.amazonaws.com', port: 443, why: 'prices on demand of every region' },
    { from: id, to: `ec2.${cluster.region}.amazonaws.com`, port: 443, why: 'prices of spot instances' },
    { from: prometheus, to: id, port: apiPort, why: 'scrapes prices' },
  ],
  alerts: () => [
    { name: 'OpenCostNodeWithoutPrice', expr: 'node_total_hourly_cost == 0', forMinutes: 60, severity: 'info', summary: 'OpenCost knows no price of a node: what runs there counts as free.', runbook: 'opencost-node-without-price' },
  ],
  dashboards: () => [
    { title: 'Nodes, an hour, by instance type', expr: 'sum by (cluster, instance_type) (node_total_hourly_cost)', unit: 'currencyUSD' },
    { title: 'CPU and memory that namespaces ask for or use, an hour', expr: `topk(15, sum by (namespace) (${cpu}) + sum by (namespace) (${memory}))`, unit: 'currencyUSD', kind: 'bars', legend: '{{namespace}}' },
  ],
  cost: () => none('runs on nodes that are paid already; asking for prices is free'),
  checks: [deploymentReady(id)],
});
