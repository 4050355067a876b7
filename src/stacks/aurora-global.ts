import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { DbSubnetGroup } from '#bindings/aws/db-subnet-group.js';
import { RdsCluster } from '#bindings/aws/rds-cluster.js';
import type { RdsClusterConfig } from '#bindings/aws/rds-cluster.js';
import { RdsClusterInstance } from '#bindings/aws/rds-cluster-instance.js';
import { RdsClusterParameterGroup } from '#bindings/aws/rds-cluster-parameter-group.js';
import { RdsGlobalCluster } from '#bindings/aws/rds-global-cluster.js';
import { Construct } from 'constructs';
import { storeSecurityGroup } from './data-network.ts';
import type { DataNetworkProps } from './data-network.ts';
import type { StoreSurroundings } from './store-surroundings.ts';
import type { EncryptionKeyProps } from './encryption-key.ts';
import { GlobalPassword } from './global-password.ts';
import { accepted, because } from './root.ts';
import { storeParameters } from './store-parameters.ts';

/** The part of a global database in one region. */
export interface AuroraRegionProps {
  readonly region: string;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  /** Resource name → instance. */
  readonly instances: Readonly<Record<string, { readonly name: string }>>;
}

/** An Aurora global database, decided. */
export interface AuroraGlobalProps {
  /** Unique in the account, whatever the region. */
  readonly globalName: string;
  /** Of the clusters, the same in both regions. */
  readonly name: string;
  readonly version: string;
  readonly family: string;
  readonly parameterGroupName: string;
  readonly backupDays: number;
  /** Absent: none is taken. */
  readonly finalSnapshot?: string;
  readonly logGroup: string;
  readonly logDays: number;
  readonly parameterPath: string;
  readonly passwordVersion: number;
  readonly primary: AuroraRegionProps;
  readonly secondary: AuroraRegionProps & { readonly network: DataNetworkProps; readonly key: EncryptionKeyProps };
}

const port = 5432;
const user = 'platform';
const engine = 'aurora-postgresql';

interface Member {
  readonly cluster: RdsCluster;
  readonly instances: readonly RdsClusterInstance[];
}

/** Aurora PostgreSQL, Serverless v2, in two regions: one writes, the other reads and can take over. File `aurora-global.tf`. */
export class AuroraGlobal extends Construct {
  readonly global: RdsGlobalCluster;
  readonly password: GlobalPassword;

  constructor(scope: Construct, props: AuroraGlobalProps, here: StoreSurroundings, there: StoreSurroundings) {
    super(scope, 'aurora-global');
    const { primary, secondary } = props;
    this.password = new GlobalPassword(this, 'aurora_global', { path: props.parameterPath, version: props.passwordVersion, regions: { primary: { region: primary.region, keyArn: here.keyArn }, secondary: { region: secondary.region, keyArn: there.keyArn } } });
    this.global = new RdsGlobalCluster(this, 'rds-global-cluster.aurora', { globalClusterIdentifier: props.globalName, engine, engineVersion: props.version, storageEncrypted: true, deletionProtection: here.protection });
    const writer = this.#member('primary', props, primary, here, {
      databaseName: 'platform', masterUsername: user, masterPasswordWo: this.password.value, masterPasswordWoVersion: props.passwordVersion,
      ...(props.finalSnapshot === undefined ? { skipFinalSnapshot: true } : { skipFinalSnapshot: false, finalSnapshotIdentifier: props.finalSnapshot }),
    }, 'RDS keeps no password of a global database in Secrets Manager, so this one is ours; it is written and never read back.');
    this.#member('secondary', props, secondary, there, { sourceRegion: primary.region, skipFinalSnapshot: true, dependsOn: [...writer.instances] },
      'Made once the first region writes, and removed before it: a global database can\'t lose its writer first. User, password and data come from there.');
  }

  #member(id: 'primary' | 'secondary', props: AuroraGlobalProps, place: AuroraRegionProps, { network, keyArn, protection }: StoreSurroundings, more: Partial<RdsClusterConfig>, reason: string): Member {
    const { name } = props;
    const { region } = place;
    const group = storeSecurityGroup(this, `aurora_${id}`, network, { name, port });
    const subnets = new DbSubnetGroup(this, `db-subnet-group.aurora_${id}`, { region, name, description: 'Private subnets', subnetIds: network.subnetIds });
    const parameters = new RdsClusterParameterGroup(this, `rds-cluster-parameter-group.aurora_${id}`, {
      region, name: props.parameterGroupName, family: props.family, description: 'Refuses connections without TLS', parameter: [{ name: 'rds.force_ssl', value: '1' }], lifecycle: { createBeforeDestroy: true },
    });
    const logs = new CloudwatchLogGroup(this, `cloudwatch-log-group.aurora_${id}`, { region, name: props.logGroup, retentionInDays: props.logDays, kmsKeyId: keyArn });
    const cluster = because(new RdsCluster(this, `rds-cluster.aurora_${id}`, {
      region, clusterIdentifier: name, globalClusterIdentifier: this.global.id, engine, engineMode: 'provisioned', engineVersion: props.version, iamDatabaseAuthenticationEnabled: true, storageEncrypted: true, kmsKeyId: keyArn,
      serverlessv2ScalingConfiguration: { minCapacity: place.minCapacity, maxCapacity: place.maxCapacity }, dbSubnetGroupName: subnets.name, vpcSecurityGroupIds: [group.id], port, dbClusterParameterGroupName: parameters.name,
      backupRetentionPeriod: props.backupDays, preferredBackupWindow: '03:00-04:00', preferredMaintenanceWindow: 'sun:04:30-sun:05:30', copyTagsToSnapshot: true, deletionProtection: protection, enabledCloudwatchLogsExports: ['postgresql'], tags: { Name: name },
      // The version is the global database's to change; whom a cluster follows changes with each switchover.
      lifecycle: { ignoreChanges: ['engine_version', 'replication_source_identifier'] }, ...more, dependsOn: [logs, ...(more.dependsOn ?? [])],
    }), reason);
    accepted(cluster, { CKV2_AWS_8: 'AWS Backup selects it by tag where backups are asked for', CKV2_AWS_27: 'statements may hold personal data' });
    const instances = Object.entries(place.instances).map(([key, instance]) => new RdsClusterInstance(this, `rds-cluster-instance.${key}`, {
      region, identifier: instance.name, clusterIdentifier: cluster.id, engine, instanceClass: 'db.serverless', dbSubnetGroupName: subnets.name, publiclyAccessible: false, autoMinorVersionUpgrade: false, caCertIdentifier: 'rds-ca-rsa2048-g1',
      copyTagsToSnapshot: true, performanceInsightsEnabled: true, performanceInsightsKmsKeyId: keyArn, performanceInsightsRetentionPeriod: 7, tags: { Name: instance.name },
    }));
    for (const instance of instances) accepted(instance, { CKV_AWS_118: 'Performance Insights and alarms watch it; metrics of its operating system cost extra', CKV_AWS_226: 'members of a global database are upgraded together, on purpose' });
    storeParameters(this, `aurora_${id}`, props.parameterPath, { endpoint: this.global.endpoint, 'reader-endpoint': cluster.readerEndpoint, port: String(port), user }, region);
    return { cluster, instances };
  }
}
