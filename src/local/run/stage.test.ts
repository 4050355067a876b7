import { expect, it } from 'vitest';
import { SimDisk } from '../../sim/disk.ts';
import { localised, stageTree, type StageInput } from './stage.ts';

const input: StageInput = {
  environment: 'dev',
  clusters: ['dev-1'],
  repoUrl: 'https://github.com/acme/platform.git',
  chartRepositories: ['https://helm.cilium.io', 'public.ecr.aws/karpenter'],
  gitUrl: 'file:///x/git/platform.git',
  mirrorUrl: 'http://127.0.0.1:4000',
  stateDirectory: '/x/state',
  artifacts: [
    { path: 'terraform/environments/dev/dns.tf', text: 'repoUrl = "https://github.com/acme/platform.git"\n' },
    { path: 'terraform/environments/qa/dns.tf', text: '' },
    { path: 'terraform/account/1/main.tf', text: '' },
    { path: 'kubernetes/clusters/dev-1/applications/cilium.yaml', text: 'a:\n  - repoURL: https://helm.cilium.io\n  - repoURL: https://helm.cilium.io/other\n  - repoURL: https://github.com/acme/platform.git\n' },
    { path: 'kubernetes/clusters/qa-1/applications/cilium.yaml', text: '' },
    { path: 'kubernetes/gitops/argocd/platform.yaml', text: 'sourceRepos:\n  - https://helm.cilium.io\n  - public.ecr.aws/karpenter\n' },
  ],
};

it('takes one environment and points it at this machine', () => {
  expect(localised(input)).toEqual([
    { path: 'terraform/environments/dev/dns.tf', text: 'repoUrl = "file:///x/git/platform.git"\n' },
    { path: 'kubernetes/clusters/dev-1/applications/cilium.yaml', text: 'a:\n  - repoURL: http://127.0.0.1:4000/dev-1\n  - repoURL: https://helm.cilium.io/other\n  - repoURL: file:///x/git/platform.git\n' },
    { path: 'kubernetes/gitops/argocd/platform.yaml', text: 'sourceRepos:\n  - http://127.0.0.1:4000/*\n  - http://127.0.0.1:4000/*\n' },
  ]);
});

it('points sources of Flux at the mirror, as a registry where they are one', () => {
  const path = 'kubernetes/clusters/dev-1/flux/sources/a.yaml';
  const text = 'url: oci://public.ecr.aws/karpenter/karpenter-crd\nurl: https://helm.cilium.io\nurl: oci://public.ecr.aws/other/karpenter\n';
  expect(localised({ ...input, artifacts: [{ path, text }] })).toEqual([{ path, text: 'url: oci://127.0.0.1:4000/dev-1/karpenter-crd\nurl: http://127.0.0.1:4000/dev-1\nurl: oci://public.ecr.aws/other/karpenter\n' }]);
});

it('keeps what Terraform keeps, removes what is rendered no more, and writes nothing twice', async () => {
  const work = new SimDisk();
  work.files.set('terraform/environments/dev/.terraform/x', 'kept');
  work.files.set('terraform/environments/dev/.terraform.lock.hcl', 'kept');
  work.files.set('terraform/environments/dev/old.tf', 'gone');
  work.files.set('build/functions/dist/dev/hello.zip', 'kept');
  const git = await stageTree(work, input);
  expect([...git.keys()]).toEqual(['kubernetes/clusters/dev-1/applications/cilium.yaml', 'kubernetes/gitops/argocd/platform.yaml']);
  expect([...work.files.keys()].sort()).toEqual([
    'build/functions/dist/dev/hello.zip',
    'kubernetes/clusters/dev-1/applications/cilium.yaml',
    'kubernetes/gitops/argocd/platform.yaml',
    'terraform/environments/dev/.terraform.lock.hcl',
    'terraform/environments/dev/.terraform/x',
    'terraform/environments/dev/backend_override.tf',
    'terraform/environments/dev/dns.tf',
  ]);
  expect(work.files.get('terraform/environments/dev/backend_override.tf')).toContain('path = "/x/state/dev.tfstate"');
  work.beforeWrite = (operation, path) => expect.unreachable(`${operation} ${path}`);
  await stageTree(work, input);
});

it('brings along what rendered roots read of the repository', async () => {
  const work = new SimDisk();
  await stageTree(work, { ...input, documents: [{ path: 'api/features.yaml', text: 'openapi: 3.0.1\n' }] });
  expect(work.files.get('api/features.yaml')).toBe('openapi: 3.0.1\n');
  await stageTree(work, input);
  expect(work.files.has('api/features.yaml')).toBe(false);
});
