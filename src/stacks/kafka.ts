import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { MskCluster } from '#bindings/aws/msk-cluster.js';
import { MskConfiguration } from '#bindings/aws/msk-configuration.js';
import { Construct } from 'constructs';
import { storeSecurityGroup } from './data-network.ts';
import type { StoreSurroundings } from './store-surroundings.ts';
import { storeParameters } from './store-parameters.ts';

/** A Kafka cluster, decided. */
export interface KafkaProps {
  readonly name: string;
  readonly version: string;
  readonly brokerType: string;
  readonly brokers: number;
  readonly volumeGib: number;
  readonly properties: string;
  readonly logGroup: string;
  readonly logDays: number;
  readonly parameterPath: string;
}

/** Port of TLS with IAM. Source: Amazon MSK developer guide, "Port information". */
const port = 9098;

/** Managed Kafka that takes TLS with IAM and nothing else, encrypted with our key, its brokers' logs kept. File `msk.tf`. */
export class Kafka extends Construct {
  readonly cluster: MskCluster;

  constructor(scope: Construct, props: KafkaProps, { network, keyArn }: StoreSurroundings) {
    super(scope, 'msk');
    const { name } = props;
    const group = storeSecurityGroup(this, 'msk', network, { name, port });
    const logs = new CloudwatchLogGroup(this, 'cloudwatch-log-group.msk', { name: props.logGroup, retentionInDays: props.logDays, kmsKeyId: keyArn });
    const configuration = new MskConfiguration(this, 'msk-configuration.msk', { name, serverProperties: props.properties });
    this.cluster = new MskCluster(this, 'msk-cluster.msk', {
      clusterName: name, kafkaVersion: props.version, numberOfBrokerNodes: props.brokers, enhancedMonitoring: 'PER_BROKER',
      brokerNodeGroupInfo: { instanceType: props.brokerType, clientSubnets: network.subnetIds, securityGroups: [group.id], storageInfo: { ebsStorageInfo: { volumeSize: props.volumeGib } } },
      clientAuthentication: { unauthenticated: false, sasl: { iam: true } },
      encryptionInfo: { encryptionAtRestKmsKeyArn: keyArn, encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
      configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
      loggingInfo: { brokerLogs: { cloudwatchLogs: { enabled: true, logGroup: logs.name } } }, tags: { Name: name },
    });
    storeParameters(this, 'msk', props.parameterPath, { 'bootstrap-brokers': this.cluster.bootstrapBrokersSaslIam, 'cluster-arn': this.cluster.arn });
  }
}
