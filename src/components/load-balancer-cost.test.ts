import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import type { ClusterPlan } from '../model/plan.ts';

const costOf = (plan: ClusterPlan, id: string): readonly string[] => {
  const cost = plan.components.find((one) => one.id === id)?.cost;
  return Array.isArray(cost) ? (cost as readonly { readonly what: string }[]).map(({ what }) => what) : [];
};

describe('load balancers of the platform', () => {
  const signIn = { issuer: 'https://id.acme.test', client_id: 'hubble', allowed_groups: ['platform'] };
  const [plan = expect.fail('no cluster')] = everythingClusters({ components: { argocd: { ingress: { enabled: true } }, 'oauth2-proxy': signIn, 'kube-prometheus-stack': { grafana: { ingress: { enabled: true } } } } });
  it('are counted by the component that asks for them', () => {
    expect(costOf(plan, 'argocd-ingress')).toEqual(['load balancer of Argo CD']);
    expect(costOf(plan, 'oauth2-proxy')).toEqual(["load balancer of Hubble's UI"]);
    expect(costOf(plan, 'kube-prometheus-stack')).toContain('load balancer of Grafana');
  });
  it('are not counted where there is none', () => {
    const [bare = expect.fail('no cluster')] = everythingClusters({ components: { 'gateway-api': {}, 'oauth2-proxy': signIn } });
    expect([costOf(bare, 'argocd-ingress'), costOf(bare, 'oauth2-proxy')]).toEqual([[], []]);
    expect(costOf(bare, 'kube-prometheus-stack')).not.toContain('load balancer of Grafana');
    expect(costOf(bare, 'gateway-api')).toEqual(['network load balancer of the shared gateway']);
  });
});
