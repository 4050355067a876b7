import { z } from 'zod';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { addonRelease, addonSettings } from './optional-addon.ts';

const namespace = 'kueue-system';
const id = 'hyperpod-taskgovernance';

/** Kueue as SageMaker HyperPod configures it. It calls nothing of AWS. */
export const hyperpodTaskgovernance = defineComponent({
  id,
  summary: 'Shares accelerators between teams with Kueue, as SageMaker HyperPod task governance; an EKS managed add-on.',
  layer: 'network',
  requires: ['cilium'],
  defaultOn: false,
  settings: z.strictObject(addonSettings),
  infra: () => ({}),
  workload: ({ settings }) => ({
    namespaces: [],
    releases: [addonRelease('amazon-sagemaker-hyperpod-taskgovernance', namespace, settings, { workloads: [{ kind: 'Deployment', name: 'kueue-controller-manager', serviceAccount: 'kueue-controller-manager', requests: { cpu: '500m', memory: '512Mi' } }] })],
  }),
  network: () => [{ from: id, to: 'kube-apiserver', port: 443, why: 'admits jobs' }],
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('shown by the console of HyperPod'),
  cost: () => none('free; runs on nodes that are paid already'),
  checks: [deploymentReady(namespace, 'kueue-controller-manager')],
});
