import { ecrTagsPolicy } from '../../catalog/iam/ecr-pull.ts';
import type { ImageAutomation } from '../config/image-automation.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import { tenantsOn } from '../config/tenant-settings.ts';
import type { Flow } from '../model/component.ts';
import type { IamRoleNeed } from '../model/infra.ts';
import { fluxApi, fluxNamespace } from '../units/flux-names.ts';
import { absoluteGitUrl } from '../units/git-url.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { fluxAccess } from './git-credentials.ts';
import { documented, workloadRole } from './identity.ts';
import { gitSource } from './source-hosts.ts';

/** Name of the Secret that pushes, and of the GitRepository that nothing but image automation uses. */
export const pushSecretName = 'git-push-credentials';

/** A team whose images are written from this cluster. */
export interface ImageTenant {
  readonly name: string;
  readonly namespace: string;
  readonly url: string;
  readonly path: string;
  readonly revision: string;
  readonly images: ImageAutomation;
}

/** The one cluster of an environment that writes a team's images: the hub, or the first on which the team works. Two that write would race for the branch. */
const writerOf = ({ clusters }: Environment, on: readonly string[] | undefined): string | undefined => {
  const candidates = clusters.filter(({ name, engine }) => engine === 'flux' && (on?.includes(name) ?? true));
  return (candidates.find(({ hub }) => hub) ?? candidates[0])?.name;
};

/** Teams whose images this cluster writes into their repositories; in the order of the file. Pure. */
export const imageTenants = (environment: Environment, cluster: Cluster): readonly ImageTenant[] =>
  cluster.engine === 'flux'
    ? tenantsOn(environment, cluster.name).flatMap(({ name, namespaces: [namespace = ''], git, clusters }) =>
      git?.images && writerOf(environment, clusters) === cluster.name ? [{ name, namespace, url: git.repo_url, path: git.path, revision: git.revision, images: git.images }] : [])
    : [];

const ecr = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(.+)$/;

/** Repositories of private ECRs among the images. */
const ecrRepositories = (tenants: readonly ImageTenant[]): readonly { readonly account: string; readonly region: string; readonly repository: string }[] =>
  tenants.flatMap(({ images }) => images.policies.flatMap(({ image }) => {
    const [, account, region, repository] = ecr.exec(image) ?? [];
    return account !== undefined && region !== undefined && repository !== undefined ? [{ account, region, repository }] : [];
  }));

/** The role that lists tags of private ECRs: of these repositories, and of no others, because every team's objects are looked after with it. Pure. */
export const imageRole = (cluster: Cluster, tenants: readonly ImageTenant[]): IamRoleNeed | undefined => {
  const arns = [...new Set(ecrRepositories(tenants).map(({ account, region, repository }) => `arn:${cluster.partition}:ecr:${region}:${account}:repository/${repository}`))].toSorted();
  return arns.length === 0 ? undefined : workloadRole(cluster, 'flux-images', fluxNamespace, 'image-reflector-controller', documented(cluster, [ecrTagsPolicy], { repositoryArn: arns }));
};

/** What the two controllers reach outside of the cluster. Pure. */
export const imageFlows = (tenants: readonly ImageTenant[]): readonly Flow[] => {
  if (tenants.length === 0) return [];
  const reflector = 'flux/image-reflector-controller';
  const ofEcr = ecrRepositories(tenants);
  const hosts = [...new Set(ofEcr.flatMap(({ account, region }) => [`api.ecr.${region}.amazonaws.com`, `${account}.dkr.ecr.${region}.amazonaws.com`]))].toSorted();
  const isPublic = tenants.some(({ images }) => images.policies.some(({ image }) => !ecr.test(image)));
  return [
    ...hosts.map((to) => ({ from: reflector, to, port: 443, why: 'lists tags' })),
    // Public registries hand out tokens at other hosts, which differ.
    ...(isPublic ? [{ from: reflector, to: 'world', port: 443, why: 'lists tags of public registries' }] : []),
    ...tenants.flatMap(({ url, images }) => gitSource(url, 'pushes to repositories of teams', images.credentials)).flatMap(({ to, port, why }) => ['flux/image-automation-controller', 'flux/source-controller'].map((from) => ({ from, to, port, why }))),
  ];
};

const policyOf = ({ order, range = '*' }: ImageAutomation['policies'][number]) => (order === 'semver' ? { semver: { range } } : { [order]: { order: 'asc' } });

/** First line says what was done, then each image. Source: image-automation-controller v1.1.1, docs/spec/v1/imageupdateautomations.md, "Message template". */
const message = `Update images

{{ range .Changed.Changes -}}
- {{ .OldValue }} -> {{ .NewValue }}
{{ end -}}
`;

const objectsOf = ({ name: tenant, namespace, url, path, revision, images }: ImageTenant, environment: Environment): readonly KubeObject[] => {
  const named = (name: string) => ({ name, namespace });
  const interval = `${images.every_minutes}m`;
  // The team's own GitRepository, which only reads, has the team's name.
  const name = `${tenant}-images`;
  return [
    ...images.policies.flatMap((one): readonly KubeObject[] => [
      { ...fluxApi.imageRepository, metadata: named(one.name), spec: { image: one.image, interval, provider: ecr.test(one.image) ? 'aws' : 'generic' } },
      {
        ...fluxApi.imagePolicy,
        metadata: named(one.name),
        spec: { imageRepositoryRef: { name: one.name }, ...(one.pattern === undefined ? {} : { filterTags: { pattern: one.pattern, ...(one.extract === undefined ? {} : { extract: one.extract }) } }), policy: policyOf(one) },
      },
    ]),
    // With its own Secret, so that what reads the repository can't write. Nothing reads its artifact.
    { ...fluxApi.gitRepository, metadata: named(name), spec: { url: absoluteGitUrl(url), ...fluxAccess(images.credentials, pushSecretName), interval: '1h', ref: { branch: revision } } },
    {
      ...fluxApi.imageUpdateAutomation,
      metadata: named(name),
      spec: {
        interval,
        sourceRef: { kind: fluxApi.gitRepository.kind, name },
        git: {
          checkout: { ref: { branch: revision } },
          commit: { author: { name: `Flux of ${environment.name}`, email: `flux@${environment.domain}` }, messageTemplate: message },
          push: { branch: images.branch ?? revision },
        },
        update: { strategy: 'Setters', path: `./${path === '.' ? '' : path}` },
      },
    },
  ];
};

/** What looks after the images of a cluster's teams, each in the team's own namespace. Pure. */
export const imageObjects = (environment: Environment, cluster: Cluster): readonly KubeObject[] => imageTenants(environment, cluster).flatMap((tenant) => objectsOf(tenant, environment));
