import type { Environment } from '../../config/platform.ts';
import { tenantNamespacePrefix } from '../../config/tenant-settings.ts';
import type { Plan } from '../../model/plan.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { argocdNamespace, platformStackLabel, tenantProject } from '../../units/wellknown.ts';
import { guardProd } from './guard-prod.ts';
import { retry } from './retry.ts';

/** One generator for each team of an environment that has a repository: its clusters, with what the team's Applications are made of. */
const generatorsOf = ({ name: environment, settings }: Environment): readonly unknown[] =>
  settings.tenants.flatMap(({ name, git, namespaces: [namespace = `${tenantNamespacePrefix}${name}`] = [], clusters }) =>
    git === undefined ? [] : [{
      clusters: {
        selector: { matchLabels: { [platformStackLabel]: 'enabled', environment } },
        values: { tenant: name, project: tenantProject(name), namespace, repoURL: git.repo_url, path: git.path, revision: git.revision },
      },
      ...(clusters === undefined ? {} : { selector: { matchExpressions: [{ key: 'name', operator: 'In', values: clusters }] } }),
    }]);

/**
 * The Applications of teams: not among those of the platform, whose sync would otherwise wait for what a team broke. Absent where no team has a repository. A team that is taken away keeps
 * what it runs. Pure.
 */
export const tenantApplicationSet = ({ platform: { environments } }: Plan): KubeObject | undefined => {
  const generators = environments.flatMap(generatorsOf);
  if (generators.length === 0) return undefined;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'tenants', namespace: argocdNamespace, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators,
      syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: '{{ .name }}-tenant-{{ .values.tenant }}', labels: { 'argoeks.io/cluster': '{{ .name }}', 'argoeks.io/tenant': '{{ .values.tenant }}' } },
        spec: {
          project: '{{ .values.project }}',
          source: { repoURL: '{{ .values.repoURL }}', targetRevision: '{{ .values.revision }}', path: '{{ .values.path }}' },
          destination: { name: '{{ .name }}', namespace: '{{ .values.namespace }}' },
          syncPolicy: { automated: { prune: false, selfHeal: true }, syncOptions: ['ServerSideApply=true'], retry },
        },
      },
      templatePatch: guardProd,
    },
  };
};
