import { thanos } from '../../../catalog/thanos.ts';
import type { KubeObject } from '../../units/kube-object.ts';

/** Namespace of what runs on the hub. */
export const namespace = 'thanos';

/** Ports of every part. Source: defaults of `--http-address` and `--grpc-address`. */
export const ports = { http: 10902, grpc: 10901 } as const;

/** One program of Thanos, decided. */
export interface Part {
  /** Name of its workload and its service. */
  readonly name: string;
  /** Sub-command of thanos. */
  readonly command: string;
  readonly args: readonly string[];
  readonly replicas: number;
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly memoryLimit: string;
  readonly serviceAccount: string;
  /** Present where it serves the store API. */
  readonly grpc?: boolean;
  /** Disk of its own: where it is mounted, and its size. */
  readonly disk?: { readonly path: string; readonly gib: number };
}

/** Labels by which pods of a part are found. */
export const labelsOf = ({ name }: Pick<Part, 'name'>): Readonly<Record<string, string>> => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'thanos' });

const probe = (path: string, failureThreshold: number) => ({ httpGet: { path, port: 'http' }, periodSeconds: 10, failureThreshold });

const podTemplate = (part: Part) => ({
  metadata: { labels: labelsOf(part) },
  spec: {
    serviceAccountName: part.serviceAccount,
    securityContext: { runAsNonRoot: true, runAsUser: thanos.user, runAsGroup: thanos.user, fsGroup: thanos.user, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } },
    ...(part.replicas > 1 ? { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: labelsOf(part) } }] } : {}),
    // Open queries and uploads end by themselves within the two minutes that Thanos waits.
    terminationGracePeriodSeconds: 150,
    containers: [{
      name: 'thanos',
      image: thanos.image,
      args: [part.command, ...part.args],
      ports: [{ name: 'http', containerPort: ports.http }, ...(part.grpc ? [{ name: 'grpc', containerPort: ports.grpc }] : [])],
      livenessProbe: probe('/-/healthy', 8),
      readinessProbe: probe('/-/ready', 6),
      resources: { requests: part.requests, limits: { memory: part.memoryLimit } },
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      ...(part.disk ? { volumeMounts: [{ name: 'data', mountPath: part.disk.path }] } : {}),
    }],
  },
});

const workload = (part: Part): KubeObject => {
  const shared = { replicas: part.replicas, selector: { matchLabels: labelsOf(part) }, template: podTemplate(part) };
  const metadata = { name: part.name, namespace, labels: labelsOf(part) };
  if (!part.disk) return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: shared };
  return {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata,
    spec: {
      ...shared, serviceName: part.name, podManagementPolicy: 'Parallel',
      // What is on the disks can be read again from the bucket.
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' },
      // With what the API server adds: Argo CD compares claims field by field.
      volumeClaimTemplates: [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'gp3', volumeMode: 'Filesystem', resources: { requests: { storage: `${part.disk.gib}Gi` } } } }],
    },
  };
};

/** Headless, because the querier talks to every pod that serves the store API. */
const service = (part: Part): KubeObject => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name: part.name, namespace, labels: labelsOf(part) },
  spec: {
    ...(part.grpc && part.disk ? { clusterIP: 'None' } : {}),
    selector: labelsOf(part),
    ports: [{ name: 'http', port: ports.http, targetPort: 'http' }, ...(part.grpc ? [{ name: 'grpc', port: ports.grpc, targetPort: 'grpc' }] : [])],
  },
});

/** Lets one pod go at a time; a single one needs no budget. */
const budget = (part: Part): readonly KubeObject[] =>
  part.replicas < 2 ? [] : [{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: part.name, namespace }, spec: { maxUnavailable: 1, selector: { matchLabels: labelsOf(part) } } }];

/** Objects of one part of Thanos. Pure. */
export const partObjects = (part: Part): readonly KubeObject[] => [workload(part), service(part), ...budget(part)];
