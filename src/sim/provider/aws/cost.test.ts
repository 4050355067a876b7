import { describe, expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import type { Attributes } from '../values.ts';

const account = () => simAccount().make;
const topic = 'arn:aws:sns:us-east-1:111122223333:t';
const notice = (threshold: number, more: Attributes = {}): Attributes => ({ comparison_operator: 'GREATER_THAN', notification_type: 'ACTUAL', threshold, threshold_type: 'PERCENTAGE', subscriber_sns_topic_arns: [topic], ...more });
const budget = (notification: readonly Attributes[]): Attributes => ({ name: 'b', budget_type: 'COST', time_unit: 'MONTHLY', limit_amount: '1', limit_unit: 'USD', notification });

describe('what AWS refuses of what watches spending', () => {
  test('more than ten notices of a budget, or more than ten addresses of a notice', async () => {
    await expect(account()('aws_budgets_budget', budget(Array.from({ length: 10 }, (_, i) => notice(i + 1))))).resolves.toMatchObject({ name: 'b' });
    await expect(account()('aws_budgets_budget', budget(Array.from({ length: 11 }, (_, i) => notice(i + 1))))).rejects.toThrow('CreationLimitExceededException');
    await expect(account()('aws_budgets_budget', budget([notice(1, { subscriber_email_addresses: Array.from({ length: 11 }, (_, i) => `m${i}@acme.io`) })]))).rejects.toThrow('CreationLimitExceededException');
    await expect(account()('aws_budgets_budget', { ...budget([]), name: 'a:b' })).rejects.toThrow('invalid value');
  });
  test('a second monitor of services in one account', async () => {
    const make = account();
    const monitor = { monitor_type: 'DIMENSIONAL', monitor_dimension: 'SERVICE' };
    await make('aws_ce_anomaly_monitor', { name: 'a', ...monitor });
    await expect(make('aws_ce_anomaly_monitor', { name: 'b', ...monitor })).rejects.toThrow('Limit exceeded on dimensional spend monitor creation');
    await expect(make('aws_ce_anomaly_monitor', { name: 'c', monitor_type: 'CUSTOM', monitor_specification: '{}' })).resolves.toMatchObject({ name: 'c' });
    await expect(make('aws_ce_anomaly_monitor', { name: 'd', monitor_type: 'CUSTOM' })).rejects.toThrow('is required');
  });
  test('an address that does not go with the frequency, and no threshold', async () => {
    const one = { name: 's', monitor_arn_list: ['arn:aws:ce::111122223333:anomalymonitor/1'] };
    const above = { threshold_expression: [{ dimension: [{ key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', match_options: ['GREATER_THAN_OR_EQUAL'], values: ['1'] }] }] };
    const make = account();
    await expect(make('aws_ce_anomaly_subscription', { ...one, ...above, frequency: 'IMMEDIATE', subscriber: [{ type: 'EMAIL', address: 'a@acme.io' }] })).rejects.toThrow('IMMEDIATE');
    await expect(make('aws_ce_anomaly_subscription', { ...one, ...above, frequency: 'DAILY', subscriber: [{ type: 'SNS', address: topic }] })).rejects.toThrow('IMMEDIATE');
    await expect(make('aws_ce_anomaly_subscription', { ...one, frequency: 'IMMEDIATE', subscriber: [{ type: 'SNS', address: topic }] })).rejects.toThrow('cannot both be null');
    await expect(make('aws_ce_anomaly_subscription', { ...one, ...above, frequency: 'IMMEDIATE', subscriber: [{ type: 'SNS', address: topic }] })).resolves.toMatchObject({ account_id: '111122223333' });
  });
  test('a status of a tag that there is not; a second activation is none', async () => {
    const make = account();
    await expect(make('aws_ce_cost_allocation_tag', { tag_key: 'Owner', status: 'On' })).rejects.toThrow('On');
    for (const _ of [1, 2]) await expect(make('aws_ce_cost_allocation_tag', { tag_key: 'Owner', status: 'Active' })).resolves.toMatchObject({ id: 'Owner', type: 'UserDefined' });
  });
});
