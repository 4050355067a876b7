import { describe, expect, it } from 'vitest';
import { organizationFixture } from '../../test/fixtures/organization.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { serviceControlRules } from '../emit/terraform/service-control-policies.ts';
import { denies, serviceControlReport } from './service-control.ts';

const reportOf = (said?: Readonly<Record<string, unknown>>) => serviceControlReport(platformFixture(), organizationFixture(said)).units;

describe('the report on service control policies', () => {
  const [unit] = reportOf();
  const verdict = (title: string): readonly string[] => unit?.requests.find(({ request }) => request === title)?.deniedBy ?? expect.fail(title);

  it('lets the platform\'s own work pass with everything on', () => {
    for (const title of ['CI makes a cluster', 'CI makes a role', 'CI closes a bucket of its own', 'a pod assumes its role', 'an upload without an encryption header', 'an upload encrypted with KMS', 'Karpenter starts a node with an encrypted disk', 'an exempt role sets the account\'s block on public buckets']) expect(verdict(title), title).toEqual([]);
  });
  it('has a sample that each rule denies', () => {
    const rules = new Set(unit?.requests.flatMap(({ deniedBy }) => deniedBy));
    expect([...rules].toSorted()).toEqual([...serviceControlRules].toSorted());
  });
  it('names the rule that denies', () => {
    expect(verdict('an upload that asks for S3\'s own key')).toEqual(['RequireEncryption']);
    expect(verdict('a machine in a region that nobody uses')).toEqual(['DenyUnsupportedRegions']);
    expect(verdict('the root user of an account')).toEqual(['DenyRootUser']);
  });
  it('follows units down, and knows where nothing is attached', () => {
    const units = reportOf({ scps: { strict: true, attach: { base: ['security'], strict: ['workloads'] } } });
    expect(Object.fromEntries(units.map((one) => [one.unit, one.groups]))).toMatchObject({ security: ['base'], 'shared-services/data': [], 'workloads/sandbox': ['strict'] });
  });
});

describe('a statement', () => {
  const ask = (operator: string, context: Readonly<Record<string, string>>) => denies({ actions: ['s3:Put*'], when: { [operator]: [{ key: 'k', values: ['a*', 'true'] }] } }, { title: '', action: 's3:PutObject', context });
  it('treats what is missing as IAM does', () => {
    expect([ask('StringLike', {}), ask('StringNotLike', {}), ask('StringLikeIfExists', {}), ask('Null', {}), ask('Bool', {})]).toEqual([false, true, true, true, false]);
    expect([ask('StringLike', { k: 'abc' }), ask('StringNotLike', { k: 'abc' }), ask('Null', { k: 'abc' }), ask('Bool', { k: 'true' })]).toEqual([true, false, false, true]);
  });
  it('is about the actions it names, or about all others', () => {
    const asked = { title: '', action: 'ec2:RunInstances', context: {} };
    expect([denies({ actions: ['ec2:*'] }, asked), denies({ actions: ['s3:*'] }, asked), denies({ actions: ['s3:*'], exceptActions: true }, asked), denies({ actions: ['ec2:*'], exceptActions: true }, asked)]).toEqual([true, false, true, false]);
  });
});
