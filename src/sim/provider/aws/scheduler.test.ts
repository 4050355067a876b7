import { describe, expect, test } from 'vitest';
import { Engine } from '../engine/engine.ts';
import { conformBlock } from '../schema/conform.ts';
import { loadSchema } from '../schema/schema-json.ts';
import { FaultPlan } from '../store/faults.ts';
import { MemoryStore } from '../store/memory-store.ts';
import type { Attributes } from '../values.ts';
import { awsData } from './data.ts';
import { awsModels } from './models.ts';

const schema = loadSchema('aws');
const accountId = '111122223333';
const roleArn = `arn:aws:iam::${accountId}:role/schedule`;

const account = () => {
  const store = new MemoryStore();
  store.put({ type: 'aws_iam_role', region: 'aws-global', id: 'schedule', origin: 'terraform', attributes: { arn: roleArn } });
  const engine = new Engine({ schema, resources: awsModels, data: awsData }, { account: { accountId, partition: 'aws', region: 'us-east-1', defaultTags: {}, store, now: () => '2026-01-01T00:00:00Z' }, faults: new FaultPlan(), hooks: {} });
  return async (given: Attributes): Promise<Attributes> => {
    const type = 'aws_scheduler_schedule';
    const config = conformBlock(schema.resources[type]?.block ?? {}, given);
    const [wrong] = engine.validate(type, config);
    if (wrong) throw new Error(`${wrong.summary} ${wrong.detail}`);
    const { value, problems } = await engine.apply(type, engine.plan(type, config, config, null).planned, null);
    if (problems[0]) throw new Error(problems[0].summary);
    return value ?? {};
  };
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
