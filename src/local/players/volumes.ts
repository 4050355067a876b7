import { z } from 'zod';
import type { KubeObject } from '../../units/kube-object.ts';
import type { KubeItem } from '../kube-rest.ts';
import type { Player } from './player.ts';

const selectedNode = 'volume.kubernetes.io/selected-node';
const provisionedBy = 'pv.kubernetes.io/provisioned-by';
const ours = 'argoeks.io/simulated';

const ClassFields = z.looseObject({ provisioner: z.string(), volumeBindingMode: z.string().optional(), reclaimPolicy: z.string().optional() });
const ClaimSpec = z.looseObject({
  storageClassName: z.string().optional(), volumeName: z.string().optional(), volumeMode: z.string().optional(),
  accessModes: z.array(z.string()), resources: z.looseObject({ requests: z.record(z.string(), z.string()).optional() }).optional(),
});
const Phase = z.looseObject({ phase: z.string().optional() });

/** The volume that satisfies a claim, or undefined when it is bound or waits for its pod to be placed. Pure. */
export function volumeFor(claim: KubeItem, storageClass: KubeItem): KubeObject | undefined {
  const spec = ClaimSpec.safeParse(claim.spec).data;
  const fields = ClassFields.safeParse(storageClass).data;
  if (!spec || !fields || spec.volumeName || claim.metadata.deletionTimestamp !== undefined) return undefined;
  if (fields.volumeBindingMode === 'WaitForFirstConsumer' && !claim.metadata.annotations?.[selectedNode]) return undefined;
  const { name, namespace, uid } = claim.metadata;
  return {
    apiVersion: 'v1', kind: 'PersistentVolume',
    metadata: { name: `pvc-${uid ?? name}`, annotations: { [provisionedBy]: fields.provisioner, [ours]: 'true' } },
    spec: {
      capacity: { storage: spec.resources?.requests?.['storage'] ?? '1Gi' }, accessModes: spec.accessModes,
      volumeMode: spec.volumeMode ?? 'Filesystem', storageClassName: storageClass.metadata.name,
      persistentVolumeReclaimPolicy: fields.reclaimPolicy ?? 'Delete',
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
      csi: { driver: fields.provisioner, volumeHandle: `vol-${(uid ?? name).replaceAll('-', '').slice(0, 17)}` },
    },
  };
}

/** Plays the CSI provisioner of every StorageClass: volumes appear for claims and go with them. Changes: PersistentVolumes. */
export const volumes: Player = {
  name: 'volumes',
  async pass(rest) {
    const [claims, classes, existing] = await Promise.all([
      rest.list('/api/v1/persistentvolumeclaims'), rest.list('/apis/storage.k8s.io/v1/storageclasses'), rest.list('/api/v1/persistentvolumes'),
    ]);
    const byName = new Map(classes.map((item) => [item.metadata.name, item]));
    for (const claim of claims) {
      const storageClass = byName.get(ClaimSpec.safeParse(claim.spec).data?.storageClassName ?? '');
      const volume = storageClass && volumeFor(claim, storageClass);
      if (volume) await rest.createIfAbsent('/api/v1/persistentvolumes', volume);
    }
    for (const volume of existing) {
      const isReleased = Phase.safeParse(volume.status).data?.phase === 'Released';
      if (isReleased && volume.metadata.annotations?.[ours] === 'true' && volume.metadata.deletionTimestamp === undefined) {
        await rest.remove(`/api/v1/persistentvolumes/${volume.metadata.name}`);
      }
    }
  },
};
