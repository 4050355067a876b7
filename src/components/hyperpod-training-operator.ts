import { z } from 'zod';
import { hyperpodTrainingOperatorPolicy } from '../../catalog/iam/eks-addons.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { documented } from './identity.ts';
import { addonRelease, addonSettings, podIdentityRole } from './optional-addon.ts';

const namespace = 'aws-hyperpod';
const account = 'hp-training-operator-controller-manager';
const id = 'hyperpod-training-operator';

/** Runs distributed training on HyperPod and restarts only what failed. */
export const hyperpodTrainingOperator = defineComponent({
  id,
  summary: 'Runs distributed training jobs on SageMaker HyperPod and recovers them; an EKS managed add-on.',
  layer: 'platform',
  requires: ['cilium', 'pod-identity-agent', 'cert-manager'],
  defaultOn: false,
  settings: z.strictObject(addonSettings),
  infra: ({ cluster }) => ({ operator: podIdentityRole(cluster, 'hyperpod-training', namespace, account, documented(cluster, [hyperpodTrainingOperatorPolicy])) }),
  workload: ({ settings, infra }) => ({
    namespaces: [],
    releases: [addonRelease('amazon-sagemaker-hyperpod-training-operator', namespace, settings, {
      podIdentities: [{ serviceAccount: account, roleArn: infra.operator.arn }],
      workloads: [{ kind: 'Deployment', name: account, serviceAccount: account, requests: { cpu: '100m', memory: '128Mi' } }],
    })],
  }),
  network: ({ cluster }) => [{ from: id, to: `api.sagemaker.${cluster.region}.amazonaws.com`, port: 443, why: 'looks at the nodes of HyperPod' }],
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('shown by the console of HyperPod'),
  cost: () => none('free; runs on nodes that are paid already'),
  checks: [deploymentReady(namespace, account)],
});
