import { describe, expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import type { Attributes } from '../values.ts';

const accountId = '111122223333';
const roleArn = `arn:aws:iam::${accountId}:role/schedule`;

const account = () => {
  const { store, make } = simAccount({ accountId });
  store.put({ type: 'aws_iam_role', region: 'aws-global', id: 'schedule', origin: 'terraform', attributes: { arn: roleArn } });
  return (given: Attributes): Promise<Attributes> => make('aws_scheduler_schedule', given);
};
const schedule = { name: 'a', schedule_expression: 'cron(0 20 ? * MON-FRI *)', flexible_time_window: [{ mode: 'OFF' }], target: [{ arn: 'arn:aws:scheduler:::aws-sdk:eks:updateNodegroupConfig', role_arn: roleArn }] };

describe('what EventBridge Scheduler refuses', () => {
  test('names it knows, expressions it cannot read, roles that are not there', async () => {
    const make = account();
    await expect(make(schedule)).resolves.toMatchObject({ id: 'default/a', arn: `arn:aws:scheduler:us-east-1:${accountId}:schedule/default/a` });
    await expect(make(schedule)).rejects.toThrow('ConflictException');
    await expect(make({ ...schedule, name: 'b', schedule_expression: 'cron(0 20 * * MON-FRI)' })).rejects.toThrow('Invalid Schedule Expression');
    await expect(make({ ...schedule, name: 'b', schedule_expression: 'daily' })).rejects.toThrow('invalid value');
    await expect(make({ ...schedule, name: 'a/b' })).rejects.toThrow('invalid value');
    await expect(make({ ...schedule, name: 'b', target: [{ ...schedule.target[0], arn: 'arn:aws:scheduler:::aws-sdk:eks:updateNodegroupConfig', role_arn: `${roleArn}2` }] })).rejects.toThrow('execution role');
  });
});
