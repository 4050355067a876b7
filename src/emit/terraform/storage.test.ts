import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { environmentBucketName } from '../../units/aws-names.ts';
import { emitTerraform } from '../terraform.ts';
import { bucketNames } from './storage-props.ts';

const render = (sketch: EnvironmentSketch): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture([sketch])), chartPins).map(({ path, text }) => [path.replace('terraform/environments/', ''), text]));
const none = { thanos: { enabled: false }, access_logs: { enabled: false } };
const storage = (settings: Readonly<Record<string, unknown>>, tier: 'dev' | 'prod' = 'dev', more: Readonly<Record<string, unknown>> = {}): string => render({ tier, clusters: 1, settings: { ...more, storage: settings } }).get(`${tier}/storage/storage.tf`) ?? '';
const block = (text: string, header: RegExp): string => text.split(/\n(?=\S)/).find((part) => header.test(part)) ?? expect.fail(`no block ${header}`);
const buckets = (text: string): readonly string[] => [...text.matchAll(/resource "aws_s3_bucket" "(\w+)"/g)].map(([, id]) => id ?? '');

describe('buckets', () => {
  it('leave no trace where none is asked for: no file, no output, no right', () => {
    const files = render({ tier: 'dev', clusters: 1, settings: { storage: none } });
    expect(files.has('dev/storage/storage.tf')).toBe(false);
    expect(files.has('dev/storage/versions.tf')).toBe(false);
    expect([...files].find(([path]) => path.endsWith('deploy.tf'))?.[1]).not.toMatch(/dev_apply_data|dev_plan_read_data/);
  });

  it.each(['mlflow', 'pipelines', 'feast', 'loki', 'models', 'velero', 'thanos'])('of %s is there when it is on', (purpose) => {
    expect(buckets(storage({ ...none, [purpose]: { enabled: true } }))).toEqual([purpose]);
  });

  it('of the data lake are five', () => {
    expect(buckets(storage({ ...none, data_lake: { enabled: true } }))).toEqual(['lake_raw', 'lake_staging', 'lake_curated', 'lake_features', 'lake_archive']);
  });

  it('are each private, encrypted with our key, owned, versioned and closed to all but TLS', () => {
    const text = storage({ ...none, mlflow: { enabled: true }, data_lake: { enabled: true } });
    const all = buckets(text);
    for (const id of all) {
      expect(block(text, new RegExp(`"aws_s3_bucket_public_access_block" "${id}"`)).match(/= true/g)).toHaveLength(4);
      expect(block(text, new RegExp(`"aws_s3_bucket_server_side_encryption_configuration" "${id}"`))).toMatch(/bucket_key_enabled = true\n[^]*kms_master_key_id = aws_kms_key\.storage\.arn/);
      expect(block(text, new RegExp(`"aws_s3_bucket_ownership_controls" "${id}"`))).toContain('"BucketOwnerEnforced"');
      expect(block(text, new RegExp(`"aws_s3_bucket_versioning" "${id}"`))).toContain('"Enabled"');
      expect(block(text, new RegExp(`"aws_s3_bucket_policy" "${id}"`))).toMatch(/Effect += "Deny"[^]*"aws:SecureTransport" = "false"/);
    }
    expect(all).toHaveLength(6);
  });

  it('delete nothing behind the back of Thanos and Velero: blocks move after 90 days, and old versions go', () => {
    const text = storage({ ...none, thanos: { enabled: true }, velero: { enabled: true } });
    expect(block(text, /"aws_s3_bucket_lifecycle_configuration" "thanos"/)).toMatch(/days += 90\n +storage_class = "INTELLIGENT_TIERING"/);
    for (const id of ['thanos', 'velero']) expect(block(text, new RegExp(`"aws_s3_bucket_lifecycle_configuration" "${id}"`))).not.toMatch(/\n +expiration \{/);
    expect(storage({ ...none, thanos: { enabled: true, tiering_days: 30 } })).toMatch(/days += 30\n/);
    expect(storage({ ...none, velero: { enabled: true }, old_versions_days: 3 })).toContain('noncurrent_days = 3');
  });

  it('record requests in a bucket that only S3 writes to, for this account', () => {
    const text = storage({ ...none, mlflow: { enabled: true }, access_logs: { enabled: true, retention_days: 30 } });
    expect(block(text, /"aws_s3_bucket_logging" "mlflow"/)).toContain('aws_s3_bucket.access_logs.id');
    expect(block(text, /"aws_s3_bucket_policy" "access_logs"/)).toMatch(/"logging\.s3\.amazonaws\.com"[^]*"aws:SourceAccount" = "111111111111"/);
    expect(block(text, /"aws_s3_bucket_lifecycle_configuration" "access_logs"/)).toMatch(/expiration \{\n +days = 30/);
    expect(text).not.toContain('"aws_s3_bucket_logging" "access_logs"');
  });

  it('keep their objects in production, whatever is destroyed', () => {
    expect(block(storage({ mlflow: { enabled: true } }, 'prod'), /"aws_s3_bucket" "mlflow"/)).toMatch(/force_destroy = false/);
    expect(block(storage({ mlflow: { enabled: true } }), /"aws_s3_bucket" "mlflow"/)).toMatch(/force_destroy = true/);
  });

  it('of pipelines carry the configured name and key', () => {
    const text = storage({ ...none, pipelines: { enabled: true } }, 'dev', { kubeflow: { pipelines: { bucket: 'kfp-x', kms_arn: 'arn:aws:kms:us-east-1:111111111111:key/k' } } });
    expect(text).toContain('"kfp-x-111111111111-us-east-1"');
    expect(block(text, /"aws_s3_bucket_server_side_encryption_configuration" "pipelines"/)).toContain('"arn:aws:kms:us-east-1:111111111111:key/k"');
  });
});

describe('copies in another region', () => {
  const text = storage({ ...none, models: { enabled: true, replicate: true }, mlflow: { enabled: true }, replica_region: 'eu-west-1' }, 'prod');

  it('are made of what asks for it, with a key of that region', () => {
    expect(buckets(text)).toEqual(['mlflow', 'models', 'models_replica']);
    expect(block(text, /"aws_s3_bucket" "models_replica"/)).toMatch(/region += "eu-west-1"/);
    expect(block(text, /"aws_kms_key" "storage_replica"/)).toMatch(/region += "eu-west-1"/);
    expect(block(text, /"aws_s3_bucket_server_side_encryption_configuration" "models_replica"/)).toContain('aws_kms_key.storage_replica.arn');
  });

  it('cover encrypted objects, in time, with rights on both keys', () => {
    const rule = block(text, /"aws_s3_bucket_replication_configuration" "models"/);
    expect(rule).toMatch(/source_selection_criteria \{\n +sse_kms_encrypted_objects \{\n +status = "Enabled"/);
    expect(rule).toMatch(/replication_time \{\n +status = "Enabled"\n+ +time \{\n +minutes = 15/);
    expect(rule).toContain('replica_kms_key_id = aws_kms_key.storage_replica.arn');
    const rights = block(text, /"aws_iam_role_policy" "replication"/);
    expect(rights).toMatch(/"kms:Decrypt"\n +Resource = aws_kms_key\.storage\.arn/);
    expect(rights).toMatch(/"kms:Encrypt"[^]*Resource = aws_kms_key\.storage_replica\.arn/);
    expect(rights).not.toContain('mlflow');
    expect(block(text, /"aws_iam_role" "replication"/)).toMatch(/boundary"[^]*"s3\.amazonaws\.com"/);
    // S3 documents no such key for replication: a trust that asks for it lets nothing be copied.
    expect(block(text, /"aws_iam_role" "replication"/)).not.toContain('aws:SourceAccount');
  });
});

describe('names of buckets', () => {
  it('are known before anything is made, to whoever has to name them', () => {
    const platform = platformFixture([{ tier: 'dev', clusters: 1, settings: { storage: { ...none, models: { enabled: true }, data_lake: { enabled: true } } } }]);
    const [environment] = platform.environments;
    const names = environment && bucketNames(platform, environment);
    expect(names).toMatchObject({ 'models': 'argoeks-dev-models-111111111111-us-east-1', 'lake-raw': 'argoeks-dev-lake-raw-111111111111-us-east-1' });
    const text = storage({ ...none, models: { enabled: true }, data_lake: { enabled: true } });
    for (const name of Object.values(names ?? {})) expect(text).toContain(`bucket        = "${name}"`);
  });

  it('are legal, end in account and region where there is room, and differ where their parts do', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,20})?$/);
    const region = fc.constantFrom('us-east-1', 'ap-southeast-3', 'us-gov-west-1');
    fc.assert(fc.property(part, part, region, (a, b, where) => {
      const [one, other] = [a, b].map((first) => environmentBucketName(first, { accountId: '111111111111', region: where }));
      expect(one).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
      expect(one === other).toBe(a === b);
    }));
  });
});
