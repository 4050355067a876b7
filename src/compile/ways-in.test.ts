import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import type { Release } from '../model/workload.ts';

const clusters = everythingClusters();

/** Makes a load balancer for people: it stays "progressing" for as long as an address or a certificate is missing. That of the cluster mesh comes with Cilium. */
const isWayIn = (release: Release): boolean => {
  if (release.kind === 'manifests') return [...release.manifests, ...release.clusterManifests].some(({ kind }) => kind === 'Ingress' || kind === 'Gateway');
  return release.kind === 'chart' && release.installedBy === 'gitops' && /"className":"alb"|"ingressClassName":"alb"|"type":"LoadBalancer"|"gatewayApi":{"enabled":true/.test(JSON.stringify([release.values, release.clusterValues]));
};

describe.each(clusters.map((plan) => [plan.cluster.name, plan] as const))('%s with everything on', (_, { components }) => {
  const releases = components.flatMap(({ workload }) => workload.releases);
  const waves: Readonly<Record<string, number>> = Object.fromEntries(components.flatMap(({ waves: own }) => Object.entries(own)));
  const waveOf = (name: string): number => waves[name] ?? expect.fail(`${name} has no wave`);

  it('has every way in for people in the last wave, alone', () => {
    const ways = releases.filter(isWayIn).map(({ name }) => name).toSorted();
    expect(ways).toEqual(expect.arrayContaining(['ingress-nginx', 'oauth2-proxy', 'shared-gateway']));
    const last = Math.max(...Object.values(waves));
    for (const name of ways) expect(waveOf(name), name).toBe(last);
    for (const { name, comes } of releases) if (comes !== 'last') expect(waveOf(name), name).toBeLessThan(last);
  });

  it('has its rules and dashboards before what they are for, behind the definitions alone', () => {
    const chart = waveOf('kube-prometheus-stack');
    for (const name of ['platform-rules', 'platform-dashboards', 'alertmanager-receivers', 'grafana-secrets']) expect(waveOf(name), name).toBe(chart - 1);
    const own = components.find(({ id }) => id === 'kube-prometheus-stack') ?? expect.fail('no Prometheus');
    const needed = components.filter(({ id }) => own.requires.includes(id)).flatMap(({ waves: theirs }) => Object.values(theirs));
    expect(waveOf('platform-rules')).toBe(Math.max(...needed) + 1);
  });
});
