import { z } from 'zod';
import { networkFlowMonitorPolicy } from '../../catalog/iam/eks-addons.ts';
import { daemonSetReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { documented, workloadRole } from './identity.ts';
import { addonRelease, addonSettings, everywhere } from './optional-addon.ts';

const namespace = 'amazon-network-flow-monitor';
const agent = 'aws-network-flow-monitor-agent';

/** CloudWatch Network Flow Monitor's agent on every node. */
export const networkFlowMonitor = defineComponent({
  id: 'network-flow-monitor',
  summary: 'Reports latency and retransmissions of connections to CloudWatch Network Flow Monitor; an EKS managed add-on.',
  layer: 'network',
  requires: ['cilium'],
  defaultOn: false,
  settings: z.strictObject(addonSettings),
  infra: ({ cluster }) => ({ agent: workloadRole(cluster, 'network-flow-monitor', namespace, `${agent}-service-account`, documented(cluster, [networkFlowMonitorPolicy])) }),
  workload: ({ settings, infra }) => ({
    namespaces: [],
    releases: [addonRelease('aws-network-flow-monitoring-agent', namespace, settings, {
      roleArn: infra.agent.arn,
      configuration: { tolerations: everywhere },
      workloads: [{ kind: 'DaemonSet', name: agent, serviceAccount: `${agent}-service-account`, roleArn: infra.agent.arn, hostNetwork: true, tolerations: 'all', requests: { cpu: '50m', memory: '100Mi' } }],
    })],
  }),
  network: ({ cluster }) => [{ from: 'network-flow-monitor', to: `networkflowmonitorreports.${cluster.region}.api.aws`, port: 443, why: 'sends reports of connections' }],
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('shown by CloudWatch Network Flow Monitor'),
  cost: () => none('billed for each monitored resource, where a monitor is made in CloudWatch'),
  checks: [daemonSetReady(namespace, agent)],
});
