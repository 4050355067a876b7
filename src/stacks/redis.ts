import { ElasticacheReplicationGroup } from '#bindings/aws/elasticache-replication-group.js';
import { ElasticacheSubnetGroup } from '#bindings/aws/elasticache-subnet-group.js';
import { ElasticacheUser } from '#bindings/aws/elasticache-user.js';
import { ElasticacheUserGroup } from '#bindings/aws/elasticache-user-group.js';
import { Construct } from 'constructs';
import { storeSecurityGroup } from './data-network.ts';
import type { StoreSurroundings } from './store-surroundings.ts';
import { accepted, because } from './root.ts';
import { storeParameters } from './store-parameters.ts';

/** A Valkey or Redis replication group, decided. */
export interface RedisProps {
  readonly name: string;
  readonly description: string;
  readonly engine: string;
  readonly version: string;
  readonly nodeType: string;
  readonly nodes: number;
  /** Whether a replica takes over by itself: there is one. */
  readonly failsOver: boolean;
  readonly snapshotDays: number;
  /** Absent: none is taken. */
  readonly finalSnapshot?: string;
  /** Id and name of the user that signs in through IAM; they must be the same. */
  readonly user: string;
  /** Id of the disabled user `default`, which a user group of Redis must hold; absent for Valkey. */
  readonly defaultUser?: string;
  readonly userGroup: string;
  readonly parameterPath: string;
}

const port = 6379;

/** ElastiCache for Valkey or Redis: TLS, encryption with our key, and sign-in through IAM, so that there is no password to keep. File `redis.tf`. */
export class Redis extends Construct {
  readonly group: ElasticacheReplicationGroup;

  constructor(scope: Construct, props: RedisProps, { network, keyArn }: StoreSurroundings) {
    super(scope, 'redis');
    const { name, engine } = props;
    const group = storeSecurityGroup(this, 'redis', network, { name, port });
    const subnets = new ElasticacheSubnetGroup(this, 'elasticache-subnet-group.redis', { name, description: 'Private subnets', subnetIds: network.subnetIds });
    const user = new ElasticacheUser(this, 'elasticache-user.redis', { userId: props.user, userName: props.user, engine, accessString: 'on ~* +@all', authenticationMode: { type: 'iam' } });
    const closed = props.defaultUser === undefined ? [] : [because(new ElasticacheUser(this, 'elasticache-user.redis_default', {
      userId: props.defaultUser, userName: 'default', engine, accessString: 'off ~keys* -@all', authenticationMode: { type: 'no-password-required' },
    }), 'A user group of Redis must hold a user of this name; this one is switched off.')];
    const users = new ElasticacheUserGroup(this, 'elasticache-user-group.redis', { userGroupId: props.userGroup, engine, userIds: [user, ...closed].map(({ userId }) => userId) });
    this.group = new ElasticacheReplicationGroup(this, 'elasticache-replication-group.redis', {
      replicationGroupId: name, description: props.description, engine, engineVersion: props.version, nodeType: props.nodeType, numCacheClusters: props.nodes, port,
      automaticFailoverEnabled: props.failsOver, multiAzEnabled: props.failsOver, atRestEncryptionEnabled: 'true', kmsKeyId: keyArn, transitEncryptionEnabled: true, userGroupIds: [users.id],
      subnetGroupName: subnets.name, securityGroupIds: [group.id], autoMinorVersionUpgrade: 'true', maintenanceWindow: 'sun:04:30-sun:05:30',
      ...(props.snapshotDays === 0 ? {} : { snapshotRetentionLimit: props.snapshotDays, snapshotWindow: '03:00-04:00' }),
      ...(props.finalSnapshot === undefined ? {} : { finalSnapshotIdentifier: props.finalSnapshot }), tags: { Name: name },
    });
    accepted(this.group, { CKV2_AWS_50: 'on where there are replicas' });
    storeParameters(this, 'redis', props.parameterPath, { endpoint: this.group.primaryEndpointAddress, port: String(port), user: props.user });
  }
}
