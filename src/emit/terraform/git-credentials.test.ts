import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../../test/fixtures/network-plans.ts';
import { chartPins } from '../../compile/catalog-facts.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { Platform } from '../../config/platform.ts';
import { validateObject } from '../../verify/kubernetes/schemas.ts';
import { applicationsOf } from '../argocd/application.ts';
import { fluxCluster } from '../flux/cluster.ts';
import { bootstrapProps } from './bootstrap-props.ts';

const hostKey = 'git.acme.test ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcme';
const gitops: Platform['gitops'] = { engine: 'argocd', repoUrl: 'git@git.acme.test:platform/argoeks.git', targetRevision: 'main', credentials: { kind: 'ssh', secret: 'platform/git', known_hosts: [hostKey] } };
const platform = { name: 'argoeks', gitops, environments: [] };

const two = (more?: Readonly<Record<string, unknown>>): readonly [ClusterPlan, ClusterPlan] => {
  const [hub, spoke] = everythingClusters(more);
  return hub && spoke ? [hub, spoke] : expect.fail('two clusters');
};
const propsOf = (plan: ClusterPlan) => bootstrapProps(platform, plan, chartPins);
const secretRoleOf = (plan: ClusterPlan): readonly string[] =>
  (plan.components.find(({ id }) => id === 'external-secrets')?.infra['controller'] as unknown as { readonly allow: readonly { readonly sid: string; readonly on: readonly string[] }[] }).allow.filter(({ sid }) => sid === 'ReadNamedSecrets').flatMap(({ on }) => on.filter((arn) => !arn.includes('clustermesh')));

describe('a private repository on Argo CD', () => {
  const [hub, spoke] = two();
  it('is read with what Terraform installs before anything is read, on the hub alone', () => {
    expect(Object.keys(propsOf(hub).later)).toEqual(['argocd', 'external_secrets']);
    // Whoever says so later has External Secrets from the engine already.
    expect(Object.entries(propsOf(hub).later).map(([id, { takeOwnership }]) => [id, takeOwnership])).toEqual([['argocd', false], ['external_secrets', true]]);
    expect(Object.keys(propsOf(spoke).later)).toEqual([]);
    const objects = propsOf(hub).gitOps?.values['credentials'] as readonly { readonly kind: string; readonly spec: unknown }[];
    expect(objects.map(({ kind }) => kind)).toEqual(['ClusterSecretStore', 'ExternalSecret']);
    expect(objects.flatMap(validateObject)).toEqual([]);
    expect(objects[0]?.spec).toMatchObject({ conditions: [{ namespaces: ['argocd'] }] });
  });

  it('lets External Secrets read these secrets and no others, on the hub alone', () => {
    expect(secretRoleOf(hub)).toEqual(['platform/git', 'science/git'].map((name) => `arn:aws:secretsmanager:eu-west-1:210987654321:secret:${name}-??????`));
    expect(secretRoleOf(spoke)).toEqual([]);
  });

  it('leaves External Secrets to Argo CD afterwards, which never deletes it', () => {
    const found = applicationsOf(gitops, chartPins, hub).find(({ metadata }) => metadata.name.endsWith('-external-secrets'));
    expect(found).toMatchObject({ spec: { syncPolicy: { automated: { prune: false } } } });
  });

  it('gives a team\'s project alone the team\'s key, and Argo CD the keys of the hosts', () => {
    const objects = hub.components.find(({ id }) => id === 'argocd-secrets')?.workload.releases.flatMap((release) => (release.kind === 'manifests' ? release.clusterManifests : [])) ?? [];
    expect(objects.find(({ metadata }) => metadata.name === 'git-prod-science')).toMatchObject({ metadata: { namespace: 'argocd' }, spec: { target: { template: { data: { url: 'git@git.science.test:apps.git', project: 'tenant-science' } } }, data: [{ remoteRef: { key: 'science/git' } }] } });
    const release = hub.components.find(({ id }) => id === 'argocd')?.workload.releases[0];
    expect(release?.kind === 'chart' && release.clusterValues).toMatchObject({ configs: { ssh: { extraHosts: expect.stringMatching(/^git\.acme\.test .*\ngit\.science\.test .*\n$/) as string } } });
  });
});

describe('a private repository on Flux', () => {
  const plans = two({ gitops_engine: 'flux' });
  it.each(plans)('is read on each cluster, over SSH as Flux spells it', (plan) => {
    expect(Object.keys(propsOf(plan).later)).toEqual(['flux', 'external_secrets']);
    expect(propsOf(plan).gitOps?.values).toMatchObject({ repoUrl: 'ssh://git@git.acme.test/platform/argoeks.git', access: { secretRef: { name: 'git-credentials' } } });
    expect(secretRoleOf(plan)).toEqual([`arn:aws:secretsmanager:${plan.cluster.region}:210987654321:secret:platform/git-??????`]);
  });

  it('gives each team a store of its own that reads one secret', () => {
    const [plan] = plans;
    expect(plan.components.find(({ id }) => id === 'flux')?.infra['git-science']).toMatchObject({
      namespace: 'tenant-science', serviceAccount: 'git-credentials', allow: [{ sid: 'ReadNamedSecrets', on: ['arn:aws:secretsmanager:eu-west-1:210987654321:secret:science/git-??????'] }],
    });
    const files = fluxCluster(gitops, chartPins, plan).filter(({ path }) => path.includes('/tenant-repositories'));
    const text = files.map((file) => file.text).join('\n---\n');
    expect(text).toContain('url: ssh://git@git.science.test/apps.git\n');
    expect(text).toMatch(/kind: SecretStore\nmetadata:\n {2}name: git-credentials\n {2}namespace: tenant-science\n/);
    expect(text).toMatch(/role-arn: arn:aws:iam::210987654321:role\/\S*git-science/);
    expect(text).toMatch(/dependsOn:\n {4}- name: external-secrets\n {4}- name: tenants\n/);
  });
});

it('nothing of it is there for a repository that everybody may read', () => {
  const { credentials: _, ...open } = gitops;
  const [hub] = two();
  expect(bootstrapProps({ ...platform, gitops: open }, hub, chartPins).gitOps?.values).not.toHaveProperty('credentials');
});
