import { z } from 'zod';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { platformGroup } from '../units/wellknown.ts';
import { constraintKind } from './admission/constraints.ts';
import { allRules } from './admission/rules.ts';

const id = 'rbac';

const api = 'rbac.authorization.k8s.io';
const group = z.string().min(1).refine((text) => !/^(system|eks|tenant):/.test(text), { error: 'must not begin with "system:", "eks:" or "tenant:"' });

const looks = (apiGroup: string, ...resources: readonly string[]) => ({ apiGroups: [apiGroup], resources, verbs: ['get', 'list', 'watch'] });

/** Kinds of Gatekeeper's constraints, one for each rule. */
const constraints = allRules.map(({ name }) => constraintKind(name).toLowerCase()).toSorted();

/**
 * What the role `view` of Kubernetes leaves out because it is outside of namespaces, or a custom resource whose project doesn't add it there.
 * Nothing that holds a secret: `view` has none, and `nodes/proxy` would lead into pods.
 */
const readonlyRole: KubeObject = {
  apiVersion: `${api}/v1`,
  kind: 'ClusterRole',
  metadata: { name: 'platform-readonly' },
  rules: [
    looks('', 'namespaces', 'nodes', 'persistentvolumes'),
    looks('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'validatingwebhookconfigurations'),
    looks('apiextensions.k8s.io', 'customresourcedefinitions'),
    looks('apiregistration.k8s.io', 'apiservices'),
    looks('argoproj.io', 'applications', 'applicationsets', 'appprojects'),
    looks('cert-manager.io', 'certificates', 'clusterissuers', 'issuers'),
    looks('cilium.io', 'ciliumclusterwidenetworkpolicies', 'ciliumendpoints', 'ciliumidentities', 'ciliumnetworkpolicies', 'ciliumnodes'),
    looks('constraints.gatekeeper.sh', ...constraints),
    looks('elbv2.k8s.aws', 'ingressclassparams', 'targetgroupbindings'),
    looks('external-secrets.io', 'clustersecretstores', 'externalsecrets', 'secretstores'),
    looks('gateway.networking.k8s.io', 'gatewayclasses', 'gateways', 'grpcroutes', 'httproutes', 'referencegrants'),
    looks('generators.external-secrets.io', 'passwords'),
    looks('helm.toolkit.fluxcd.io', 'helmreleases'),
    looks('karpenter.k8s.aws', 'ec2nodeclasses'),
    looks('karpenter.sh', 'nodeclaims', 'nodepools'),
    looks('keda.sh', 'clustertriggerauthentications', 'scaledjobs', 'scaledobjects', 'triggerauthentications'),
    looks('kustomize.toolkit.fluxcd.io', 'kustomizations'),
    looks('metrics.k8s.io', 'nodes', 'pods'),
    looks('monitoring.coreos.com', 'podmonitors', 'prometheusrules', 'servicemonitors'),
    looks('networking.k8s.io', 'ingressclasses'),
    looks('notification.toolkit.fluxcd.io', 'alerts', 'providers'),
    looks('rbac.authorization.k8s.io', 'clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'),
    looks('scheduling.k8s.io', 'priorityclasses'),
    looks('source.toolkit.fluxcd.io', 'buckets', 'gitrepositories', 'helmcharts', 'helmrepositories', 'ocirepositories'),
    looks('storage.k8s.io', 'csidrivers', 'csinodes', 'storageclasses', 'volumeattachments'),
    looks('templates.gatekeeper.sh', 'constrainttemplates'),
    looks('velero.io', 'backups', 'backupstoragelocations', 'restores', 'schedules'),
  ],
};

const binding = (name: string, role: string, groups: readonly string[]): KubeObject => ({
  apiVersion: `${api}/v1`,
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: { apiGroup: api, kind: 'ClusterRole', name: role },
  subjects: [...new Set(groups)].map((one) => ({ kind: 'Group', apiGroup: api, name: one })),
});

/** Who may do what on a whole cluster. What teams may do in their namespaces is the component `tenants`'. */
export const rbac = defineComponent({
  id,
  summary: 'Binds the groups of administrators and readers to their roles.',
  layer: 'platform',
  requires: ['cilium', 'coredns'],
  defaultOn: true,
  settings: z.strictObject({
    admin_groups: z.array(group).default([]).meta({ description: 'Further groups with every right; `platform:admin` is one, and so are those in `kubernetes.admin_role_arns`. Groups of an identity provider are known where you associated an OIDC provider with the cluster.', examples: [['platform-engineers']] }),
    readonly_groups: z.array(group).default([]).meta({ description: 'Further groups that look at everything but secrets; `platform:readonly` is one, and so are those in `kubernetes.readonly_role_arns`. Groups of an identity provider are known where you associated an OIDC provider with the cluster.' }),
  }),
  infra: () => ({}),
  workload: ({ settings }) => {
    const readers = [platformGroup.readonly, ...settings.readonly_groups];
    return {
      namespaces: [],
      releases: [
        {
          kind: 'manifests',
          name: id,
          namespace: 'kube-system',
          manifests: [readonlyRole],
          clusterManifests: [binding('platform-admin', 'cluster-admin', [platformGroup.admin, ...settings.admin_groups]), binding('platform-view', 'view', readers), binding('platform-readonly', readonlyRole.metadata.name, readers)],
        },
      ],
    };
  },
  network: () => [],
  alerts: () => none('objects only'),
  dashboards: () => none('the audit log says who did what'),
  cost: () => none('objects only'),
  checks: [],
});
