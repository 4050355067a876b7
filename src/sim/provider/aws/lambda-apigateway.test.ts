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

test('routes, stages and permissions of APIs that are not as AWS wants them', async () => {
  const { make } = await withRole();
  const api = await make('aws_apigatewayv2_api', { name: 'hello', protocol_type: 'HTTP' });
  const at: Attributes = { api_id: api['id'] ?? null };
  await expect(make('aws_apigatewayv2_route', { api_id: 'none', route_key: 'GET /' })).rejects.toThrow('Invalid API identifier');
  await expect(make('aws_apigatewayv2_route', { ...at, route_key: 'GET' })).rejects.toThrow('not formatted properly');
  await make('aws_apigatewayv2_route', { ...at, route_key: 'GET /' });
  await expect(make('aws_apigatewayv2_route', { ...at, route_key: 'GET /' })).rejects.toThrow('ConflictException');
  await expect(make('aws_apigatewayv2_stage', { ...at, name: '$default', access_log_settings: [{ destination_arn: 'arn:aws:logs:us-east-1:111122223333:log-group:/none', format: 'x' }] })).rejects.toThrow('log group must exist');
  await expect(make('aws_lambda_permission', { function_name: 'none', statement_id: 'a', action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' })).rejects.toThrow('Function not found');
});
