import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { DbInstance } from '#bindings/aws/db-instance.js';
import { DbParameterGroup } from '#bindings/aws/db-parameter-group.js';
import { DbSubnetGroup } from '#bindings/aws/db-subnet-group.js';
import { Construct } from 'constructs';
import { storeSecurityGroup } from './data-network.ts';
import type { StoreSurroundings } from './store-surroundings.ts';
import { accepted, because } from './root.ts';
import { storeParameters } from './store-parameters.ts';

/** A PostgreSQL instance, decided. */
export interface PostgresProps {
  readonly name: string;
  readonly version: string;
  /** True where the version names no minor one: AWS chooses and upgrades it. */
  readonly upgradesItself: boolean;
  /** Parameter group family of the version, and the name of our group of it. */
  readonly family: string;
  readonly parameterGroupName: string;
  readonly instanceClass: string;
  readonly storageGib: number;
  readonly maxStorageGib: number;
  readonly multiAz: boolean;
  readonly backupDays: number;
  /** Times in UTC, as RDS writes them. */
  readonly windows: { readonly backup: string; readonly maintenance: string };
  /** Absent: none is taken. */
  readonly finalSnapshot?: string;
  /** Group that RDS writes the log to; made first, else RDS makes one that is never emptied nor encrypted with our key. */
  readonly logGroup: string;
  readonly logDays: number;
  readonly parameterPath: string;
}

const port = 5432;

/** RDS for PostgreSQL: TLS forced, IAM sign-in, password kept and rotated by Secrets Manager. File `postgres.tf`. */
export class Postgres extends Construct {
  readonly instance: DbInstance;

  constructor(scope: Construct, props: PostgresProps, { network, keyArn, protection }: StoreSurroundings) {
    super(scope, 'postgres');
    const { name } = props;
    const group = storeSecurityGroup(this, 'postgres', network, { name, port });
    const subnets = new DbSubnetGroup(this, 'db-subnet-group.postgres', { name, description: 'Private subnets', subnetIds: network.subnetIds });
    const parameters = because(new DbParameterGroup(this, 'db-parameter-group.postgres', {
      name: props.parameterGroupName, family: props.family, description: 'Refuses connections without TLS', parameter: [{ name: 'rds.force_ssl', value: '1' }], lifecycle: { createBeforeDestroy: true },
    }), 'Named after its family: a new major version needs a new group while the old one is still in use.');
    const logs = new CloudwatchLogGroup(this, 'cloudwatch-log-group.postgres', { name: props.logGroup, retentionInDays: props.logDays, kmsKeyId: keyArn });
    this.instance = new DbInstance(this, 'db-instance.postgres', {
      identifier: name, engine: 'postgres', engineVersion: props.version, autoMinorVersionUpgrade: props.upgradesItself, instanceClass: props.instanceClass,
      dbName: 'platform', username: 'platform', manageMasterUserPassword: true, masterUserSecretKmsKeyId: keyArn, iamDatabaseAuthenticationEnabled: true,
      storageType: 'gp3', allocatedStorage: props.storageGib, maxAllocatedStorage: props.maxStorageGib, storageEncrypted: true, kmsKeyId: keyArn,
      multiAz: props.multiAz, dbSubnetGroupName: subnets.name, vpcSecurityGroupIds: [group.id], publiclyAccessible: false, port, parameterGroupName: parameters.name, caCertIdentifier: 'rds-ca-rsa2048-g1',
      backupRetentionPeriod: props.backupDays, backupWindow: props.windows.backup, maintenanceWindow: props.windows.maintenance, copyTagsToSnapshot: true, deletionProtection: protection,
      ...(props.finalSnapshot === undefined ? { skipFinalSnapshot: true } : { skipFinalSnapshot: false, finalSnapshotIdentifier: props.finalSnapshot }),
      performanceInsightsEnabled: true, performanceInsightsKmsKeyId: keyArn, performanceInsightsRetentionPeriod: 7,
      enabledCloudwatchLogsExports: ['postgresql'], tags: { Name: name }, dependsOn: [logs],
    });
    accepted(this.instance, { CKV_AWS_118: 'Performance Insights and alarms watch it; metrics of its operating system cost extra', CKV_AWS_293: 'on in production, through the variable deletion_protection' });
    storeParameters(this, 'postgres', props.parameterPath, { endpoint: this.instance.address, port: String(port), 'secret-arn': this.instance.masterUserSecret.get(0).secretArn });
  }
}
