import { describe, expect, it } from 'vitest';
import { everythingClusters } from '../../../test/fixtures/network-plans.ts';
import { exampleCluster, objectsOf, planned } from '../../../test/fixtures/planned-components.ts';
import { flowsOf } from '../../emit/network/flows.ts';
import { podSecurityIssues } from '../../verify/kubernetes/pod-security.ts';
import { validateObject } from '../../verify/kubernetes/schemas.ts';
import { restoreOf, scratchOf, stepsOf } from './restore-test.ts';

const releases = (environment: string, settings: unknown = {}) => planned('velero', exampleCluster(environment), settings).workload.releases.map(({ name }) => name);
const objects = (settings: unknown = {}) => objectsOf(planned('velero', exampleCluster('prod'), settings), 'velero-restore-test');
const test = { schedule: 'velero-daily', cron: '0 5 * * 0', namespace: 'models', resources: ['configmaps'], timeoutMinutes: 60, home: 'velero' } as const;

describe('the restore test', () => {
  it('is there in prod, and elsewhere where somebody asks for it', () => {
    expect(releases('prod')).toContain('velero-restore-test');
    expect(releases('dev')).toEqual(['velero']);
    expect(releases('dev', { restore_test: { enabled: true } })).toContain('velero-restore-test');
    expect(releases('prod', { restore_test: { enabled: false } })).toEqual(['velero']);
  });

  it('has objects that Kubernetes and the restricted Pod Security level take', () => {
    for (const object of objects()) expect([...validateObject(object), ...podSecurityIssues(object, 'restricted')], object.kind).toEqual([]);
    expect(validateObject(restoreOf(test))).toEqual([]);
  });

  it('never writes into the namespace that it tests', () => {
    expect(restoreOf(test)).toMatchObject({ spec: { scheduleName: 'velero-daily', includedNamespaces: ['models'], namespaceMapping: { models: 'models-restore-test' } } });
    expect(restoreOf(test)['spec']).not.toHaveProperty('backupName');
    const touched = stepsOf(test).flatMap(({ args }) => (args[1] === 'namespace' ? [args[2]] : []));
    expect(touched).toEqual([scratchOf('models'), scratchOf('models')]);
  });

  it('restores what does nothing by itself, unless somebody says otherwise', () => {
    const restore = (settings: unknown) => JSON.parse((objects(settings).find(({ kind }) => kind === 'ConfigMap')?.['data'] as { 'restore.json': string })['restore.json']) as { spec: object };
    expect(restore({}).spec).toMatchObject({ includedResources: ['persistentvolumeclaims', 'persistentvolumes', 'serviceaccounts'] });
    expect(restore({ restore_test: { namespace: 'models', schedule: 'weekly', resources: ['configmaps'] } }).spec).toMatchObject({ scheduleName: 'velero-weekly', includedNamespaces: ['models'], includedResources: ['configmaps'] });
  });

  it('may touch one Restore and one namespace', () => {
    const rules = objects().flatMap((object) => (object.kind.endsWith('Role') ? (object['rules'] as readonly { verbs: readonly string[]; resources: readonly string[]; resourceNames?: readonly string[] }[]) : []));
    for (const { verbs, resources, resourceNames } of rules) expect(resourceNames, resources.join(' ')).toEqual(verbs.includes('create') ? undefined : resources.includes('namespaces') ? ['monitoring-restore-test'] : ['restore-test']);
    expect(rules.flatMap(({ verbs }) => verbs)).not.toContain('*');
  });

  it('ends by itself, after all its steps may have taken their time', () => {
    const job = objects().find(({ kind }) => kind === 'CronJob')?.['spec'] as { jobTemplate: { spec: { activeDeadlineSeconds: number } } };
    const minutes = stepsOf(test).flatMap(({ args }) => args.flatMap((arg) => (/^--timeout=(\d+)m$/.exec(arg)?.[1] ?? []))).reduce((sum, each) => sum + Number(each), 0);
    expect(job.jobTemplate.spec.activeDeadlineSeconds).toBeGreaterThan(minutes * 60);
  });

  it('reaches the API server and nothing else', () => {
    const [plan = expect.fail('no cluster')] = everythingClusters();
    const out = flowsOf(plan).flows.flatMap(({ from, to, port }) => ('pods' in from && from.pods.id === 'velero/restore-test' ? ['entity' in to ? `${to.entity} ${port}` : 'pods' in to ? to.pods.component : to.name] : []));
    expect([...new Set(out)]).toEqual(['kube-apiserver 443', 'coredns']);
  });
});
