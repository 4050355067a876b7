import { describe, expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import { text } from '../values.ts';
import type { Attributes } from '../values.ts';

const idOf = (o: Attributes): string => text(o['id']) ?? '';
const elsewhere = { region: 'eu-west-1' };

describe('GuardDuty, Security Hub and Macie', () => {
  test('are once in a region', async () => {
    const { make } = simAccount();
    for (const [type, refusal] of [['aws_guardduty_detector', 'a detector already exists for the current account'], ['aws_securityhub_account', 'Account is already subscribed to Security Hub'], ['aws_macie2_account', 'Macie has already been enabled']] as const) {
      await make(type, {});
      await expect(make(type, {})).rejects.toThrow(refusal);
      await expect(make(type, elsewhere)).resolves.toBeDefined();
    }
  });

  test('a feature has a name that exists, a detector, and parts only where there are any', async () => {
    const { make } = simAccount();
    const detector_id = idOf(await make('aws_guardduty_detector', {}));
    const feature = (name: string, more: Attributes = {}): Promise<Attributes> => make('aws_guardduty_detector_feature', { detector_id, name, status: 'ENABLED', ...more });
    await expect(feature('MALWARE')).rejects.toThrow('expected one of');
    await expect(feature('S3_DATA_EVENTS', { detector_id: 'd41d8cd98f00b204e9800998ecf8427e' })).rejects.toThrow('not owned by the current account');
    await expect(feature('S3_DATA_EVENTS', { additional_configuration: [{ name: 'EKS_ADDON_MANAGEMENT', status: 'ENABLED' }] })).rejects.toThrow('no additional configuration');
    await expect(feature('RUNTIME_MONITORING', { additional_configuration: [{ name: 'EKS_ADDON_MANAGEMENT', status: 'ENABLED' }] })).resolves.toMatchObject({ id: `${detector_id}/RUNTIME_MONITORING` });
    await expect(feature('EKS_RUNTIME_MONITORING')).rejects.toThrow('both EKS_RUNTIME_MONITORING and RUNTIME_MONITORING');
  });

  test('a standard is one that exists, in the region of its hub', async () => {
    const { make } = simAccount();
    const subscribe = (standards_arn: string, more: Attributes = {}): Promise<Attributes> => make('aws_securityhub_standards_subscription', { standards_arn, ...more });
    const cis = 'arn:aws:securityhub:us-east-1::standards/cis-aws-foundations-benchmark/v/3.0.0';
    await expect(subscribe(cis)).rejects.toThrow('is not subscribed to AWS Security Hub');
    await make('aws_securityhub_account', {});
    await expect(subscribe(cis)).resolves.toMatchObject({ id: 'arn:aws:securityhub:us-east-1:111122223333:subscription/cis-aws-foundations-benchmark/v/3.0.0' });
    await expect(subscribe(cis.replace('us-east-1', 'eu-west-1'))).rejects.toThrow('Invalid Standards ARN');
    await expect(subscribe(cis.replace('3.0.0', '2.0.0'))).rejects.toThrow('Invalid Standards ARN');
    await expect(subscribe('cis')).rejects.toThrow('is not the ARN of a standard');
  });
});

describe('Inspector and Access Analyzer', () => {
  test('Inspector scans kinds that exist, in the own account', async () => {
    const { make } = simAccount();
    const enable = (account: string, ...resource_types: readonly string[]): Promise<Attributes> => make('aws_inspector2_enabler', { account_ids: [account], resource_types: [...resource_types] });
    await expect(enable('111122223333', 'EKS')).rejects.toThrow('expected one of');
    await expect(enable('999988887777', 'EC2')).rejects.toThrow('AccessDeniedException');
    await expect(enable('111122223333', 'LAMBDA_CODE')).rejects.toThrow('LAMBDA_CODE scanning requires LAMBDA');
    await expect(enable('111122223333', 'LAMBDA', 'EC2')).resolves.toMatchObject({ id: '111122223333-EC2:LAMBDA' });
  });

  test('there is one analyzer of a kind in a region, of an organization only where there is one', async () => {
    const { make } = simAccount();
    const analyze = (analyzer_name: string, more: Attributes = {}): Promise<Attributes> => make('aws_accessanalyzer_analyzer', { analyzer_name, ...more });
    await analyze('a');
    await expect(analyze('b')).rejects.toThrow('ServiceQuotaExceededException');
    await expect(analyze('b', { ...elsewhere })).resolves.toMatchObject({ type: 'ACCOUNT' });
    await expect(analyze('c', { type: 'ORGANIZATION' })).rejects.toThrow('You must create an organization');
    await expect(analyze('d', { type: 'ACCOUNT_UNUSED_ACCESS', configuration: [{ unused_access: [{ unused_access_age: 366 }] }] })).rejects.toThrow('range (1 - 365)');
    await expect(analyze('9')).rejects.toThrow('invalid value');
  });
});

describe('AWS Config', () => {
  const account = async () => {
    const sim = simAccount();
    const role_arn = idOf(await sim.make('aws_iam_service_linked_role', { aws_service_name: 'config.amazonaws.com' }));
    await sim.make('aws_s3_bucket', { bucket: 'audit' });
    const recorder = (more: Attributes = {}): Promise<Attributes> => sim.make('aws_config_configuration_recorder', { role_arn, ...more });
    const channel = (): Promise<Attributes> => sim.make('aws_config_delivery_channel', { s3_bucket_name: 'audit' });
    const start = (): Promise<Attributes> => sim.make('aws_config_configuration_recorder_status', { name: 'default', is_enabled: true });
    const open = (): Promise<Attributes> => sim.make('aws_s3_bucket_policy', { bucket: 'audit', policy: JSON.stringify({ Statement: [{ Principal: { Service: 'config.amazonaws.com' } }] }) });
    return { ...sim, role_arn, recorder, channel, start, open };
  };

  test('has one recorder in a region, with a role that exists', async () => {
    const { recorder } = await account();
    await expect(recorder({ role_arn: 'arn:aws:iam::111122223333:role/none' })).rejects.toThrow('InvalidRoleException');
    await expect(recorder({ recording_group: [{ all_supported: false, include_global_resource_types: true }] })).rejects.toThrow('InvalidRecordingGroupException');
    await recorder();
    await expect(recorder({ name: 'second' })).rejects.toThrow('MaxNumberOfConfigurationRecordersExceededException');
    await expect(recorder(elsewhere)).resolves.toMatchObject({ name: 'default' });
  });

  test('starts in the order recorder, channel, start, and stops in reverse', async () => {
    const { recorder, channel, start, open, drop } = await account();
    await expect(channel()).rejects.toThrow('NoAvailableConfigurationRecorderException');
    await expect(start()).rejects.toThrow('NoSuchConfigurationRecorderException');
    await recorder();
    await expect(start()).rejects.toThrow('NoAvailableDeliveryChannelException');
    await expect(channel()).rejects.toThrow('InsufficientDeliveryPolicyException');
    await open();
    const made = await channel();
    const status = await start();
    await expect(drop('aws_config_delivery_channel', made)).rejects.toThrow('LastDeliveryChannelDeleteFailedException');
    await drop('aws_config_configuration_recorder_status', status);
    await drop('aws_config_delivery_channel', made);
  });

  test('keeps items for 30 to 2,557 days, and knows its rules by identifier', async () => {
    const { make, recorder } = await account();
    await expect(make('aws_config_retention_configuration', { retention_period_in_days: 29 })).rejects.toThrow('range (30 - 2557)');
    const rule = (source_identifier: string): Promise<Attributes> => make('aws_config_config_rule', { name: 'r', source: [{ owner: 'AWS', source_identifier }] });
    await expect(rule('ENCRYPTED_VOLUMES')).rejects.toThrow('NoAvailableConfigurationRecorderException');
    await recorder();
    await expect(rule('encrypted-volumes')).rejects.toThrow('The sourceIdentifier encrypted-volumes is invalid');
    await expect(rule('ENCRYPTED_VOLUMES')).resolves.toMatchObject({ evaluation_mode: [{ mode: 'DETECTIVE' }] });
  });

  test('holds on to its role', async () => {
    const { make, drop, recorder, store } = await account();
    await expect(make('aws_iam_service_linked_role', { aws_service_name: 'config.amazonaws.com' })).rejects.toThrow('AWSServiceRoleForConfig has been taken in this account');
    await expect(make('aws_iam_service_linked_role', { aws_service_name: 'config.amazonaws.com', custom_suffix: 'x' })).rejects.toThrow('Custom suffix is not allowed');
    const recording = await recorder();
    const role = store.list('aws_iam_service_linked_role')[0]?.attributes ?? {};
    await expect(drop('aws_iam_service_linked_role', role)).rejects.toThrow('used by the configuration recorder');
    await drop('aws_config_configuration_recorder', recording);
    await drop('aws_iam_service_linked_role', role);
  });
});

describe('what an account has anyway', () => {
  test('is set for the own account, to values that AWS takes', async () => {
    const { make } = simAccount();
    await expect(make('aws_s3_account_public_access_block', { account_id: '999988887777' })).rejects.toThrow('AccessDenied');
    await expect(make('aws_iam_account_password_policy', { max_password_age: 1096 })).rejects.toThrow('range (1 - 1095)');
    await expect(make('aws_iam_account_password_policy', { password_reuse_prevention: 25 })).rejects.toThrow('range (1 - 24)');
    await expect(make('aws_iam_account_password_policy', { max_password_age: 90 })).resolves.toMatchObject({ expire_passwords: true, minimum_password_length: 6 });
    await expect(make('aws_ebs_default_kms_key', { key_arn: 'arn:aws:kms:us-east-1:111122223333:key/none' })).rejects.toThrow('InvalidKmsKeyId.NotFound');
    await expect(make('aws_ebs_encryption_by_default', {})).resolves.toMatchObject({ enabled: true });
  });
});

describe('a trail', () => {
  const arn = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main';
  const allowing = (source: string): string => JSON.stringify({ Statement: [{ Action: 'kms:*', Principal: { Service: 'cloudtrail.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceArn': source } } }] });
  const account = async () => {
    const sim = simAccount();
    await sim.make('aws_s3_bucket', { bucket: 'audit' });
    const open = (source: string): Promise<Attributes> => sim.make('aws_s3_bucket_policy', { bucket: 'audit', policy: allowing(source) });
    const trail = (more: Attributes = {}): Promise<Attributes> => sim.make('aws_cloudtrail', { name: 'main', s3_bucket_name: 'audit', ...more });
    return { ...sim, open, trail };
  };

  test('needs a bucket that lets this very trail write', async () => {
    const { open, trail } = await account();
    await expect(trail()).rejects.toThrow('InsufficientS3BucketPolicyException');
    await open(arn.replace('trail/main', 'trail/main-2'));
    await expect(trail()).rejects.toThrow('InsufficientS3BucketPolicyException');
  });

  test('needs a key, a log group with its streams, and a role it may assume', async () => {
    const { make, open, trail } = await account();
    await open(arn);
    await expect(trail({ kms_key_id: 'arn:aws:kms:us-east-1:111122223333:key/none' })).rejects.toThrow('KmsKeyNotFoundException');
    await expect(trail({ kms_key_id: text((await make('aws_kms_key', {}))['arn']) ?? '' })).rejects.toThrow('InsufficientEncryptionPolicyException');
    const group = text((await make('aws_cloudwatch_log_group', { name: 'trail' }))['arn']) ?? '';
    const role = async (service: string): Promise<string> => text((await make('aws_iam_role', { name: service, assume_role_policy: JSON.stringify({ Statement: [{ Principal: { Service: `${service}.amazonaws.com` } }] }) }))['arn']) ?? '';
    const ours = await role('cloudtrail');
    await expect(trail({ cloud_watch_logs_group_arn: group, cloud_watch_logs_role_arn: ours })).rejects.toThrow('cannot validate the specified log group ARN');
    await expect(trail({ cloud_watch_logs_group_arn: `${group}:*`, cloud_watch_logs_role_arn: await role('ec2') })).rejects.toThrow('Check the trust relationships');
    await expect(trail({ kms_key_id: text((await make('aws_kms_key', { policy: allowing(arn) }))['arn']) ?? '', cloud_watch_logs_group_arn: `${group}:*`, cloud_watch_logs_role_arn: ours })).resolves.toMatchObject({ arn });
  });
});
