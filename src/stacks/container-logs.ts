import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import type { KmsKey } from '#bindings/aws/kms-key.js';
import { Construct } from 'constructs';
import { accepted, because } from './root.ts';

/** Log groups that CloudWatch's agent and Fluent Bit write to. */
export interface ContainerLogsProps {
  /** Resource name → log group. */
  readonly groups: Readonly<Record<string, string>>;
  readonly retentionDays: number;
}

/** Log groups of a cluster's containers, encrypted with its data key. File `container-logs.tf`. */
export class ContainerLogs extends Construct {
  constructor(scope: Construct, key: KmsKey, { groups, retentionDays }: ContainerLogsProps) {
    super(scope, 'container-logs');
    for (const [id, name] of Object.entries(groups)) {
      accepted(because(new CloudwatchLogGroup(this, `cloudwatch-log-group.containers_${id}`, { name, retentionInDays: retentionDays, kmsKeyId: key.arn }),
        'Made before the agents: they would otherwise create it, unencrypted and kept for ever.'), { CKV_AWS_338: 'output of programs, no record of who did what: its length is the configuration\'s' });
    }
  }
}
