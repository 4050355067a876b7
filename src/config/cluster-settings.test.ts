import { expect, it } from 'vitest';
import { networkSettings } from './cluster-settings.ts';

const messages = (network: unknown): readonly string[] => networkSettings('dev').safeParse(network).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

it('nodes without a NAT gateway keep their endpoints', () => {
  expect(messages({ nat: 'none', endpoints: { for_nodes: 'none' } })).toEqual(['endpoints.for_nodes: cannot be "none" without a NAT gateway: nodes would reach neither EKS nor ECR']);
  expect(messages({ nat: 'none' })).toEqual([]);
  expect(messages({ nat: 'single', endpoints: { for_nodes: 'none' } })).toEqual([]);
  expect(messages({ nat: 'none', endpoints: { for_nodes: 'one_zone' } })).toEqual([]);
});
