import type { GitOps } from '../../config/platform.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { argocdNamespace, platformApplication, platformStackLabel } from '../../units/wellknown.ts';
import { applicationsFolder } from '../kubernetes/files.ts';
import { guardProd } from './guard-prod.ts';
import { fleetProject } from './projects.ts';
import { retry } from './retry.ts';

/**
 * One ordered app-of-apps for each cluster that is registered with the hub and labelled for the platform. A generator that fails,
 * or a cluster Secret that is gone for a while, deletes nothing (`create-update`, `preserveResourcesOnDeletion`). Pure.
 */
export const platformApplicationSet = ({ repoUrl, targetRevision }: GitOps): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name: 'platform', namespace: argocdNamespace, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
  spec: {
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: [{ clusters: { selector: { matchLabels: { [platformStackLabel]: 'enabled' } } } }],
    syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
    template: {
      metadata: { name: platformApplication('{{ .name }}'), labels: { 'argoeks.io/cluster': '{{ .name }}', 'argoeks.io/stack': 'platform' } },
      spec: {
        project: fleetProject,
        source: { repoURL: repoUrl, targetRevision, path: applicationsFolder('{{ .name }}') },
        destination: { server: 'https://kubernetes.default.svc', namespace: argocdNamespace },
        syncPolicy: {
          automated: { prune: false, selfHeal: true },
          syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'],
          retry,
        },
      },
    },
    templatePatch: guardProd,
  },
});
