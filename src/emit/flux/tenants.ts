import type { Artifact, ClusterPlan } from '../../model/plan.ts';
import { fluxAccess } from '../../components/git-credentials.ts';
import { imageObjects } from '../../components/image-automation.ts';
import { externalSecretsName } from '../../components/secret-store.ts';
import { tenantGitObjects } from '../../components/tenant-git.ts';
import type { Tenant } from '../../config/tenant-settings.ts';
import { tenantsOn } from '../../config/tenant-settings.ts';
import { fluxApi } from '../../units/flux-names.ts';
import { absoluteGitUrl } from '../../units/git-url.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { tenantReconciler } from '../../units/wellknown.ts';
import { document, fluxFolder, manifestPath } from '../kubernetes/files.ts';
import { kustomization } from './kustomization.ts';

/** Name of the step that points Flux at teams' repositories, and the release of the component that makes their namespaces. */
const step = 'tenant-repositories';
const namespacesOfTenants = 'tenants';

/** A team's repository and what is applied of it, both in the team's own namespace and with the rights of the team's account. */
const repositoryOf = (name: string, namespace: string, git: NonNullable<Tenant['git']>, isProd: boolean): readonly KubeObject[] => {
  const metadata = { name, namespace, labels: { 'argoeks.io/tenant': name } };
  return [
    { ...fluxApi.gitRepository, metadata, spec: { url: absoluteGitUrl(git.repo_url), ...fluxAccess(git.credentials), interval: '1m', ref: git.revision.startsWith('refs/') ? { name: git.revision } : { branch: git.revision } } },
    {
      ...fluxApi.kustomization,
      metadata,
      spec: {
        interval: '10m', retryInterval: '1m', timeout: '5m',
        sourceRef: { kind: fluxApi.gitRepository.kind, name },
        path: `./${git.path === '.' ? '' : git.path}`,
        targetNamespace: namespace,
        serviceAccountName: tenantReconciler,
        prune: !isProd,
        deletionPolicy: 'Orphan',
        wait: true,
      },
    },
  ];
};

/**
 * What Flux reads of the teams of a cluster: a step behind their namespaces that nothing waits for, and that itself waits for nothing a team broke. Empty where no team has a
 * repository. A team that is taken away keeps what it runs. Pure.
 */
export const tenantRepositories = ({ environment, cluster }: ClusterPlan): { readonly steps: readonly KubeObject[]; readonly files: readonly Artifact[] } => {
  const objects = tenantsOn(environment, cluster.name).flatMap(({ name, namespaces: [namespace = ''], git }) => (git ? repositoryOf(name, namespace, git, cluster.tier === 'prod') : []));
  if (objects.length === 0) return { steps: [], files: [] };
  const path = `${fluxFolder(cluster.name)}/${step}`;
  const secrets = tenantGitObjects(environment, cluster);
  const images = imageObjects(environment, cluster);
  // The definitions of image automation come with Flux' chart where they were not there before.
  const after = [...(secrets.length === 0 ? [] : [externalSecretsName]), ...(images.length === 0 ? [] : ['flux']), namespacesOfTenants];
  return {
    steps: [kustomization({ name: step, tier: cluster.tier, path, after, keep: false, defines: false, wait: false })],
    files: [
      ...objects.map((object) => ({ path: `${path}/${object.metadata.name}-${object.kind.toLowerCase()}.yaml`, text: document(environment.at.file, object) })),
      ...[...secrets, ...images].map((object) => ({ path: manifestPath(`${path}/${object.metadata.namespace ?? ''}`, object), text: document(environment.at.file, object) })),
    ],
  };
};
