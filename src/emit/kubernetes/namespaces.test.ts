import { describe, expect, it } from 'vitest';
import { exampleCluster, examplePlatform } from '../../../test/fixtures/planned-components.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { NamespaceNeed } from '../../model/workload.ts';
import { namespaceObject, namespacesOf } from './namespaces.ts';

const planOf = (...needs: readonly (readonly NamespaceNeed[])[]): ClusterPlan => {
  const [environment] = examplePlatform.environments;
  if (!environment) throw new Error('no environment');
  const at = { file: 'configuration/platform.yaml', line: 1, column: 1 };
  return {
    cluster: exampleCluster('dev'),
    environment,
    components: needs.map((namespaces, i) => ({ id: `c${i}`, layer: 'platform', requires: [], settings: {}, infra: {}, workload: { namespaces, releases: [] }, network: [], alerts: [], dashboards: [], cost: [], checks: [], waves: {}, because: at })),
  };
};

describe('namespaces', () => {
  it('have the most permissive level that anything in them needs', () => {
    expect(namespacesOf(planOf([{ name: 'a', podSecurity: 'restricted' }], [{ name: 'a', podSecurity: 'privileged' }], [{ name: 'a', podSecurity: 'baseline' }]))).toEqual([{ name: 'a', podSecurity: 'privileged' }]);
  });

  it('say whose they are: the platform\'s, or a team\'s', () => {
    const plan = planOf();
    const labels = (need: NamespaceNeed) => namespaceObject(plan, need).metadata.labels;
    expect(labels({ name: 'a', podSecurity: 'baseline' })).toEqual({ 'argoeks.io/owner': 'platform', team: 'platform', environment: 'dev', cluster: 'dev-mlops-cluster-01', 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'baseline' });
    expect(labels({ name: 'a', podSecurity: 'restricted', team: 'science' })).toMatchObject({ 'argoeks.io/owner': 'science', team: 'science' });
  });
});
