import { z } from 'zod';
import { veleroPolicy } from '../../catalog/iam/velero.ts';
import { operationPrices } from '../../catalog/service-prices.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import type { Environment, Platform } from '../config/platform.ts';
import { defineComponent } from '../model/component.ts';
import { environmentBucketName, storageKeyAlias } from '../units/aws-names.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';

const id = 'velero';
const server = `${id}/${id}`;

/** The image of Velero names its user by name, which the API server can't tell from root. */
const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const podSecurityContext = { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } };

const minute = '([0-5]?\\d)';
const hour = '([01]?\\d|2[0-3])';
const hours = (description: string) => z.int().min(1).max(87_600).meta({ description, unit: 'h' });
const namespaceName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, { error: 'is not the name of a namespace' });

const settings = z.strictObject({
  daily: z.strictObject({
    cron: z.string().regex(new RegExp(`^${minute} ${hour} \\* \\* \\*$`), { error: 'is not "<minute> <hour> * * *", a time of every day' }).default('0 2 * * *').meta({ description: 'When, UTC: once every day.' }),
    keep_hours: hours('How long each backup is kept.').default(720),
  }).prefault({}).meta({ description: 'Backup of every day.' }),
  weekly: z.strictObject({
    cron: z.string().regex(new RegExp(`^${minute} ${hour} \\* \\* [0-6]$`), { error: 'is not "<minute> <hour> * * <day, 0 is Sunday>", a time of every week' }).default('0 3 * * 0').meta({ description: 'When, UTC: once every week.' }),
    keep_hours: hours('How long each backup is kept.').default(2160),
  }).prefault({}).meta({ description: 'Backup of every week.' }),
  exclude_namespaces: z.array(namespaceName).default([]).meta({ description: 'Namespaces that are left out.' }),
  node_agent: z.boolean().default(false).meta({ description: 'Runs an agent on every node, as root and with its files, that copies volumes which EBS can\'t snapshot into the bucket, where pods ask for it (annotation `backup.velero.io/backup-volumes`).' }),
});
type Settings = z.infer<typeof settings>;

/** The environment's bucket; each cluster writes below its own name. */
export const backupBucket = ({ name }: Pick<Platform, 'name'>, { name: environment, accountId, regions: [region = ''] }: Environment): string => environmentBucketName(`${name}-${environment}-velero`, { accountId, region });

const schedule = ({ cron, keep_hours: keep }: Settings['daily'], excluded: readonly string[]) => ({
  schedule: cron,
  template: { ttl: `${keep}h0m0s`, includedNamespaces: ['*'], ...(excluded.length > 0 ? { excludedNamespaces: excluded } : {}), snapshotVolumes: true, storageLocation: 'default' },
});

/** Whose schedule is late: those of `argoeks backup verify` too. */
export const lateAfterHours = { 'velero-daily': 26, 'velero-weekly': 7 * 24 + 2 } as const;

const late = (name: keyof typeof lateAfterHours) => `(time() - max by (cluster, schedule) (velero_backup_last_successful_timestamp{schedule="${name}"})) > ${lateAfterHours[name]} * 3600`;

