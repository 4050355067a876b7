import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import type { ClusterPlan } from '../model/plan.ts';
import { fluxWebhookFaults } from '../verify/flux-webhooks.ts';
import { validateObject } from '../verify/kubernetes/schemas.ts';

const planOf = (chosen: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}): ClusterPlan => {
  const [hub] = everythingClusters({ gitops_engine: 'flux', components: { 'flux-webhooks': { enabled: true, ...chosen } }, ...more });
  return hub ?? expect.fail('no cluster');
};
const objectsOf = (plan: ClusterPlan) => plan.components.find(({ id }) => id === 'flux-webhooks')?.workload.releases.flatMap((release) => (release.kind === 'manifests' ? release.clusterManifests : [])) ?? [];
const specOf = (plan: ClusterPlan, kind: string) => objectsOf(plan).find((one) => one.kind === kind)?.['spec'];

describe('webhooks of Flux', () => {
  it('are objects that the API server takes', () => {
    const objects = objectsOf(planOf({}));
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual(['ExternalSecret flux-system/webhook-token', 'Receiver flux-system/platform', 'Ingress flux-system/webhook-receiver']);
    expect(objects.flatMap(validateObject)).toEqual([]);
  });

  it('take pushes, of which each host has its own word', () => {
    expect(specOf(planOf({}), 'Receiver')).toEqual({ type: 'github', events: ['ping', 'push'], secretRef: { name: 'webhook-token' }, resources: [{ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', name: 'platform' }] });
    expect(specOf(planOf({ type: 'gitlab' }), 'Receiver')).toMatchObject({ events: ['Push Hook', 'Tag Push Hook'] });
    expect(specOf(planOf({ type: 'generic-hmac' }), 'Receiver')).not.toHaveProperty('events');
  });

  it('come in through TLS, from where they may, to one port and one path', () => {
    const plan = planOf({ scheme: 'internet-facing', allowed_cidrs: ['192.30.252.0/22'], host: 'hooks.acme.io' });
    const ingress = objectsOf(plan).find(({ kind }) => kind === 'Ingress');
    expect(ingress?.metadata.annotations).toMatchObject({ 'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS":443}]', 'alb.ingress.kubernetes.io/inbound-cidrs': '192.30.252.0/22', 'alb.ingress.kubernetes.io/scheme': 'internet-facing' });
    expect(ingress?.['spec']).toMatchObject({ rules: [{ host: 'hooks.acme.io', http: { paths: [{ path: '/hook/' }] } }] });
    expect(plan.components.find(({ id }) => id === 'flux-webhooks')?.network).toEqual([expect.objectContaining({ from: 'world', to: 'flux/notification-controller', port: 9292 })]);
  });

  it('need a certificate', () => {
    const faults = (plan: ClusterPlan) => fluxWebhookFaults({ platform: { name: 'a', gitops: { engine: 'flux', repoUrl: 'https://a.b/c.git', targetRevision: 'main' }, environments: [] }, environments: [{ environment: plan.environment, clusters: [plan] }] }).map(({ code }) => code);
    expect(faults(planOf({}))).toEqual(['verify/no-certificate']);
    expect(faults(planOf({ certificate_arn: 'arn:aws:acm:eu-west-1:210987654321:certificate/0a' }))).toEqual([]);
    expect(faults(planOf({}, { edge: { certificates: [{ name: 'web', domain: '*.prod.acme.test', zone_id: 'Z0ABC' }] } }))).toEqual([]);
  });

  it('are not there unless somebody asks', () => {
    const [hub] = everythingClusters({ gitops_engine: 'flux', components: {} });
    expect(hub?.components.some(({ id }) => id === 'flux-webhooks')).toBe(false);
  });
});
