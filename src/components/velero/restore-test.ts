import type { KubeObject } from '../../units/kube-object.ts';

/** Name of the CronJob, of its account, and of the one Restore that it makes. */
export const restoreTest = 'restore-test';

/** What a run restores, and how long it may take. */
export interface RestoreTest {
  readonly schedule: 'velero-daily' | 'velero-weekly';
  readonly cron: string;
  readonly namespace: string;
  readonly resources: readonly string[];
  readonly timeoutMinutes: number;
  /** Namespace of Velero. */
  readonly home: string;
}

/** Where the copy goes, for as long as a run takes. */
export const scratchOf = (namespace: string): string => `${namespace}-${restoreTest}`;

/** Time to delete a Restore, and a namespace with volumes. */
const deletion = { restore: 10, namespace: 20 } as const;

/** Minutes after which a run has ended, well or not. Deletes before, restores, looks, deletes behind. */
export const longestRunMinutes = (timeoutMinutes: number): number => timeoutMinutes + deletion.restore + 2 * deletion.namespace + 5;

const labels = { 'app.kubernetes.io/name': restoreTest, 'app.kubernetes.io/part-of': 'velero' } as const;
const user = 65532;

/**
 * The Restore of a run. Velero takes the schedule's newest backup that is `Completed` (v1.18.1, `restore_controller.go`, `mostRecentCompletedBackup`).
 * Only kinds that do nothing by themselves are copied: a second copy of a Deployment would work on the same queues, and one of a Service take the same name in DNS.
 */
export const restoreOf = ({ schedule, namespace, resources, home }: RestoreTest): KubeObject => ({
  apiVersion: 'velero.io/v1', kind: 'Restore', metadata: { name: restoreTest, namespace: home },
  spec: { scheduleName: schedule, includedNamespaces: [namespace], includedResources: resources, namespaceMapping: { [namespace]: scratchOf(namespace) }, restorePVs: true },
});

/** Steps one after the other, each a kubectl of its own: its image has no shell. A step that fails ends the run. */
export const stepsOf = ({ namespace, timeoutMinutes, home }: RestoreTest): readonly { readonly name: string; readonly args: readonly string[] }[] => {
  const scratch = scratchOf(namespace);
  const gone = (minutes: number): readonly string[] => ['--ignore-not-found', '--wait=true', `--timeout=${minutes}m`];
  return [
    { name: 'delete-last-restore', args: ['delete', 'restores.velero.io', restoreTest, `--namespace=${home}`, ...gone(deletion.restore)] },
    { name: 'delete-last-copy', args: ['delete', 'namespace', scratch, ...gone(deletion.namespace)] },
    { name: 'restore', args: ['create', '--filename=/restore/restore.json'] },
    // Only without any error does a restore end as `Completed`.
    { name: 'await-completed', args: ['wait', `restores.velero.io/${restoreTest}`, `--namespace=${home}`, '--for=jsonpath={.status.phase}=Completed', `--timeout=${timeoutMinutes}m`] },
    // A restore of nothing is `Completed` too, and then has no such field.
    { name: 'await-not-empty', args: ['wait', `restores.velero.io/${restoreTest}`, `--namespace=${home}`, '--for=jsonpath={.status.progress.itemsRestored}', '--timeout=1m'] },
    { name: 'delete-copy', args: ['delete', 'namespace', scratch, ...gone(deletion.namespace)] },
  ];
};

const podSpec = (test: RestoreTest, image: string) => {
  const container = ({ name, args }: { readonly name: string; readonly args: readonly string[] }) => ({
    name, image, args,
    env: [{ name: 'HOME', value: '/tmp' }],
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
    volumeMounts: [{ name: 'restore', mountPath: '/restore', readOnly: true }, { name: 'tmp', mountPath: '/tmp' }],
  });
  const steps = stepsOf(test).map(container);
  return {
    serviceAccountName: restoreTest, restartPolicy: 'Never', enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user, seccompProfile: { type: 'RuntimeDefault' } },
    initContainers: steps.slice(0, -1), containers: steps.slice(-1),
    volumes: [{ name: 'restore', configMap: { name: restoreTest } }, { name: 'tmp', emptyDir: {} }],
  };
};

