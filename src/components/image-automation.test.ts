import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { chartPins } from '../compile/catalog-facts.ts';
import { tenantsSettings } from '../config/tenant-settings.ts';
import { fluxCluster } from '../emit/flux/cluster.ts';
import type { ClusterPlan } from '../model/plan.ts';
import { validateObject } from '../verify/kubernetes/schemas.ts';
import { imageObjects } from './image-automation.ts';

const credentials = { kind: 'token', secret: 'science/push' };
const image = '210987654321.dkr.ecr.eu-west-1.amazonaws.com/science/api';
const team = (images: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) => ({ name: 'science', git: { repo_url: 'https://git.science.test/apps.git', credentials: { kind: 'token', secret: 'science/git' }, path: 'apps/prod', images: { credentials, ...images } }, ...more });
const policies = [{ name: 'api', image, order: 'semver', range: '>=1.0.0' }, { name: 'web', image: 'ghcr.io/acme/web', order: 'numerical', pattern: '^main-(?P<n>[0-9]+)$', extract: '$n' }];

const plans = (tenants: readonly unknown[]): readonly [ClusterPlan, ClusterPlan] => {
  const [hub, spoke] = everythingClusters({ gitops_engine: 'flux', tenants });
  return hub && spoke ? [hub, spoke] : expect.fail('two clusters');
};
const objectsOf = ({ environment, cluster }: ClusterPlan) => imageObjects(environment, cluster);
const chartOf = (plan: ClusterPlan) => {
  const release = plan.components.find(({ id }) => id === 'flux')?.workload.releases[0];
  return release?.kind === 'chart' ? release : expect.fail('no chart');
};

describe('images of a team', () => {
  const [hub, spoke] = plans([team({ policies })]);
  const objects = objectsOf(hub);
  const named = (kind: string, name: string) => objects.find((one) => one.kind === kind && one.metadata.name === name);

  it('are objects that Flux takes, in the team\'s namespace', () => {
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'ImageRepository tenant-science/api', 'ImagePolicy tenant-science/api', 'ImageRepository tenant-science/web', 'ImagePolicy tenant-science/web', 'GitRepository tenant-science/science-images', 'ImageUpdateAutomation tenant-science/science-images',
    ]);
    expect(objects.flatMap(validateObject)).toEqual([]);
    expect(named('ImagePolicy', 'api')?.['spec']).toMatchObject({ policy: { semver: { range: '>=1.0.0' } } });
    expect(named('ImagePolicy', 'web')?.['spec']).toMatchObject({ policy: { numerical: { order: 'asc' } }, filterTags: { pattern: '^main-(?P<n>[0-9]+)$', extract: '$n' } });
    expect(named('ImageUpdateAutomation', 'science-images')?.['spec']).toMatchObject({ git: { checkout: { ref: { branch: 'main' } }, push: { branch: 'main' } }, update: { path: './apps/prod' } });
  });

  it('are written by one cluster of the environment, the only one that runs the controllers', () => {
    expect(objectsOf(spoke)).toEqual([]);
    const created = [hub, spoke].map((plan) => chartOf(plan).clusterValues).map((values) => [values['imageReflectionController'], values['imageAutomationController']]);
    expect(created).toEqual([[{ create: true, serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': expect.stringContaining('flux-images') as string } } }, { create: true }], [{ create: false }, { create: false }]]);
    expect([hub, spoke].map((plan) => (chartOf(plan).standIn.crds ?? []).filter((name) => name.includes('.image.')).length)).toEqual([3, 0]);
    const [onlySpoke, writer] = plans([team({ policies }, { clusters: ['prod-mlops-cluster-02'] })]);
    expect([objectsOf(onlySpoke).length, objectsOf(writer).length]).toEqual([0, 6]);
  });

  it('are pushed with a secret that what reads the repository has not', () => {
    expect(named('GitRepository', 'science-images')?.['spec']).toMatchObject({ secretRef: { name: 'git-push-credentials' } });
    const [files, others] = [hub, spoke].map((plan) => fluxCluster({ engine: 'flux', repoUrl: 'https://git.acme.test/a.git', targetRevision: 'main' }, chartPins, plan).filter(({ path }) => path.includes('/tenant-repositories')));
    const secrets = (of: typeof files) => (of ?? []).flatMap(({ path }) => /externalsecret-(\S+)\.yaml$/.exec(path)?.[1] ?? []);
    expect([secrets(files), secrets(others)]).toEqual([['git-credentials', 'git-push-credentials'], ['git-credentials']]);
    expect(files?.find(({ path }) => path.endsWith('/tenant-repositories.yaml'))?.text).toMatch(/dependsOn:\n {4}- name: external-secrets\n {4}- name: flux\n {4}- name: tenants\n/);
    const allow = hub.components.find(({ id }) => id === 'flux')?.infra['git-science'];
    expect(allow).toMatchObject({ allow: [{ on: ['git', 'push'].map((name) => `arn:aws:secretsmanager:eu-west-1:210987654321:secret:science/${name}-??????`) }] });
  });

  it('are looked up with a role that sees these repositories of ECR, and the ways to the registries are open', () => {
    const { infra, network } = hub.components.find(({ id }) => id === 'flux') ?? expect.fail('no Flux');
    expect(infra['images']).toMatchObject({ serviceAccount: 'image-reflector-controller', allow: [{ on: ['*'] }, { sid: 'ListTags', on: ['arn:aws:ecr:eu-west-1:210987654321:repository/science/api'] }] });
    const ways = network.filter(({ from }) => from.startsWith('flux/image-')).map(({ from, to, port }) => `${from.slice(11)} ${to}:${String(port)}`);
    expect(ways).toEqual(expect.arrayContaining(['reflector-controller api.ecr.eu-west-1.amazonaws.com:443', 'reflector-controller 210987654321.dkr.ecr.eu-west-1.amazonaws.com:443', 'reflector-controller world:443', 'automation-controller git.science.test:443', 'automation-controller kube-apiserver:443']));
  });
});

describe('what is refused', () => {
  const issues = (git: Readonly<Record<string, unknown>>): readonly string[] => {
    const { error } = tenantsSettings({ name: 'prod', tier: 'prod', domain: 'x.y' }).safeParse([{ ...team({ policies }), git: { ...team({ policies }).git, ...git } }]);
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  };
  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['a tag', { revision: 'refs/tags/v1' }, /0\.git\.revision: is no branch/],
    ['the secret that reads', { images: { credentials: { kind: 'token', secret: 'science/git' }, policies } }, /images\.credentials\.secret: is the secret that reads too/],
    ['a key for HTTPS', { images: { credentials: { kind: 'ssh', secret: 'a', known_hosts: ['a ssh-rsa AAAA'] }, policies } }, /images\.credentials\.kind: does not fit repo_url/],
    ['a range of numbers', { images: { credentials, policies: [{ name: 'a', image, order: 'numerical', range: '1' }] } }, /range: has a meaning with order "semver" only/],
    ['an image with a tag', { images: { credentials, policies: [{ name: 'a', image: `${image}:1.0`, order: 'semver' }] } }, /image: is not an image with its registry and without a tag/],
    ['a pattern that is none', { images: { credentials, policies: [{ name: 'a', image, order: 'semver', pattern: '(' }] } }, /pattern: is no regular expression/],
  ])('%s', (_, git, said) => expect(issues(git)).toEqual([expect.stringMatching(said)]));
});
