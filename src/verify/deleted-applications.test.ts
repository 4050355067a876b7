import { describe, expect, it } from 'vitest';
import { deletedApplications } from './deleted-applications.ts';

const files = (cluster: string, count: number): readonly string[] => Array.from({ length: count }, (_, i) => `kubernetes/clusters/${cluster}/applications/a${i}.yaml`);

describe('deleted Applications', () => {
  it('are let go within the budget, and nothing else counts', () => {
    expect(deletedApplications([...files('a', 5), 'kubernetes/clusters/a/karpenter/values.yaml', 'terraform/environments/dev/a/cluster/main.tf'], 5, 0)).toEqual([]);
  });
  it('are named beyond it, by cluster', () => {
    const [finding] = deletedApplications([...files('a', 3), ...files('b', 20)], 5, 0);
    expect(finding).toMatchObject({ code: 'verify/deletes-applications', severity: 'error', summary: 'This build would delete 23 Applications, more than the 5 that gitops.deletion_budget allows: b (20), a (3).', fix: expect.stringContaining('--allow-deletions 23') as string });
  });
  it('go when somebody names as many', () => {
    expect(deletedApplications(files('a', 23), 5, 23)).toEqual([]);
    expect(deletedApplications(files('a', 24), 5, 23)).toHaveLength(1);
  });
  it('go one by one with no budget', () => expect(deletedApplications(files('a', 1), 0, 0)).toHaveLength(1));
});
