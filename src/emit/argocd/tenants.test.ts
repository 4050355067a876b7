import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { reconcilerRole } from '../../components/tenants/roles.ts';
import type { Plan } from '../../model/plan.ts';
import { tenantApplicationSet } from './tenant-application-set.ts';
import { tenantKinds, tenantProjects } from './tenant-projects.ts';

const planOf = (...sketches: readonly EnvironmentSketch[]): Plan => ({ platform: platformFixture(sketches), environments: [] });
const git = { repo_url: 'https://git.acme.io/research/apps.git', path: 'apps' };
const dev = (tenants: readonly unknown[]): EnvironmentSketch => ({ tier: 'dev', clusters: 2, settings: { tenants } });
const prod = (tenants: readonly unknown[]): EnvironmentSketch => ({ tier: 'prod', clusters: 2, settings: { tenants } });

describe('the project of a team', () => {
  it('takes its own repositories to its own namespaces, on its own clusters', () => {
    const [research, science, ...others] = tenantProjects(planOf(dev([{ name: 'research', git }]), prod([{ name: 'science' }, { name: 'research', git: { ...git, repo_url: 'https://git.acme.io/research/prod.git' }, namespaces: ['tenant-r', 'tenant-r-batch'], clusters: ['prod-mlops-cluster-02'] }])));
    expect(others).toEqual([]);
    expect(research).toMatchObject({
      name: 'tenant-research',
      spec: {
        sourceRepos: ['https://git.acme.io/research/apps.git', 'https://git.acme.io/research/prod.git'],
        destinations: [{ name: 'dev-mlops-*', namespace: 'tenant-research' }, { name: 'prod-mlops-cluster-02', namespace: 'tenant-r' }, { name: 'prod-mlops-cluster-02', namespace: 'tenant-r-batch' }],
        clusterResourceWhitelist: [],
      },
    });
    expect(science?.spec).toMatchObject({ sourceRepos: [], destinations: [{ name: 'prod-mlops-*', namespace: 'tenant-science' }] });
  });

  it('names clusters one by one where a pattern would take in those of another environment', () => {
    const [project] = tenantProjects(planOf({ ...dev([{ name: 'a' }]), name: 'one', settings: { tenants: [{ name: 'a' }], cluster_name_prefix: 'x' } }, { tier: 'dev', name: 'two', clusters: 1, settings: { cluster_name_prefix: 'x-y' } }));
    expect(project?.spec.destinations.map(({ name }) => name)).toEqual(['x-cluster-01', 'x-cluster-02']);
  });

  it('takes the kinds that the account of its namespaces may write, and no others', () => {
    const rules = reconcilerRole['rules'] as readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
    const writable = rules.filter(({ verbs }) => verbs.includes('create')).flatMap(({ apiGroups: [group], resources }) => resources.map((resource) => `${group} ${resource}`));
    const plural = (kind: string): string => `${kind.toLowerCase()}${kind.endsWith('s') ? 'es' : 's'}`;
    expect(tenantKinds.map(({ group, kind }) => `${group} ${plural(kind)}`).toSorted()).toEqual(writable.toSorted());
  });
});

describe('the Applications of teams', () => {
  it('are not there without a repository', () => expect(tenantApplicationSet(planOf(dev([{ name: 'a' }])))).toBeUndefined());

  it('come from the team\'s repository onto the clusters of its environment, and stay when it goes', () => {
    const set = tenantApplicationSet(planOf(dev([{ name: 'research', git, clusters: ['dev-mlops-cluster-02'] }, { name: 'a' }]), prod([{ name: 'research', git }])));
    expect(set?.['spec']).toMatchObject({
      syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
      generators: [
        { clusters: { selector: { matchLabels: { 'argoeks.io/platform': 'enabled', environment: 'dev' } }, values: { tenant: 'research', project: 'tenant-research', namespace: 'tenant-research', repoURL: git.repo_url, path: 'apps', revision: 'main' } }, selector: { matchExpressions: [{ key: 'name', operator: 'In', values: ['dev-mlops-cluster-02'] }] } },
        { clusters: { selector: { matchLabels: { environment: 'prod' } } } },
      ],
      template: { spec: { project: '{{ .values.project }}', destination: { name: '{{ .name }}', namespace: '{{ .values.namespace }}' }, syncPolicy: { automated: { prune: false } } } },
    });
    expect(JSON.stringify(set)).not.toContain('resources-finalizer');
  });
});
