import { z } from 'zod';
import { deploymentReady } from '../checks/workload-ready.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { systemNamespaces } from '../units/wellknown.ts';
import { constraintDefinition, constraintObject, templateObject } from './admission/constraints.ts';
import { allRules, clusterRules, rulesSettings, sharedRules, type ClusterRule, type RulesSettings } from './admission/rules.ts';
import { oncePer } from '../units/once-per.ts';

const id = 'gatekeeper';
const namespace = 'gatekeeper-system';
const webhook = 'gatekeeper-controller-manager';
const audit = 'gatekeeper-audit';

const sharedTemplates = sharedRules.map(templateObject);

interface Objects {
  readonly templates: readonly KubeObject[];
  readonly constraints: readonly KubeObject[];
}

const rulesOf = (environment: Environment, { tier, components }: Cluster): ReturnType<typeof clusterRules> =>
  clusterRules(environment, tier, (components['admission-policies'] as RulesSettings | undefined) ?? rulesSettings.parse({}));

const madeFor = oncePer((_: Environment) => new Map<string, Objects>());

/** The very same objects for all clusters of an environment that are told the same. */
const objectsOf = (environment: Environment, cluster: Cluster, isEnforced: boolean): Objects => {
  const known = madeFor(environment);
  const key = `${cluster.tier} ${isEnforced} ${JSON.stringify(cluster.components['admission-policies'])}`;
  const found = known.get(key);
  if (found) return found;
  const { own, all } = rulesOf(environment, cluster);
  const objects = { templates: own.map(templateObject), constraints: all.map((rule: ClusterRule) => constraintObject(rule, isEnforced)) };
  known.set(key, objects);
  return objects;
};

/** Resources that rules look at, by group: what else happens in the cluster does not wait for the webhook. */
const webhookRules = Object.entries(Object.groupBy(allRules.flatMap(({ resources }) => resources), ({ apiGroups: [group = ''] }) => group)).map(([group, found = []]) => ({
  apiGroups: [group], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], scope: '*', resources: [...new Set(found.flatMap(({ resources }) => resources))].toSorted(),
}));

/** The rules of `admission-policies` in Gatekeeper: it also looks at what is in the cluster already, and where it is told to, it refuses in place of the API server. */
export const gatekeeper = defineComponent({
  id,
  summary: 'Finds what breaks the platform\'s rules and is in the cluster already; refuses it, if asked to, in place of the API server.',
  layer: 'platform',
  requires: ['cilium', 'coredns', 'admission-policies'],
  defaultOn: false,
  settings: z.strictObject({
    enforce: z.boolean().default(false).meta({ description: 'Gatekeeper refuses and warns, by the modes of `admission-policies`, and the API server\'s own policies are off. Its webhook fails open: while it is down nothing is refused. Off: the API server refuses, and Gatekeeper only finds.' }),
    replicas: z.int().min(1).max(5).optional().meta({ description: 'Replicas of the webhook; 2 in prod, else 1, when absent.', unit: 'pods' }),
    audit_minutes: z.int().min(1).max(1440).default(10).meta({ description: 'Pause between two looks at the whole cluster.', unit: 'min' }),
  }),
  infra: () => ({}),
  workload: ({ environment, cluster, settings: { enforce, replicas = cluster.tier === 'prod' ? 2 : 1, audit_minutes: minutes } }) => {
    const { templates, constraints } = objectsOf(environment, cluster, enforce);
    const { all } = rulesOf(environment, cluster);
    return {
      namespaces: [{ name: namespace, podSecurity: 'restricted' }],
      releases: [
        {
          kind: 'chart',
          name: id,
          namespace,
          chart: id,
          installedBy: 'gitops',
          values: {
            image: { repository: 'docker.io/openpolicyagent/gatekeeper' },
            // Fails open, and soon: a webhook that is down must hold up neither a bring-up nor its own repair.
            validatingWebhookFailurePolicy: 'Ignore',
            validatingWebhookCheckIgnoreFailurePolicy: 'Ignore',
            validatingWebhookTimeoutSeconds: 3,
            validatingWebhookExemptNamespacesLabels: { 'kubernetes.io/metadata.name': [...systemNamespaces] },
            validatingWebhookCustomRules: webhookRules,
            disableMutation: true,
            enableExternalData: false,
            enableGeneratorResourceExpansion: false,
            auditMatchKindOnly: true,
            // Hook Jobs, which Argo CD would run at each sync; namespace and definitions are there already.
            postInstall: { labelNamespace: { enabled: false }, probeWebhook: { enabled: false } },
            upgradeCRDs: { enabled: false },
          },
          clusterValues: { replicas, auditInterval: minutes * 60, pdb: { controllerManager: { minAvailable: replicas > 1 ? 1 : 0 } } },
          ignoreDifferences: [
            // Gatekeeper makes and renews its certificate.
            { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
            { kind: 'Secret', name: 'gatekeeper-webhook-server-cert', jsonPointers: ['/data'] },
          ],
          standIn: {
            // Gatekeeper itself makes those of constraints, from templates.
            crds: ['constrainttemplates.templates.gatekeeper.sh', ...all.map(({ policy: { name } }) => constraintDefinition(name))],
            workloads: [
              { kind: 'Deployment', name: webhook, replicas, serviceAccount: 'gatekeeper-admin', port: 8443, requests: { cpu: '100m', memory: '512Mi' } },
              { kind: 'Deployment', name: audit, serviceAccount: 'gatekeeper-admin', requests: { cpu: '100m', memory: '512Mi' } },
            ],
          },
        },
        { kind: 'manifests', name: 'gatekeeper-templates', namespace, manifests: sharedTemplates, clusterManifests: templates },
        { kind: 'manifests', name: 'gatekeeper-constraints', namespace, manifests: [], clusterManifests: constraints },
      ],
    };
  },
  network: () => [
    { from: id, to: 'kube-apiserver', port: 443, why: 'watches constraints, and looks at what they speak of' },
    { from: 'kube-apiserver', to: `${id}/${webhook}`, port: 8443, why: 'admission webhook' },
  ],
  alerts: () => [
    { name: 'GatekeeperWebhookDown', expr: `kube_deployment_status_replicas_available{namespace="${namespace}",deployment="${webhook}"} == 0`, forMinutes: 10, severity: 'warning', summary: 'Gatekeeper does not answer: what it alone enforces is let in.', runbook: 'gatekeeper-down' },
    { name: 'GatekeeperAuditStale', expr: 'time() - gatekeeper_audit_last_run_end_time > 6 * 3600', forMinutes: 30, severity: 'warning', summary: 'Gatekeeper has not looked at the cluster for six hours.', runbook: 'gatekeeper-down' },
  ],
  dashboards: () => [{ title: 'Objects that break a rule', expr: 'sum by (enforcement_action) (gatekeeper_violations)', unit: 'objects' }],
  cost: () => none('runs on nodes that are paid already'),
  checks: [crdEstablished('constrainttemplates.templates.gatekeeper.sh'), deploymentReady(namespace, webhook), deploymentReady(namespace, audit)],
});
