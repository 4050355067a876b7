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
const type = 'aws_chatbot_slack_channel_configuration';
const role = (name: string): string => `arn:aws:iam::${accountId}:role/${name}`;
const topic = `arn:aws:sns:eu-west-1:${accountId}:alerts`;

const account = () => {
  const store = new MemoryStore();
  for (const [name, service] of [['slack', 'chatbot'], ['other', 'lambda']] as const) store.put({ type: 'aws_iam_role', region: 'aws-global', id: name, origin: 'terraform', attributes: { arn: role(name), assume_role_policy: `{"Service":"${service}.amazonaws.com"}` } });
  store.put({ type: 'aws_sns_topic', region: 'eu-west-1', id: topic, origin: 'terraform', attributes: { arn: topic } });
  const engine = new Engine({ schema, resources: awsModels, data: awsData }, { account: { accountId, partition: 'aws', region: 'us-east-1', defaultTags: {}, store, now: () => '2026-01-01T00:00:00Z' }, faults: new FaultPlan(), hooks: {} });
  const apply = async (given: Attributes, prior: Attributes | null = null): Promise<Attributes> => {
    const config = conformBlock(schema.resources[type]?.block ?? {}, given);
    const [wrong] = engine.validate(type, config);
    if (wrong) throw new Error(`${wrong.summary} ${wrong.detail}`);
    const { value, problems } = await engine.apply(type, engine.plan(type, config, { ...prior, ...config }, prior).planned, prior);
    if (problems[0]) throw new Error(problems[0].summary);
    return value ?? {};
  };
  return { store, engine, apply };
};
const channel = { configuration_name: 'alerts', iam_role_arn: role('slack'), slack_team_id: 'T0123', slack_channel_id: 'C0123', sns_topic_arns: [topic], guardrail_policy_arns: ['arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess'] };

describe('a Slack channel', () => {
  test('is known by its ARN, changed in place and deleted', async () => {
    const { store, engine, apply } = account();
    const made = await apply(channel);
    expect(made).toMatchObject({ chat_configuration_arn: `arn:aws:chatbot::${accountId}:chat-configuration/slack-channel/alerts`, logging_level: 'NONE', guardrail_policy_arns: channel.guardrail_policy_arns });
    expect((await engine.read(type, made)).value).toEqual(made);
    expect((await apply({ ...channel, logging_level: 'ERROR' }, made))['logging_level']).toBe('ERROR');
    expect(store.list(type)).toHaveLength(1);
    expect(await engine.destroy(type, made)).toEqual({ value: null, problems: [] });
    expect(store.list(type)).toEqual([]);
  });

  test('may do anything without a guardrail', async () => {
    const { guardrail_policy_arns: _, ...open } = channel;
    expect((await account().apply(open))['guardrail_policy_arns']).toEqual(['arn:aws:iam::aws:policy/AdministratorAccess']);
  });

  test.each([
    ['a name of other characters', { configuration_name: 'a b' }, 'invalid value'], ['a workspace in lower case', { slack_team_id: 't1' }, 'invalid value'], ['no channel', { slack_channel_id: '' }, 'expected length'],
    ['another log level', { logging_level: 'DEBUG' }, 'expected logging_level|expected one of'], ['a role of another partition', { iam_role_arn: 'arn:aws-cn:iam::1:role/x' }, 'invalid value'],
    ['a role that is not there', { iam_role_arn: role('none') }, 'InvalidParameterException'], ['a role for another service', { iam_role_arn: role('other') }, 'cannot be assumed by AWS Chatbot'],
    ['a topic that is not there', { sns_topic_arns: [`${topic}-2`] }, 'InvalidParameterException'], ['a role of a service as guardrail', { guardrail_policy_arns: ['arn:aws:iam::aws:policy/aws-service-role/x'] }, 'invalid value'],
  ])('is refused with %s', async (_, change, words) => {
    await expect(account().apply({ ...channel, ...change })).rejects.toThrow(new RegExp(words));
  });

  test('has its name to itself', async () => {
    const { apply } = account();
    await apply(channel);
    await expect(apply({ ...channel, slack_channel_id: 'C2' })).rejects.toThrow('ConflictException');
  });
});
