import { ConfigConfigRule } from '#bindings/aws/config-config-rule.js';
import { ConfigConfigurationRecorder } from '#bindings/aws/config-configuration-recorder.js';
import { ConfigConfigurationRecorderStatus } from '#bindings/aws/config-configuration-recorder-status.js';
import { ConfigDeliveryChannel } from '#bindings/aws/config-delivery-channel.js';
import { ConfigRetentionConfiguration } from '#bindings/aws/config-retention-configuration.js';
import { IamServiceLinkedRole } from '#bindings/aws/iam-service-linked-role.js';
import { Construct } from 'constructs';
import type { AuditStore } from './audit-store.ts';
import { accepted, because } from './root.ts';

/** AWS Config in the regions of an account. */
export interface ConfigurationRecorderProps {
  /** ARN of the service-linked role. */
  readonly roleArn: string;
  /** Whether the role is made here. */
  readonly createsRole: boolean;
  /** Resource name → what is recorded in the region. */
  readonly regions: Readonly<Record<string, {
    readonly region: string;
    /** `CONTINUOUS` or `DAILY`. */
    readonly frequency: string;
    readonly retentionDays: number;
    /** IAM is everywhere; one region records it, or each would be billed. */
    readonly recordsGlobal: boolean;
    /** Resource name → rule: its name and the identifier AWS keeps it under. */
    readonly rules: Readonly<Record<string, { readonly name: string; readonly identifier: string }>>;
  }>>;
}

/** Recorder, channel to the account's audit store, and rules. File `config.tf`. */
export class ConfigurationRecorder extends Construct {
  /** By region's resource name: what must be there before resources count as recorded. */
  readonly running: ReadonlyMap<string, ConfigConfigurationRecorderStatus>;

  constructor(scope: Construct, { roleArn, createsRole, regions }: ConfigurationRecorderProps, { bucket, key, policy }: AuditStore) {
    super(scope, 'config');
    const role = createsRole ? because(new IamServiceLinkedRole(this, 'iam-service-linked-role.config', { awsServiceName: 'config.amazonaws.com' }), 'Security Hub finds fault with any other role of the recorder.') : undefined;
    this.running = new Map(Object.entries(regions).map(([place, { region, frequency, retentionDays, recordsGlobal, rules }]) => {
      const recorder = accepted(new ConfigConfigurationRecorder(this, `config-configuration-recorder.${place}`, {
        region, name: 'default', roleArn: role?.arn ?? roleArn, recordingGroup: { allSupported: true, includeGlobalResourceTypes: recordsGlobal }, recordingMode: { recordingFrequency: frequency },
      }), recordsGlobal ? {} : { CKV2_AWS_48: 'IAM is recorded in another region' });
      const channel = new ConfigDeliveryChannel(this, `config-delivery-channel.${place}`, { region, name: 'default', s3BucketName: bucket.id, s3KmsKeyArn: key.arn, dependsOn: [recorder, policy] });
      const status = new ConfigConfigurationRecorderStatus(this, `config-configuration-recorder-status.${place}`, { region, name: recorder.name, isEnabled: true, dependsOn: [channel] });
      new ConfigRetentionConfiguration(this, `config-retention-configuration.${place}`, { region, retentionPeriodInDays: retentionDays });
      for (const [id, { name, identifier }] of Object.entries(rules)) new ConfigConfigRule(this, `config-config-rule.${place}_${id}`, { region, name, source: { owner: 'AWS', sourceIdentifier: identifier }, dependsOn: [status] });
      return [place, status] as const;
    }));
  }
}