const account = (home: string) => ({ kind: 'ServiceAccount', name: restoreTest, namespace: home });

const rights = (test: RestoreTest): readonly KubeObject[] => {
  const rbac = 'rbac.authorization.k8s.io';
  const own = ['get', 'list', 'watch', 'delete'];
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: restoreTest, namespace: test.home } },
    {
      apiVersion: `${rbac}/v1`, kind: 'Role', metadata: { name: restoreTest, namespace: test.home },
      rules: [{ apiGroups: ['velero.io'], resources: ['restores'], verbs: ['create'] }, { apiGroups: ['velero.io'], resources: ['restores'], resourceNames: [restoreTest], verbs: own }],
    },
    { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata: { name: restoreTest, namespace: test.home }, roleRef: { apiGroup: rbac, kind: 'Role', name: restoreTest }, subjects: [account(test.home)] },
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name: `velero-${restoreTest}` }, rules: [{ apiGroups: [''], resources: ['namespaces'], resourceNames: [scratchOf(test.namespace)], verbs: own }] },
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata: { name: `velero-${restoreTest}` }, roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: `velero-${restoreTest}` }, subjects: [account(test.home)] },
  ];
};

const list = (items: readonly string[]): string => `[${items.map((item) => `'${item}'`).join(', ')}]`;

/** Velero is an administrator: who may make any Restore may have anything written anywhere. This account may have made the one it is for. */
const onlyThis = (test: RestoreTest): readonly KubeObject[] => {
  const name = `velero-${restoreTest}`;
  const api = 'admissionregistration.k8s.io';
  return [
    {
      apiVersion: `${api}/v1`, kind: 'ValidatingAdmissionPolicy', metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {}, resourceRules: [{ apiGroups: ['velero.io'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['restores'], scope: '*' }] },
        matchConditions: [{ name: 'made-by-the-test', expression: `request.userInfo.username == 'system:serviceaccount:${test.home}:${restoreTest}'` }],
        validations: [{
          expression: [
            `object.metadata.name == '${restoreTest}'`,
            `object.spec.?includedNamespaces.orValue([]) == ${list([test.namespace])}`,
            `object.spec.?includedResources.orValue([]) == ${list(test.resources)}`,
            `object.spec.?namespaceMapping.orValue({}) == {'${test.namespace}': '${scratchOf(test.namespace)}'}`,
            '!has(object.spec.hooks)', '!has(object.spec.includeClusterResources)', '!has(object.spec.resourceModifier)', '!has(object.spec.existingResourcePolicy)',
          ].join(' && '),
          message: `The account ${restoreTest} restores ${test.namespace} into ${scratchOf(test.namespace)}, and nothing else.`,
        }],
      },
    },
    { apiVersion: `${api}/v1`, kind: 'ValidatingAdmissionPolicyBinding', metadata: { name }, spec: { policyName: name, validationActions: ['Deny'] } },
  ];
};

/** Everything of the restore test: account, rights, what it may have restored, and the CronJob. Pure. */
export const restoreTestObjects = (test: RestoreTest, image: string): readonly KubeObject[] => [
  ...rights(test),
  ...onlyThis(test),
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: restoreTest, namespace: test.home }, data: { 'restore.json': JSON.stringify(restoreOf(test), undefined, 2) } },
  {
    apiVersion: 'batch/v1', kind: 'CronJob',
    // A test that failed is an alert; it must not hold up what is synced later.
    metadata: { name: restoreTest, namespace: test.home, labels, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
    spec: {
      schedule: test.cron, timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 3600, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 1,
      jobTemplate: {
        metadata: { labels },
        spec: {
          backoffLimit: 0, activeDeadlineSeconds: longestRunMinutes(test.timeoutMinutes) * 60,
          template: { metadata: { labels, annotations: { 'karpenter.sh/do-not-disrupt': 'true' } }, spec: podSpec(test, image) },
        },
      },
    },
  },
];
