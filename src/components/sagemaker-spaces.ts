import { z } from 'zod';
import { spacesControllerPolicy, spacesRouterPolicy } from '../../catalog/iam/eks-addons.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { documented } from './identity.ts';
import { addonRelease, addonSettings, clusterArn, podIdentityRole } from './optional-addon.ts';

const namespace = 'jupyter-k8s-system';
const controller = 'jupyter-k8s-controller-manager';
const router = 'jupyter-k8s-authmiddleware';
const id = 'sagemaker-spaces';

/** JupyterLab and Code Editor as objects of Kubernetes. Reached by port-forwarding until a domain is configured through `configuration`. */
export const sagemakerSpaces = defineComponent({
  id,
  summary: 'Runs JupyterLab and Code Editor spaces for data scientists; an EKS managed add-on.',
  layer: 'platform',
  requires: ['cilium', 'pod-identity-agent', 'cert-manager', 'ebs-csi', 'aws-load-balancer-controller'],
  defaultOn: false,
  settings: z.strictObject(addonSettings),
  infra: ({ cluster }) => {
    const place = { clusterArn: clusterArn(cluster) };
    return {
      controller: podIdentityRole(cluster, 'spaces', namespace, controller, documented(cluster, [spacesControllerPolicy], place)),
      router: podIdentityRole(cluster, 'spaces-router', namespace, router, documented(cluster, [spacesRouterPolicy], place)),
    };
  },
  workload: ({ settings, infra }) => ({
    namespaces: [],
    releases: [addonRelease('amazon-sagemaker-spaces', namespace, settings, {
      podIdentities: [{ serviceAccount: controller, roleArn: infra.controller.arn }, { serviceAccount: router, roleArn: infra.router.arn }],
      configuration: { 'jupyter-k8s': { workspacePodWatching: { enable: true } } },
      workloads: [{ kind: 'Deployment', name: controller, serviceAccount: controller, requests: { cpu: '100m', memory: '128Mi' } }],
    })],
  }),
  network: ({ cluster }) => ['ssm', 'kms'].map((service) => ({ from: id, to: `${service}.${cluster.region}.amazonaws.com`, port: 443, why: 'opens sessions and signs requests' })),
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('spaces are shown by kubectl and the console of SageMaker'),
  cost: () => none('spaces run on nodes that Karpenter counts'),
  checks: [deploymentReady(namespace, controller)],
});
