import { expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import type { GitOps } from '../../config/platform.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { platformApplicationSet } from './application-set.ts';
import { projects } from './projects.ts';

const gitops: GitOps = { engine: 'argocd', repoUrl: 'https://git.example.org/platform.git', targetRevision: 'main' };
const all = projects(gitops, terraformPlan(platformFixture()), ['https://helm.cilium.io', 'public.ecr.aws/karpenter', 'https://helm.cilium.io']);
const spec = (name: string): unknown => all.find(({ metadata }) => metadata.name === name)?.['spec'];

it('projects name each repository and namespace in use, and never everything', () => {
  expect(spec('platform')).toMatchObject({ sourceRepos: ['https://git.example.org/platform.git', 'https://helm.cilium.io', 'public.ecr.aws/karpenter'] });
  expect((spec('platform') as { destinations: readonly { namespace: string }[] }).destinations.map(({ namespace }) => namespace)).toEqual(['argocd', 'cilium-secrets', 'karpenter', 'kube-system']);
  for (const project of all) expect(JSON.stringify((project['spec'] as { clusterResourceWhitelist: unknown }).clusterResourceWhitelist)).not.toContain('"*"');
});

it('the app-of-apps may make Applications and nothing else', () => {
  expect(spec('fleet')).toMatchObject({ clusterResourceWhitelist: [], namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'Application' }] });
});

it('the project that Argo CD makes by itself may do nothing but bring projects and ApplicationSets', () => {
  expect(spec('default')).toMatchObject({
    sourceRepos: ['https://git.example.org/platform.git'],
    destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'argocd' }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [{ group: 'argoproj.io', kind: 'AppProject' }, { group: 'argoproj.io', kind: 'ApplicationSet' }],
  });
});

it('a retry of the app-of-apps takes the newest commit', () => {
  expect(platformApplicationSet(gitops)['spec']).toMatchObject({ template: { spec: { syncPolicy: { retry: { refresh: true } } } } });
});

it('projects and the ApplicationSet are never pruned', () => {
  const guarded = (object: KubeObject): string | undefined => object.metadata.annotations?.['argocd.argoproj.io/sync-options'];
  expect([...all, platformApplicationSet(gitops)].map(guarded)).toEqual(Array.from({ length: 4 }, () => 'Prune=false,Delete=false'));
});
