import { ElasticacheCluster } from '#bindings/aws/elasticache-cluster.js';
import { ElasticacheSubnetGroup } from '#bindings/aws/elasticache-subnet-group.js';
import { Construct } from 'constructs';
import { storeSecurityGroup } from './data-network.ts';
import type { StoreSurroundings } from './store-surroundings.ts';
import { storeParameters } from './store-parameters.ts';

/** A Memcached cluster, decided. */
export interface MemcachedProps {
  readonly name: string;
  readonly version: string;
  readonly nodeType: string;
  readonly nodes: number;
  readonly azMode: string;
  readonly parameterPath: string;
}

const port = 11211;

/** ElastiCache for Memcached, with TLS. It knows no users and encrypts nothing at rest, because it keeps nothing. File `memcached.tf`. */
export class Memcached extends Construct {
  readonly cluster: ElasticacheCluster;

  constructor(scope: Construct, { name, version, nodeType, nodes, azMode, parameterPath }: MemcachedProps, { network }: StoreSurroundings) {
    super(scope, 'memcached');
    const group = storeSecurityGroup(this, 'memcached', network, { name, port });
    const subnets = new ElasticacheSubnetGroup(this, 'elasticache-subnet-group.memcached', { name, description: 'Private subnets', subnetIds: network.subnetIds });
    this.cluster = new ElasticacheCluster(this, 'elasticache-cluster.memcached', {
      clusterId: name, engine: 'memcached', engineVersion: version, nodeType, numCacheNodes: nodes, azMode, port, transitEncryptionEnabled: true,
      subnetGroupName: subnets.name, securityGroupIds: [group.id], maintenanceWindow: 'sun:04:30-sun:05:30', tags: { Name: name },
    });
    storeParameters(this, 'memcached', parameterPath, { endpoint: this.cluster.configurationEndpoint });
  }
}
