import { z } from 'zod';
import { applicationSignalsPolicy, cloudwatchAgentPolicy } from '../../catalog/iam/eks-addons.ts';
import { daemonSetReady } from '../checks/workload-ready.ts';
import { retentionDays } from '../config/retention-days.ts';
import { defineComponent, none } from '../model/component.ts';
import { documented, workloadRole } from './identity.ts';
import { addonRelease, addonSettings, everywhere } from './optional-addon.ts';

const addon = 'amazon-cloudwatch-observability';
const namespace = 'amazon-cloudwatch';

/** CloudWatch's agent and Fluent Bit. Off by default: Prometheus measures the same, and CloudWatch bills each observation and each gigabyte of logs. */
export const cloudwatchObservability = defineComponent({
  id: 'cloudwatch-observability',
  summary: 'Sends container logs and Container Insights to CloudWatch; an EKS managed add-on.',
  layer: 'network',
  requires: ['cilium'],
  defaultOn: false,
  settings: z.strictObject({
    container_logs: z.boolean().default(true).meta({ description: 'Runs Fluent Bit, which sends what containers print to CloudWatch Logs. Each GB costs about 0.50 USD (not verified against AWS).' }),
    log_retention_days: z.literal([...retentionDays]).default(30).meta({ description: 'How long these logs are kept; one of the retentions CloudWatch Logs knows.', unit: 'days' }),
    enhanced: z.boolean().default(true).meta({ description: 'Container Insights with enhanced observability, billed per observation; false: the older kind, billed as logs and metrics.' }),
    application_signals: z.boolean().default(false).meta({ description: 'Instruments every service for Application Signals, billed per request; it restarts their pods.' }),
    ...addonSettings,
  }),
  infra: ({ cluster, settings }) => ({ agent: workloadRole(cluster, 'cloudwatch', namespace, 'cloudwatch-agent', documented(cluster, [cloudwatchAgentPolicy, ...(settings.application_signals ? [applicationSignalsPolicy] : [])])) }),
  workload: ({ settings, infra }) => ({
    namespaces: [],
    releases: [
      addonRelease(addon, namespace, settings, {
        roleArn: infra.agent.arn,
        configuration: {
          // It replaces the add-on's own, in which Application Signals is on.
          agent: { config: { logs: { metrics_collected: { kubernetes: { enhanced_container_insights: settings.enhanced }, ...(settings.application_signals ? { application_signals: {} } : {}) } } } },
          containerLogs: { enabled: settings.container_logs },
          manager: { applicationSignals: { autoMonitor: { monitorAllServices: settings.application_signals } } },
          tolerations: everywhere,
        },
        workloads: [
          { kind: 'DaemonSet', name: 'cloudwatch-agent', serviceAccount: 'cloudwatch-agent', roleArn: infra.agent.arn, tolerations: 'all', requests: { cpu: '250m', memory: '128Mi' } },
          ...(settings.container_logs ? [{ kind: 'DaemonSet', name: 'fluent-bit', serviceAccount: 'cloudwatch-agent', roleArn: infra.agent.arn, tolerations: 'all', requests: { cpu: '50m', memory: '25Mi' } } as const] : []),
          { kind: 'Deployment', name: 'amazon-cloudwatch-observability-controller-manager', serviceAccount: 'amazon-cloudwatch-observability-controller-manager', tolerations: 'all', requests: { cpu: '100m', memory: '64Mi' } },
        ],
      }),
    ],
  }),
  network: ({ cluster }) => ['logs', 'monitoring', 'xray'].map((service) => ({ from: 'cloudwatch-observability', to: `${service}.${cluster.region}.amazonaws.com`, port: 443, why: 'sends logs, metrics and traces' })),
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('Container Insights has its own in CloudWatch'),
  cost: ({ settings, cluster }) => [{ what: `CloudWatch logs and Container Insights of ${cluster.name}`, usd: settings.container_logs ? 25 : 15, basis: '10 GB of logs a month at 0.50 USD, and about 5 USD of observations for each of 4 nodes; not verified against AWS', usage: {} }],
  checks: [daemonSetReady(namespace, 'cloudwatch-agent')],
});
