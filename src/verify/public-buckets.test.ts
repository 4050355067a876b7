import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../emit/terraform.ts';
import type { Artifact } from '../model/plan.ts';
import { publicBuckets } from './public-buckets.ts';

const everyBucket = { storage: { thanos: { enabled: true }, velero: { enabled: true }, mlflow: { enabled: true }, data_lake: { enabled: true }, access_logs: { enabled: true } } };
const files = emitTerraform(terraformPlan(platformFixture([{ tier: 'prod', clusters: 1, settings: everyBucket }])), chartPins);
const buckets = files.flatMap(({ text }) => [...text.matchAll(/^resource "aws_s3_bucket" /gm)]).length;
const changed = (change: (text: string) => string): readonly Artifact[] => files.map((file) => (file.path.endsWith('/storage/storage.tf') ? { ...file, text: change(file.text) } : file));
const messages = (artifacts: readonly Artifact[]): readonly string[] => publicBuckets(artifacts).map(({ code, at, summary }) => `${code} ${at.file.split('/').at(-1)} ${summary}`);

describe('buckets', () => {
  it('are all guarded against being made public', () => {
    expect(buckets).toBeGreaterThan(6);
    expect(publicBuckets(files)).toEqual([]);
  });

  it('are named where one guard is off', () => {
    expect(messages(changed((text) => text.replace(/block_public_policy( +)= true/, 'block_public_policy$1= false')))).toEqual([expect.stringMatching(/^verify\/public-bucket storage\.tf Bucket "\w+" is not guarded/)]);
  });

  it('are named where the guard is gone, or guards another root\'s bucket', () => {
    const count = [...(files.find(({ path }) => path.endsWith('/storage/storage.tf'))?.text ?? '').matchAll(/^resource "aws_s3_bucket" /gm)].length;
    const guards = /^resource "aws_s3_bucket_public_access_block" [^]*?^\}\n/gm;
    const moved = changed((text) => text.replaceAll(guards, ''));
    expect(messages(moved)).toHaveLength(count);
    expect(messages([...moved, { path: 'terraform/elsewhere/guards.tf', text: (files.find(({ path }) => path.endsWith('/storage/storage.tf'))?.text.match(guards) ?? []).join('\n') }])).toHaveLength(count);
  });

  it('are named where an ACL opens them', () => {
    const acl = '\nresource "aws_s3_bucket_acl" "open" {\n  bucket = aws_s3_bucket.thanos.id\n  acl    = "public-read"\n}\n';
    expect(messages(changed((text) => text + acl))).toEqual(['verify/public-bucket storage.tf ACL "open" opens a bucket to everybody.']);
    expect(messages(changed((text) => text + acl.replace('public-read', 'private')))).toEqual([]);
  });
});
