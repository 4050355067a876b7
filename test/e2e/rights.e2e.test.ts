import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuthorizationV1Api, KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubeOf } from '../../src/adapters/kube.ts';
import { closeWorld, openWorld } from '../../src/local/world.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';
import { everythingClusters } from '../fixtures/network-plans.ts';
import { exampleCluster, objectsOf, planned } from '../fixtures/planned-components.ts';

const repository = join(import.meta.dirname, '../..');
const [plan] = everythingClusters({ tenants: [{ name: 'research', access: 'edit' }, { name: 'science' }] });
const tenants = plan?.components.find(({ id }) => id === 'tenants') ?? expect.fail('no tenants');
const objects: readonly KubeObject[] = [
  ...objectsOf(planned('rbac', exampleCluster('prod')), 'rbac'),
  ...tenants.workload.namespaces.map(({ name }): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  ...tenants.workload.releases.flatMap((release) => (release.kind === 'manifests' ? [...release.manifests, ...release.clusterManifests] : [])),
];

let directory = '';
let reviews: AuthorizationV1Api;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'argoeks-rights-'));
  const world = await openWorld({ repoDir: directory, toolsRepoDir: repository });
  const { kubeconfigPath } = await world.ensureControlPlane('rights', { kubernetesVersion: '1.35' });
  const text = await readFile(kubeconfigPath, 'utf8');
  const kube = kubeOf(text);
  for (const object of objects) await kube.apply(object);
  const config = new KubeConfig();
  config.loadFromString(text);
  reviews = config.makeApiClient(AuthorizationV1Api);
  // The controller manager puts `view` together from its parts a moment after the start.
  for (const end = Date.now() + 60_000; Date.now() < end && !(await may({ groups: ['platform:readonly'] }, 'get', 'pods', 'argocd')); ) await sleep(300);
}, 900_000);

afterAll(async () => {
  await closeWorld(directory);
  await rm(directory, { recursive: true, force: true });
});

type Who = { readonly groups: readonly string[] } | { readonly account: string };

/** Asks the API server itself whether somebody may do something. */
const may = async (who: Who, verb: string, what: string, namespace = ''): Promise<boolean> => {
  const [path = '', group = ''] = what.split('@');
  const [resource = '', subresource = ''] = path.split('/');
  const identity = 'groups' in who ? { user: 'somebody', groups: [...who.groups, 'system:authenticated'] } : { user: `system:serviceaccount:${who.account}`, groups: ['system:serviceaccounts', 'system:authenticated'] };
  const { status } = await reviews.createSubjectAccessReview({ body: { spec: { ...identity, resourceAttributes: { verb, resource, subresource, group, namespace } } } });
  return status?.allowed ?? false;
};

describe('rights, as a real API server decides them', () => {
  const admin: Who = { groups: ['platform:admin'] };
  const reader: Who = { groups: ['platform:readonly'] };
  const editor: Who = { groups: ['tenant:research'] };
  const viewer: Who = { groups: ['tenant:science'] };
  const engine: Who = { account: 'tenant-research:reconciler' };

  it.each<readonly [string, Who, string, string, string, boolean]>([
    ['an administrator', admin, 'delete', 'nodes', '', true],
    ['an administrator', admin, 'get', 'secrets', 'argocd', true],
    ['a reader', reader, 'list', 'nodes', '', true],
    ['a reader', reader, 'get', 'pods/log', 'argocd', true],
    ['a reader', reader, 'list', 'applications@argoproj.io', 'argocd', true],
    ['a reader', reader, 'list', 'platformnolatesttag@constraints.gatekeeper.sh', '', true],
    ['a reader', reader, 'get', 'kustomizations@kustomize.toolkit.fluxcd.io', 'flux-system', true],
    ['a reader', reader, 'get', 'secrets', 'argocd', false],
    ['a reader', reader, 'create', 'pods/exec', 'argocd', false],
    ['a reader', reader, 'delete', 'pods', 'argocd', false],
    ['a member that may edit', editor, 'create', 'deployments@apps', 'tenant-research', true],
    ['a member that may edit', editor, 'create', 'pods/exec', 'tenant-research', true],
    ['a member that may edit', editor, 'update', 'resourcequotas', 'tenant-research', false],
    ['a member that may edit', editor, 'create', 'rolebindings@rbac.authorization.k8s.io', 'tenant-research', false],
    ['a member that may edit', editor, 'get', 'pods', 'tenant-science', false],
    ['a member that may edit', editor, 'get', 'pods', 'argocd', false],
    ['a member that may look', viewer, 'get', 'pods/log', 'tenant-science', true],
    ['a member that may look', viewer, 'get', 'secrets', 'tenant-science', false],
    ['a member that may look', viewer, 'delete', 'pods', 'tenant-science', false],
    ['a GitOps engine', engine, 'patch', 'deployments@apps', 'tenant-research', true],
    ['a GitOps engine', engine, 'create', 'secrets', 'tenant-research', true],
    ['a GitOps engine', engine, 'delete', 'ciliumnetworkpolicies@cilium.io', 'tenant-research', false],
    ['a GitOps engine', engine, 'create', 'scaledobjects@keda.sh', 'tenant-research', true],
    ['a GitOps engine', engine, 'create', 'clustertriggerauthentications@keda.sh', '', false],
    ['a GitOps engine', engine, 'create', 'externalsecrets@external-secrets.io', 'tenant-research', false],
    ['a GitOps engine', engine, 'create', 'deployments@apps', 'tenant-science', false],
    ['a GitOps engine', engine, 'create', 'clusterrolebindings@rbac.authorization.k8s.io', '', false],
  ])('%s %j: %s %s in "%s" is %s', async (_, who, verb, what, namespace, allowed) => {
    expect(await may(who, verb, what, namespace)).toBe(allowed);
  });
});
