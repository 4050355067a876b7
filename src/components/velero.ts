import { z } from 'zod';
import { veleroPolicy } from '../../catalog/iam/velero.ts';
import { kubectlImage } from '../../catalog/kubernetes.ts';
import { operationPrices } from '../../catalog/service-prices.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import type { Cluster, Environment, Platform } from '../config/platform.ts';
import { defineComponent } from '../model/component.ts';
import { environmentBucketName, storageKeyAlias } from '../units/aws-names.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';
import { longestRunMinutes, restoreTest, restoreTestObjects, type RestoreTest } from './velero/restore-test.ts';

const id = 'velero';
const server = `${id}/${id}`;

/** The image of Velero names its user by name, which the API server can't tell from root. */
const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const podSecurityContext = { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } };

const minute = '([0-5]?\\d)';
const hour = '([01]?\\d|2[0-3])';
const hours = (description: string) => z.int().min(1).max(87_600).meta({ description, unit: 'h' });
const namespaceName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, { error: 'is not the name of a namespace' });
const weeklyCron = z.string().regex(new RegExp(`^${minute} ${hour} \\* \\* [0-6]$`), { error: 'is not "<minute> <hour> * * <day, 0 is Sunday>", a time of every week' });

/** An hour is enough for what a test restores; alerts count on it. */
const timeoutMinutes = 60;

const settings = z.strictObject({
  daily: z.strictObject({
    cron: z.string().regex(new RegExp(`^${minute} ${hour} \\* \\* \\*$`), { error: 'is not "<minute> <hour> * * *", a time of every day' }).default('0 2 * * *').meta({ description: 'When, UTC: once every day.' }),
    keep_hours: hours('How long each backup is kept.').default(720),
  }).prefault({}).meta({ description: 'Backup of every day.' }),
  weekly: z.strictObject({
    cron: weeklyCron.default('0 3 * * 0').meta({ description: 'When, UTC: once every week.' }),
    keep_hours: hours('How long each backup is kept.').default(2160),
  }).prefault({}).meta({ description: 'Backup of every week.' }),
  exclude_namespaces: z.array(namespaceName).default([]).meta({ description: 'Namespaces that are left out.' }),
  restore_test: z.strictObject({
    enabled: z.boolean().optional().meta({ description: 'Restores a namespace into a scratch one every week, looks, and deletes the copy. In prod when absent.' }),
    namespace: namespaceName.max(50).default('monitoring').meta({ description: 'Namespace that is restored, into `<namespace>-restore-test`.' }),
    schedule: z.enum(['daily', 'weekly']).default('daily').meta({ description: 'Whose newest good backup is taken.' }),
    cron: weeklyCron.default('0 5 * * 0').meta({ description: 'When, UTC: once every week, and after the backup.' }),
    resources: z.array(z.string().regex(/^[a-z]+(\.[a-z0-9.-]+)?$/, { error: 'is not a resource such as "configmaps" or "deployments.apps"' })).min(1).default(['persistentvolumeclaims', 'persistentvolumes', 'serviceaccounts']).meta({ description: 'Kinds that are restored. Those of the default do nothing by themselves; a copy of a workload works on the same queues and databases.' }),
  }).prefault({}).meta({ description: 'Proof, every week, that a backup can be restored.' }),
  node_agent: z.boolean().default(false).meta({ description: 'Runs an agent on every node, as root and with its files, that copies volumes which EBS can\'t snapshot into the bucket, where pods ask for it (annotation `backup.velero.io/backup-volumes`).' }),
});
export type VeleroSettings = z.infer<typeof settings>;

/** The environment's bucket; each cluster writes below its own name. */
export const backupBucket = ({ name }: Pick<Platform, 'name'>, { name: environment, accountId, regions: [region = ''] }: Environment): string => environmentBucketName(`${name}-${environment}-velero`, { accountId, region });

const schedule = ({ cron, keep_hours: keep }: VeleroSettings['daily'], excluded: readonly string[]) => ({
  schedule: cron,
  template: { ttl: `${keep}h0m0s`, includedNamespaces: ['*'], ...(excluded.length > 0 ? { excludedNamespaces: excluded } : {}), snapshotVolumes: true, storageLocation: 'default' },
});

/** Whose schedule is late: those of `argoeks backup verify` too. */
export const lateAfterHours = { 'velero-daily': 26, 'velero-weekly': 7 * 24 + 2 } as const;

const late = (name: keyof typeof lateAfterHours) => `(time() - max by (cluster, schedule) (velero_backup_last_successful_timestamp{schedule="${name}"})) > ${lateAfterHours[name]} * 3600`;

