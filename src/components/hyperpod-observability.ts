import { z } from 'zod';
import { hyperpodObservabilityPolicy } from '../../catalog/iam/eks-addons.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { documented } from './identity.ts';
import { addonRelease, addonSettings, podIdentityRole } from './optional-addon.ts';

const namespace = 'hyperpod-observability';
const account = 'hyperpod-observability-operator-otel-collector';
const id = 'hyperpod-observability';

/** HyperPod's metrics, written to the environment's Prometheus workspace (`observability.amp`). */
export const hyperpodObservability = defineComponent({
  id,
  summary: 'Sends metrics of SageMaker HyperPod nodes and tasks to Amazon Managed Prometheus; an EKS managed add-on.',
  layer: 'network',
  requires: ['cilium', 'pod-identity-agent'],
  defaultOn: false,
  settings: z.strictObject({
    workspace_arn: z.string().regex(/^arn:[\w-]+:aps:[\w-]+:\d{12}:workspace\/ws-[\w-]+$/, { error: 'is not the ARN of a Prometheus workspace' }).optional().meta({ description: 'Workspace that metrics are written to, such as the output `prometheus_workspace_arns` of the environment says.' }),
    logging: z.boolean().default(false).meta({ description: 'Sends logs of HyperPod nodes to CloudWatch Logs.' }),
    ...addonSettings,
  }),
  infra: ({ cluster }) => ({ collector: podIdentityRole(cluster, id, namespace, account, documented(cluster, [hyperpodObservabilityPolicy], { environment: cluster.environment })) }),
  workload: ({ cluster, settings, infra }) => ({
    namespaces: [],
    releases: [addonRelease('amazon-sagemaker-hyperpod-observability', namespace, settings, {
      podIdentities: [{ serviceAccount: account, roleArn: infra.collector.arn }],
      configuration: {
        ...(settings.workspace_arn === undefined ? {} : { ampWorkspace: { arn: settings.workspace_arn, prometheusEndpoint: `https://aps-workspaces.${cluster.region}.amazonaws.com/workspaces/${settings.workspace_arn.split('/').at(-1) ?? ''}/` } }),
        logging: { enabled: settings.logging },
      },
      workloads: [{ kind: 'Deployment', name: 'hyperpod-observability-controller-manager', serviceAccount: 'hyperpod-observability-operator', requests: { cpu: '100m', memory: '128Mi' } }],
    })],
  }),
  network: ({ cluster }) => [{ from: id, to: `aps-workspaces.${cluster.region}.amazonaws.com`, port: 443, why: 'writes metrics' }],
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('shown by Amazon Managed Grafana'),
  cost: () => none('samples are billed by Amazon Managed Prometheus'),
  checks: [deploymentReady(namespace, 'hyperpod-observability-controller-manager')],
});
