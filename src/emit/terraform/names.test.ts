import { describe, expect, it } from 'vitest';
import { defaultTags, terraformName } from './names.ts';

describe('names', () => {
  it('become identifiers', () => {
    expect(terraformName('AmazonEKSWorkerNodePolicy')).toBe('amazon_eks_worker_node_policy');
    expect(terraformName('ecr.api')).toBe('ecr_api');
    expect(terraformName('aws-ebs-csi-driver')).toBe('aws_ebs_csi_driver');
    expect(terraformName('2fast')).toBe('_2fast');
  });

  it('of tags never differ in case only: IAM refuses such a set', () => {
    const tags = defaultTags({ Owner: 'a', name: 'x', 'ARGOEKS:cluster': 'y' }, { 'argoeks:cluster': 'c' });
    expect(tags).toEqual({ Owner: 'a', 'argoeks:cluster': 'c' });
  });
});