/** Backups of Kubernetes objects in S3, and of EBS volumes as snapshots. */
export const velero = defineComponent({
  id,
  summary: 'Backs up Kubernetes objects to S3 and EBS volumes as snapshots, every day and every week.',
  layer: 'platform',
  requires: ['cilium', 'coredns', 'ebs-csi'],
  defaultOn: false,
  settings,
  infra: ({ platform, environment, cluster }) => ({
    server: workloadRole(cluster, id, id, id, documented(cluster, [veleroPolicy], { bucket: backupBucket(platform, environment), prefix: cluster.name, bucketRegion: environment.regions[0] ?? cluster.region, keyAlias: storageKeyAlias(environment.settings.cluster_name_prefix) })),
  }),
  workload: ({ platform, environment, cluster, settings: { daily, weekly, exclude_namespaces: excluded, node_agent: nodeAgent }, infra }) => ({
    namespaces: [{ name: id, podSecurity: nodeAgent ? 'privileged' : 'restricted' }],
    releases: [
      {
        kind: 'chart',
        name: id,
        namespace: id,
        chart: id,
        installedBy: 'gitops',
        values: {
          // A hook Job, which Argo CD would run at each sync; Argo CD brings the definitions itself.
          upgradeCRDs: false,
          cleanUpCRDs: false,
          credentials: { useSecret: false },
          serviceAccount: { server: { name: id } },
          initContainers: [{ name: 'velero-plugin-for-aws', image: 'docker.io/velero/velero-plugin-for-aws:v1.13.2', securityContext, volumeMounts: [{ mountPath: '/target', name: 'plugins' }] }],
          podSecurityContext,
          containerSecurityContext: securityContext,
          resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
        },
        clusterValues: {
          serviceAccount: { server: { annotations: roleAnnotation(infra.server.arn) } },
          configuration: {
            backupStorageLocation: [{ name: 'default', provider: 'aws', bucket: backupBucket(platform, environment), prefix: cluster.name, default: true, config: { region: environment.regions[0] ?? cluster.region } }],
            volumeSnapshotLocation: [{ name: 'default', provider: 'aws', config: { region: cluster.region } }],
            ...(nodeAgent ? { uploaderType: 'kopia' } : {}),
          },
          deployNodeAgent: nodeAgent,
          ...(nodeAgent ? { nodeAgent: { tolerations: [{ operator: 'Exists' }], resources: { requests: { cpu: '20m', memory: '64Mi' } } } } : {}),
          schedules: { daily: schedule(daily, excluded), weekly: schedule(weekly, excluded) },
        },
        standIn: {
          crds: ['backups.velero.io', 'backupstoragelocations.velero.io', 'restores.velero.io', 'schedules.velero.io'],
          workloads: [
            { kind: 'Deployment', name: id, serviceAccount: id, roleArn: infra.server.arn, requests: { cpu: '100m', memory: '256Mi' } },
            ...(nodeAgent ? [{ kind: 'DaemonSet' as const, name: 'node-agent', serviceAccount: id, roleArn: infra.server.arn, tolerations: 'all' as const, requests: { cpu: '20m', memory: '64Mi' } }] : []),
          ],
        },
      },
    ],
  }),
  network: ({ platform, environment, cluster }) => {
    const [home = cluster.region] = environment.regions;
    return [
      { from: id, to: 'kube-apiserver', port: 443, why: 'reads what is backed up, and writes what is restored' },
      { from: id, to: `${backupBucket(platform, environment)}.s3.${home}.amazonaws.com`, port: 443, why: 'backups' },
      { from: id, to: `s3.${home}.amazonaws.com`, port: 443, why: 'finds the bucket' },
      { from: server, to: `ec2.${cluster.region}.amazonaws.com`, port: 443, why: 'makes snapshots and volumes' },
    ];
  },
  alerts: () => [
    { name: 'VeleroBackupFailed', expr: 'velero_backup_last_status{schedule!=""} == 0', forMinutes: 15, severity: 'warning', summary: 'The last backup of a schedule failed, or failed in part.', runbook: 'velero-backup-failed' },
    { name: 'VeleroBackupLate', expr: `${late('velero-daily')} or ${late('velero-weekly')}`, forMinutes: 30, severity: 'critical', summary: 'A schedule has brought no good backup for longer than its period.', runbook: 'velero-backup-late' },
    { name: 'VeleroStorageUnavailable', expr: 'velero_backup_location_status_gauge == 0', forMinutes: 30, severity: 'critical', summary: 'Velero can not use its bucket: nothing is backed up, and nothing can be restored.', runbook: 'velero-storage-unavailable' },
  ],
  dashboards: () => [{ title: 'Hours since the last good backup', expr: '(time() - velero_backup_last_successful_timestamp{schedule!=""}) / 3600', unit: 'h' }],
  cost: () => [{ what: 'snapshots of volumes', usd: 100 * operationPrices.backupStorage.usd, basis: 'assumes 100 GB of changed blocks; objects in S3 are counted with the bucket', usage: {} }],
  checks: [crdEstablished('backups.velero.io'), deploymentReady(id)],
});
