import { describe, expect, it } from 'vitest';
import { chartOf, planned, rolesOf } from '../../test/fixtures/planned-components.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';

const stackOf = (settings: Readonly<Record<string, unknown>>) => {
  const platform = platformFixture([{ tier: 'dev', clusters: 1, settings }]);
  const [cluster] = platform.environments[0]?.clusters ?? [];
  return cluster ? planned('kube-prometheus-stack', cluster, {}, platform) : expect.fail('no cluster');
};
const off = { storage: { thanos: { enabled: false } } };

describe('Prometheus', () => {
  it('has no role and writes to nobody unless somebody is to have its samples', () => {
    const stack = stackOf(off);
    expect(rolesOf(stack).map(({ serviceAccount }) => serviceAccount)).not.toContain('prometheus');
    expect(JSON.stringify(chartOf(stack, 'kube-prometheus-stack').clusterValues)).not.toMatch(/remoteWrite|objectStorageConfig/);
  });

  it('writes to the workspaces of its environment in its region only', () => {
    const stack = stackOf({ ...off, observability: { amp: { enabled: true } } });
    const role = rolesOf(stack).find(({ allow }) => allow.some(({ actions }) => actions.includes('aps:RemoteWrite')));
    expect(role).toMatchObject({ namespace: 'monitoring', allow: [{ actions: ['aps:RemoteWrite'], on: ['arn:aws:aps:us-east-1:111111111111:workspace/*'], when: { StringEquals: { 'aws:ResourceTag/argoeks:environment': ['dev'] } } }] });
    const { values, clusterValues } = chartOf(stack, 'kube-prometheus-stack');
    const { prometheus } = clusterValues as { readonly prometheus: { readonly prometheusSpec: { readonly remoteWrite: readonly { readonly url: string; readonly sigv4: unknown }[] } } };
    expect(values).toMatchObject({ prometheus: { serviceAccount: { name: role?.serviceAccount } } });
    expect(prometheus.prometheusSpec.remoteWrite).toMatchObject([{ url: 'https://aps-workspaces.us-east-1.amazonaws.com/workspaces/$(PROMETHEUS_WORKSPACE)/api/v1/remote_write', sigv4: { region: 'us-east-1' } }]);
  });

  it('gives its blocks to the bucket of its environment, and may read nothing there', () => {
    const stack = stackOf({ storage: { thanos: { enabled: true } } });
    const actions = rolesOf(stack).flatMap(({ allow }) => allow.flatMap((one) => one.actions));
    expect(actions).toContain('s3:PutObject');
    expect(actions).not.toContain('s3:DeleteBucket');
    expect(JSON.stringify(chartOf(stack, 'kube-prometheus-stack').clusterValues)).toContain('objectStorageConfig');
  });
});
