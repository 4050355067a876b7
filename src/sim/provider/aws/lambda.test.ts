import { expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import type { Attributes } from '../values.ts';

const trusts = (service: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] });
const role = 'arn:aws:iam::111122223333:role/fn';
const given: Attributes = { function_name: 'hello', role, filename: 'x.zip', runtime: 'python3.12', handler: 'handler.handler' };

const withRole = async () => {
  const account = simAccount();
  await account.make('aws_iam_role', { name: 'fn', assume_role_policy: trusts('lambda.amazonaws.com') });
  return account;
};

test('a function needs a role that Lambda may assume, and that may send to its queue', async () => {
  const { make } = await withRole();
  await expect(make('aws_lambda_function', { ...given, role: `${role}2` })).rejects.toThrow('cannot be assumed by Lambda');
  await make('aws_iam_role', { name: 'other', assume_role_policy: trusts('ec2.amazonaws.com') });
  await expect(make('aws_lambda_function', { ...given, role: 'arn:aws:iam::111122223333:role/other' })).rejects.toThrow('cannot be assumed by Lambda');
  const failed: Attributes = { dead_letter_config: [{ target_arn: 'arn:aws:sqs:us-east-1:111122223333:failed' }] };
  await expect(make('aws_lambda_function', { ...given, ...failed })).rejects.toThrow('does not have permissions to call SendMessage on SQS');
  await make('aws_iam_role_policy', { name: 'run', role: 'fn', policy: JSON.stringify({ Statement: [{ Action: 'sqs:SendMessage' }] }) });
  expect(await make('aws_lambda_function', { ...given, ...failed })).toMatchObject({ arn: 'arn:aws:lambda:us-east-1:111122223333:function:hello', timeout: 3, version: '$LATEST' });
  await expect(make('aws_lambda_function', given)).rejects.toThrow('ResourceConflictException');
});

test('names, sizes and variables that Lambda refuses', async () => {
  const { make } = await withRole();
  await expect(make('aws_lambda_function', { ...given, function_name: 'a b' })).rejects.toThrow('invalid value "a b"');
  await expect(make('aws_lambda_function', { ...given, memory_size: 64 })).rejects.toThrow('(128 - 10240)');
  await expect(make('aws_lambda_function', { ...given, environment: [{ variables: { AWS_REGION: 'x' } }] })).rejects.toThrow('Reserved keys used in this request: AWS_REGION');
  await expect(make('aws_lambda_function', { ...given, environment: [{ variables: { LONG: 'x'.repeat(4096) } }] })).rejects.toThrow('4KB');
});

test('a permission on no function, and the same one twice', async () => {
  const { make } = await withRole();
  const allow: Attributes = { function_name: 'hello', statement_id: 'a', action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' };
  await expect(make('aws_lambda_permission', allow)).rejects.toThrow('Function not found');
  await make('aws_lambda_function', given);
  await make('aws_lambda_permission', allow);
  await expect(make('aws_lambda_permission', allow)).rejects.toThrow('already exists');
  await make('aws_lambda_function', { ...given, function_name: 'other' });
  await make('aws_lambda_permission', { ...allow, function_name: 'other' });
});