/** The restore test of a cluster; undefined where it has none. Pure. */
export const restoreTestOf = ({ tier }: Pick<Cluster, 'tier'>, { enabled, namespace, schedule: from, cron, resources }: VeleroSettings['restore_test']): RestoreTest | undefined =>
  (enabled ?? tier === 'prod') ? { schedule: `velero-${from}`, cron, namespace, resources, timeoutMinutes, home: id } : undefined;

/** A week, and two hours. */
const restoreTestLateHours = 7 * 24 + 2;

const cronJob = `{namespace="${id}",cronjob="${restoreTest}"}`;
const lastRun = `kube_cronjob_status_last_schedule_time${cronJob}`;

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
  workload: ({ platform, environment, cluster, settings: { daily, weekly, exclude_namespaces: excluded, node_agent: nodeAgent, restore_test: test }, infra }) => ({
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
      ...[restoreTestOf(cluster, test)].flatMap((one) => (one ? [{ kind: 'manifests' as const, name: 'velero-restore-test', namespace: id, manifests: [], clusterManifests: restoreTestObjects(one, kubectlImage) }] : [])),
    ],
  }),
  network: ({ platform, environment, cluster, settings: { node_agent: nodeAgent, restore_test: test } }) => {
    const workers = [server, ...(nodeAgent ? [`${id}/node-agent`] : [])];
    const [home = cluster.region] = environment.regions;
    return [
      ...workers.flatMap((from) => [
        { from, to: 'kube-apiserver', port: 443, why: 'reads what is backed up, and writes what is restored' },
        { from, to: `${backupBucket(platform, environment)}.s3.${home}.amazonaws.com`, port: 443, why: 'backups' },
        { from, to: `s3.${home}.amazonaws.com`, port: 443, why: 'finds the bucket' },
      ]),
      ...(restoreTestOf(cluster, test) ? [{ from: `${id}/${restoreTest}`, to: 'kube-apiserver', port: 443, why: 'asks for a restore, and deletes the copy' }] : []),
      { from: server, to: `ec2.${cluster.region}.amazonaws.com`, port: 443, why: 'makes snapshots and volumes' },
    ];
  },
  alerts: () => [
    { name: 'VeleroBackupFailed', expr: 'velero_backup_last_status{schedule!=""} == 0', forMinutes: 15, severity: 'warning', summary: 'The last backup of a schedule failed, or failed in part.', runbook: 'velero-backup-failed' },
    { name: 'VeleroBackupLate', expr: `${late('velero-daily')} or ${late('velero-weekly')}`, forMinutes: 30, severity: 'critical', summary: 'A schedule has brought no good backup for longer than its period.', runbook: 'velero-backup-late' },
    { name: 'VeleroStorageUnavailable', expr: 'velero_backup_location_status_gauge == 0', forMinutes: 30, severity: 'critical', summary: 'Velero can not use its bucket: nothing is backed up, and nothing can be restored.', runbook: 'velero-storage-unavailable' },
    { name: 'VeleroRestoreTestFailed', expr: `${lastRun} unless on (cluster, namespace, cronjob) (kube_cronjob_status_last_successful_time${cronJob} >= ${lastRun})`, forMinutes: longestRunMinutes(timeoutMinutes) + 10, severity: 'critical', summary: 'The last restore test did not succeed: backups may be worth nothing.', runbook: 'velero-restore-test-failed' },
    { name: 'VeleroRestoreTestLate', expr: `time() - max by (cluster) (${lastRun} or kube_cronjob_created${cronJob}) > ${restoreTestLateHours} * 3600`, forMinutes: 30, severity: 'warning', summary: 'No restore was tested for longer than a week.', runbook: 'velero-restore-test-late' },
  ],
  dashboards: () => [
    { title: 'Hours since the last good backup', expr: '(time() - velero_backup_last_successful_timestamp{schedule!=""}) / 3600', unit: 'h' },
    { title: 'Days since a restore was proven', expr: `(time() - kube_cronjob_status_last_successful_time${cronJob}) / 86400`, unit: 'd', thresholds: { warning: 8, critical: 15 }, runbook: 'velero-restore-test-failed' },
  ],
  cost: () => [{ what: 'snapshots of volumes', usd: 100 * operationPrices.backupStorage.usd, basis: 'assumes 100 GB of changed blocks; objects in S3 are counted with the bucket', usage: {} }],
  checks: [crdEstablished('backups.velero.io'), deploymentReady(id)],
});
