import { z } from 'zod';
import { daemonSetReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { addonRelease, addonSettings } from './optional-addon.ts';

const namespace = 'amazon-guardduty';

/** GuardDuty's sensor on every node. It needs no role: its endpoint in the VPC, which comes with it, takes events of this account only. */
export const guarddutyRuntime = defineComponent({
  id: 'guardduty-runtime',
  summary: 'Watches files, processes and connections on nodes for GuardDuty Runtime Monitoring; an EKS managed add-on.',
  layer: 'network',
  requires: ['cilium'],
  defaultOn: false,
  settings: z.strictObject(addonSettings),
  infra: () => ({}),
  workload: ({ settings }) => ({
    namespaces: [],
    releases: [addonRelease('aws-guardduty-agent', namespace, settings, { workloads: [{ kind: 'DaemonSet', name: 'aws-guardduty-agent', serviceAccount: 'aws-guardduty-agent', hostNetwork: true, tolerations: 'all', requests: { cpu: '200m', memory: '256Mi' } }] })],
  }),
  network: ({ cluster }) => [{ from: 'guardduty-runtime', to: `guardduty-data.${cluster.region}.amazonaws.com`, port: 443, why: 'sends runtime events' }],
  alerts: () => none('GuardDuty reports nodes without coverage itself'),
  dashboards: () => none('findings are shown by GuardDuty'),
  cost: () => none('GuardDuty bills runtime monitoring for each vCPU of the nodes, which Karpenter decides'),
  checks: [daemonSetReady(namespace, 'aws-guardduty-agent')],
});
