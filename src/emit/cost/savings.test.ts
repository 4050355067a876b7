import { expect, it } from 'vitest';
import { commitments } from '../../../catalog/commitments.ts';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { estimate } from './environment-cost.ts';
import type { Saving } from './savings.ts';
import { savings } from './savings.ts';

const of = (settings: Readonly<Record<string, unknown>>): readonly Saving[] => estimate(terraformPlan(platformFixture([{ tier: 'dev', clusters: 2, settings }]))).flatMap(savings);
const on = { enabled: true };

it('a year of nodes that always run is worth a Compute Savings Plan', () => {
  // Two clusters of two m5.xlarge each.
  expect(of({})).toEqual([{ commitment: 'Compute Savings Plan', coveredUsd: 561, savedUsd: Math.round(560.64 * (1 - 21.9 / 30.37)), basis: '28 % less for one year, nothing upfront, as for t3.medium, Linux, us-east-1' }]);
});

it('databases and caches are reserved on their own, Aurora and Kafka not at all', () => {
  const data = { postgres: on, redis: { ...on, replicas: 1 }, memcached: on, aurora: on, msk: on };
  expect(of({ data }).map(({ commitment, coveredUsd }) => [commitment, coveredUsd])).toEqual([['Compute Savings Plan', 561], ['reserved RDS instances', 23], ['reserved ElastiCache nodes', 61]]);
});

it('nothing is promised for what sleeps at night: of two nodes the one that stays', () => {
  expect(of({ schedule: on, data: { postgres: on, redis: on } }).map(({ commitment, coveredUsd }) => [commitment, coveredUsd])).toEqual([['Compute Savings Plan', 280], ['reserved ElastiCache nodes', 19]]);
});

it('rates are below those on demand, with their source', () => {
  for (const { onDemandUsd, committedUsd, source } of Object.values(commitments)) {
    expect(committedUsd).toBeLessThan(onDemandUsd);
    expect(source).toMatch(/https:\/\/aws\.amazon\.com\//);
  }
});
