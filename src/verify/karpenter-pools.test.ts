import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { karpenter } from '../components/karpenter.ts';
import type { Plan } from '../model/plan.ts';
import { karpenterPools } from './karpenter-pools.ts';

const because = { file: 'configuration/platform.yaml', line: 7, column: 5 };

/** A plan whose clusters have these pools; nothing else is looked at. */
const plan = (pools: unknown, { regions = ['us-east-1'], clusters = 1 } = {}): Plan => {
  const platform = platformFixture([{ tier: 'prod', clusters, regions }]);
  const settings = karpenter.settings.parse({ pools });
  return { platform, environments: platform.environments.map((environment) => ({ environment, clusters: environment.clusters.map((cluster) => ({ cluster, environment, components: [{ id: 'karpenter', settings, because }] })) })) } as unknown as Plan;
};
const found = (...args: Parameters<typeof plan>) => karpenterPools(plan(...args)).map(({ code, severity, summary }) => `${severity} ${code} ${summary}`);

it('accepts the pools that are there by default, in every region with offers', () => {
  for (const region of ['us-east-1', 'eu-west-1', 'ap-southeast-2', 'eu-central-1', 'eu-south-1']) expect(found({}, { regions: [region] }), region).toEqual([]);
});

it('names a family that the region lacks, at the line that asked', () => {
  const [one] = karpenterPools(plan({ trainers: { nvidia: true, families: ['p5', 'p4d'] } }, { regions: ['eu-south-1'] }));
  expect(one).toMatchObject({ code: 'verify/family-not-offered', severity: 'error', at: because });
  expect(one?.summary).toBe('Pool "trainers" of prod-mlops-cluster-01 names "p5", "p4d", which EC2 does not offer in eu-south-1.');
});

it('names a pool that nothing fits', () => {
  expect(found({ arm: { architectures: ['arm64'], families: ['m7i', 'c7i'] } })).toEqual([expect.stringContaining('error verify/pool-without-types Pool "arm"')]);
  // GPUs in a pool that is not for GPUs.
  expect(found({ wrong: { families: ['g5'] } })).toEqual([expect.stringContaining('verify/pool-without-types Pool "wrong"')]);
  expect(found({ gpu: { enabled: false }, big: { categories: ['m'], cpus: { min: 2000 } } })).toEqual([expect.stringContaining('verify/pool-without-types Pool "big"')]);
});

it('warns of a pool with less than three pairs of type and zone', () => {
  const zone = plan({}).environments[0]?.clusters[0]?.cluster.zones[0];
  expect(found({ narrow: { nvidia: true, families: ['p4d'], zones: [zone] } })).toEqual(['warning verify/pool-few-types Pool "narrow" of prod-mlops-cluster-01 has one type in one zone to choose from (p4d.24xlarge): when EC2 has none left, its pods stay pending.']);
  expect(found({ narrow: { nvidia: true, families: ['g5'], sizes: ['48xlarge', '24xlarge', '12xlarge'], zones: [zone] } })).toEqual([]);
});

it('names a zone that the cluster lacks', () => {
  expect(found({ away: { zones: ['us-east-1z'] } })).toEqual([expect.stringContaining('error verify/pool-zone Pool "away" of prod-mlops-cluster-01 asks for zone "us-east-1z"')]);
});

it('says it once for clusters that have the same, and says nothing of pools that are off', () => {
  expect(found({ arm: { architectures: ['arm64'], families: ['m7i'] } }, { clusters: 3 })).toHaveLength(1);
  expect(found({ arm: { enabled: false, architectures: ['arm64'], families: ['m7i'] } })).toEqual([]);
});
