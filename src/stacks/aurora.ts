import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { DbSubnetGroup } from '#bindings/aws/db-subnet-group.js';
import { RdsCluster } from '#bindings/aws/rds-cluster.js';
import { RdsClusterInstance } from '#bindings/aws/rds-cluster-instance.js';
import { RdsClusterParameterGroup } from '#bindings/aws/rds-cluster-parameter-group.js';
import { Construct } from 'constructs';
import { storeSecurityGroup } from './data-network.ts';
import type { StoreSurroundings } from './store-surroundings.ts';
import { storeParameters } from './store-parameters.ts';
import { accepted } from './root.ts';

/** An Aurora cluster, decided. */
export interface AuroraProps {
  readonly name: string;
  readonly version: string;
  readonly upgradesItself: boolean;
  readonly family: string;
  readonly parameterGroupName: string;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  /** Resource name → instance. */
  readonly instances: Readonly<Record<string, { readonly name: string }>>;
  readonly backupDays: number;
  /** Times in UTC, as RDS writes them. */
  readonly windows: { readonly backup: string; readonly maintenance: string };
  /** Absent: none is taken. */
  readonly finalSnapshot?: string;
  readonly logGroup: string;
  readonly logDays: number;
  readonly parameterPath: string;
}

const port = 5432;

/** Aurora PostgreSQL, Serverless v2: TLS forced, IAM sign-in, password kept and rotated by Secrets Manager. File `aurora.tf`. */
export class Aurora extends Construct {
  readonly cluster: RdsCluster;

  constructor(scope: Construct, props: AuroraProps, { network, keyArn, protection }: StoreSurroundings) {
    super(scope, 'aurora');
    const { name } = props;
    const group = storeSecurityGroup(this, 'aurora', network, { name, port });
    const subnets = new DbSubnetGroup(this, 'db-subnet-group.aurora', { name, description: 'Private subnets', subnetIds: network.subnetIds });
    const parameters = new RdsClusterParameterGroup(this, 'rds-cluster-parameter-group.aurora', {
      name: props.parameterGroupName, family: props.family, description: 'Refuses connections without TLS', parameter: [{ name: 'rds.force_ssl', value: '1' }], lifecycle: { createBeforeDestroy: true },
    });
    const logs = new CloudwatchLogGroup(this, 'cloudwatch-log-group.aurora', { name: props.logGroup, retentionInDays: props.logDays, kmsKeyId: keyArn });
    this.cluster = new RdsCluster(this, 'rds-cluster.aurora', {
      clusterIdentifier: name, engine: 'aurora-postgresql', engineMode: 'provisioned', engineVersion: props.version,
      databaseName: 'platform', masterUsername: 'platform', manageMasterUserPassword: true, masterUserSecretKmsKeyId: keyArn, iamDatabaseAuthenticationEnabled: true,
      storageEncrypted: true, kmsKeyId: keyArn, serverlessv2ScalingConfiguration: { minCapacity: props.minCapacity, maxCapacity: props.maxCapacity },
      dbSubnetGroupName: subnets.name, vpcSecurityGroupIds: [group.id], port, dbClusterParameterGroupName: parameters.name,
      backupRetentionPeriod: props.backupDays, preferredBackupWindow: props.windows.backup, preferredMaintenanceWindow: props.windows.maintenance, copyTagsToSnapshot: true, deletionProtection: protection,
      ...(props.finalSnapshot === undefined ? { skipFinalSnapshot: true } : { skipFinalSnapshot: false, finalSnapshotIdentifier: props.finalSnapshot }),
      enabledCloudwatchLogsExports: ['postgresql'], tags: { Name: name }, dependsOn: [logs],
    });
    accepted(this.cluster, { CKV2_AWS_8: 'AWS Backup selects it by tag where backups are asked for', CKV2_AWS_27: 'statements may hold personal data', CKV_AWS_139: 'on in production, through the variable deletion_protection' });
    for (const [id, instance] of Object.entries(props.instances)) {
      const made = new RdsClusterInstance(this, `rds-cluster-instance.${id}`, {
        identifier: instance.name, clusterIdentifier: this.cluster.id, engine: 'aurora-postgresql', instanceClass: 'db.serverless', dbSubnetGroupName: subnets.name, publiclyAccessible: false,
        autoMinorVersionUpgrade: props.upgradesItself, preferredMaintenanceWindow: props.windows.maintenance, caCertIdentifier: 'rds-ca-rsa2048-g1', copyTagsToSnapshot: true,
        performanceInsightsEnabled: true, performanceInsightsKmsKeyId: keyArn, performanceInsightsRetentionPeriod: 7, tags: { Name: instance.name },
      });
      accepted(made, { CKV_AWS_118: 'Performance Insights and alarms watch it; metrics of its operating system cost extra' });
    }
    storeParameters(this, 'aurora', props.parameterPath, { endpoint: this.cluster.endpoint, 'reader-endpoint': this.cluster.readerEndpoint, port: String(port), 'secret-arn': this.cluster.masterUserSecret.get(0).secretArn });
  }
}
