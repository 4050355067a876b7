import { z } from 'zod';
import { daemonSetReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { addonRelease, addonSettings, everywhere } from './optional-addon.ts';

const namespace = 'kube-system';
const id = 'secrets-store-provider';
const driver = 'secrets-store-csi-driver';

/** Secrets Manager and Parameter Store as files in pods. Each pod reads with the role of its own service account, so the add-on has none. */
export const secretsStoreProvider = defineComponent({
  id,
  summary: 'Mounts secrets of Secrets Manager and Parameter Store as files; an EKS managed add-on.',
  layer: 'network',
  requires: ['cilium'],
  defaultOn: false,
  settings: z.strictObject({
    sync_secrets: z.boolean().default(false).meta({ description: 'Also writes what is mounted into Kubernetes Secrets; lets the driver write Secrets everywhere.' }),
    rotation: z.boolean().default(true).meta({ description: 'Reads secrets again and renews the mounted files.' }),
    rotation_minutes: z.int().min(1).max(1440).default(2).meta({ description: 'Pause between two reads; each read of a secret is billed.', unit: 'minutes' }),
    ...addonSettings,
  }),
  infra: () => ({}),
  workload: ({ settings }) => ({
    namespaces: [],
    releases: [addonRelease('aws-secrets-store-csi-driver-provider', namespace, settings, {
      configuration: {
        tolerations: everywhere,
        [driver]: { syncSecret: { enabled: settings.sync_secrets }, enableSecretRotation: settings.rotation, ...(settings.rotation ? { rotationPollInterval: `${settings.rotation_minutes}m` } : {}), linux: { tolerations: everywhere } },
      },
      workloads: [
        { kind: 'DaemonSet', name: `${driver}-provider-aws`, serviceAccount: `${driver}-provider-aws`, hostNetwork: true, tolerations: 'all', requests: { cpu: '50m', memory: '100Mi' } },
        { kind: 'DaemonSet', name: driver, serviceAccount: driver, hostNetwork: true, tolerations: 'all', requests: { cpu: '70m', memory: '140Mi' } },
      ],
    })],
  }),
  network: ({ cluster }) => ['secretsmanager', 'ssm'].map((service) => ({ from: id, to: `${service}.${cluster.region}.amazonaws.com`, port: 443, why: 'reads secrets for pods' })),
  alerts: () => none('a pod without its secret does not start, which the generic rules report'),
  dashboards: () => none('one agent on each node, in the node dashboard'),
  cost: () => none('reads of secrets are counted where they are made'),
  checks: [daemonSetReady(namespace, driver)],
});
