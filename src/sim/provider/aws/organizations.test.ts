import { describe, expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import { first, text } from '../values.ts';
import type { Attributes } from '../values.ts';

const account = () => simAccount({ accountId: '999900001111' });

const organization = async (services: readonly string[] = ['config.amazonaws.com']) => {
  const { make, drop } = account();
  const made = await make('aws_organizations_organization', { feature_set: 'ALL', enabled_policy_types: ['SERVICE_CONTROL_POLICY'], aws_service_access_principals: [...services] });
  const root = text(first(made['roots'])?.['id']) ?? '';
  const unit = (name: string, parent_id = root): Promise<Attributes> => make('aws_organizations_organizational_unit', { name, parent_id });
  const scp = (name: string, content = '{"Version":"2012-10-17","Statement":[]}'): Promise<Attributes> => make('aws_organizations_policy', { name, content });
  return { make, drop, made, root, unit, scp };
};
const idOf = (o: Attributes): string => text(o['id']) ?? '';

describe('the simulated organization', () => {
  test('is one for an account, and not deleted while it holds anything', async () => {
    const { make, drop, made, unit } = await organization();
    await expect(make('aws_organizations_organization', {})).rejects.toThrow('AlreadyInOrganizationException');
    await unit('a');
    await expect(drop('aws_organizations_organization', made)).rejects.toThrow('OrganizationNotEmptyException');
  });
  test('takes five levels of units, names once below a parent, and parents that exist', async () => {
    const { unit } = await organization();
    let parent = idOf(await unit('1'));
    for (const name of ['2', '3', '4', '5']) parent = idOf(await unit(name, parent));
    await expect(unit('6', parent)).rejects.toThrow('OU_DEPTH_LIMIT_EXCEEDED');
    await expect(unit('1')).rejects.toThrow('DuplicateOrganizationalUnitException');
    await expect(unit('x', 'ou-zzzz-00000000')).rejects.toThrow('ParentNotFoundException');
  });
  test('refuses an e-mail address twice, and lets no account go that it made', async () => {
    const { make, drop } = await organization();
    const member = await make('aws_organizations_account', { name: 'a', email: 'a@acme.io' });
    await expect(make('aws_organizations_account', { name: 'b', email: 'A@acme.io' })).rejects.toThrow('EMAIL_ALREADY_EXISTS');
    await expect(make('aws_organizations_account', { name: 'b', email: 'b.io' })).rejects.toThrow('email');
    await expect(drop('aws_organizations_account', member)).rejects.toThrow('ACCOUNT_CANNOT_LEAVE_ORGANIZATION');
  });
  test('takes policies of 5,120 characters, and five on a unit with its own', async () => {
    const { make, unit, scp } = await organization();
    await expect(scp('long', JSON.stringify({ Statement: 'x'.repeat(5120) }))).rejects.toThrow('POLICY_CONTENT_LIMIT_EXCEEDED');
    const target_id = idOf(await unit('a'));
    const attach = async (name: string): Promise<Attributes> => make('aws_organizations_policy_attachment', { policy_id: idOf(await scp(name)), target_id });
    for (const name of ['1', '2', '3', '4']) await attach(name);
    await expect(attach('5')).rejects.toThrow('MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED');
  });
  test('never delegates to the management account, nor for a service it does not trust', async () => {
    const { make } = await organization();
    const delegate = (account_id: string, service_principal: string): Promise<Attributes> => make('aws_organizations_delegated_administrator', { account_id, service_principal });
    await expect(delegate('999900001111', 'config.amazonaws.com')).rejects.toThrow('CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR');
    await expect(make('aws_guardduty_organization_admin_account', { admin_account_id: '999900001111' })).rejects.toThrow('CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR');
    const id = idOf(await make('aws_organizations_account', { name: 'a', email: 'a@acme.io' }));
    await expect(delegate(id, 'access-analyzer.amazonaws.com')).rejects.toThrow('SERVICE_ACCESS_NOT_ENABLED');
    await expect(delegate(id, 'config.amazonaws.com')).resolves.toMatchObject({ id: `${id}/config.amazonaws.com`, name: 'a' });
  });
  test('has a trail only into a bucket that lets CloudTrail write, for all accounts', async () => {
    const { make, made } = await organization(['cloudtrail.amazonaws.com']);
    await make('aws_s3_bucket', { bucket: 'trail' });
    const trail = (): Promise<Attributes> => make('aws_cloudtrail', { name: 'all', s3_bucket_name: 'trail', is_organization_trail: true });
    await expect(trail()).rejects.toThrow('InsufficientS3BucketPolicyException');
    await make('aws_s3_bucket_policy', { bucket: 'trail', policy: JSON.stringify({ Statement: [{ Principal: { Service: 'cloudtrail.amazonaws.com' }, Resource: `arn:aws:s3:::trail/AWSLogs/${idOf(made)}/*` }] }) });
    await expect(trail()).resolves.toMatchObject({ home_region: 'us-east-1' });
  });
});
