import { z } from 'zod';
import { addons } from '../../catalog/addons.ts';
import { ebsCsiPolicy } from '../../catalog/iam/ebs-csi.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { ciliumTaintKey } from '../units/wellknown.ts';
import { documented, workloadRole } from './identity.ts';

const namespace = 'kube-system';

/** Volumes: the EBS CSI driver as an EKS add-on, and the encrypted default StorageClass, which EKS makes none of since 1.30. */
export const ebsCsi = defineComponent({
  id: 'ebs-csi',
  summary: 'Makes EBS volumes for claims; the default class is encrypted gp3.',
  layer: 'network',
  requires: ['cilium'],
  defaultOn: true,
  settings: z.strictObject({
    iops: z.int().min(3000).max(16000).default(3000).meta({ description: 'IOPS of a volume of the default class.', unit: 'IOPS' }),
    throughput_mib: z.int().min(125).max(1000).default(125).meta({ description: 'Throughput of a volume of the default class.', unit: 'MiB/s' }),
  }),
  infra: ({ cluster }) => ({ controller: workloadRole(cluster, 'ebs-csi', namespace, 'ebs-csi-controller-sa', documented(cluster, [ebsCsiPolicy], { keyArn: [] })) }),
  workload: ({ settings, infra }) => ({
    namespaces: [],
    releases: [
      {
        kind: 'eks-addon',
        name: 'aws-ebs-csi-driver',
        namespace,
        addon: addons['aws-ebs-csi-driver'].name,
        roleArn: infra.controller.arn,
        configuration: {
          controller: {
            // The list replaces the driver's own, so its defaults are repeated.
            tolerations: [
              { key: 'CriticalAddonsOnly', operator: 'Exists' },
              { effect: 'NoExecute', operator: 'Exists', tolerationSeconds: 300 },
              { key: ciliumTaintKey, operator: 'Exists' },
            ],
          },
        },
        standIn: {
          workloads: [
            { kind: 'Deployment', name: 'ebs-csi-controller', replicas: 2, serviceAccount: 'ebs-csi-controller-sa', roleArn: infra.controller.arn, requests: { cpu: '60m', memory: '240Mi' } },
            { kind: 'DaemonSet', name: 'ebs-csi-node', serviceAccount: 'ebs-csi-node-sa', hostNetwork: true, tolerations: 'all', requests: { cpu: '30m', memory: '120Mi' } },
          ],
        },
      },
      {
        kind: 'manifests',
        name: 'storage-classes',
        namespace,
        manifests: [],
        clusterManifests: [
          {
            apiVersion: 'storage.k8s.io/v1',
            kind: 'StorageClass',
            metadata: { name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
            provisioner: 'ebs.csi.aws.com',
            parameters: { type: 'gp3', encrypted: 'true', iops: String(settings.iops), throughput: String(settings.throughput_mib) },
            reclaimPolicy: 'Delete',
            // The volume must be made in the zone of the node that the pod was given.
            volumeBindingMode: 'WaitForFirstConsumer',
            allowVolumeExpansion: true,
          },
        ],
      },
    ],
  }),
  network: ({ cluster }) => [
    { from: 'ebs-csi', to: 'kube-apiserver', port: 443, why: 'watches claims and volumes, and reads the facts of its node' },
    { from: 'ebs-csi/ebs-csi-controller', to: `ec2.${cluster.region}.amazonaws.com`, port: 443, why: 'makes and attaches volumes' },
  ],
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('volumes are shown by the node dashboard'),
  cost: () => none('volumes are counted where they are claimed'),
  checks: [deploymentReady(namespace, 'ebs-csi-controller')],
});
