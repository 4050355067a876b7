import { z } from 'zod';
import { daemonSetReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { addonRelease, addonSettings, everywhere } from './optional-addon.ts';

const namespace = 'kube-system';
const id = 'pod-identity-agent';

/** The agent of EKS Pod Identity. The platform's own components use tokens (IRSA); some add-ons of AWS know nothing else than this. */
export const podIdentityAgent = defineComponent({
  id,
  summary: 'Hands pods the roles of EKS Pod Identity associations; an EKS managed add-on.',
  layer: 'network',
  requires: ['cilium'],
  defaultOn: false,
  settings: z.strictObject(addonSettings),
  infra: () => ({}),
  workload: ({ settings }) => ({
    namespaces: [],
    releases: [addonRelease('eks-pod-identity-agent', namespace, settings, {
      configuration: { tolerations: everywhere },
      workloads: [{ kind: 'DaemonSet', name: 'eks-pod-identity-agent', hostNetwork: true, tolerations: 'all', requests: { cpu: '10m', memory: '32Mi' } }],
    })],
  }),
  network: ({ cluster }) => [{ from: id, to: `eks-auth.${cluster.region}.api.aws`, port: 443, why: 'fetches credentials, with the role of the node' }],
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('one agent on each node, in the node dashboard'),
  cost: () => none('free; runs on nodes that are paid already'),
  checks: [daemonSetReady(namespace, 'eks-pod-identity-agent')],
});
