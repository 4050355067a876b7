import { describe, expect, it } from 'vitest';
import { dataProps } from '../emit/terraform/data-props.ts';
import { policiesOf } from '../emit/network/policies.ts';
import { clusterReleases } from '../emit/kubernetes/releases.ts';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import type { ClusterPlan } from '../model/plan.ts';
import type { ManifestRelease } from '../model/workload.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { reachability } from '../verify/network/reachability.ts';
import { memberRoles, reconcilerRole } from './tenants/roles.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}
const rulesOf = (role: KubeObject): readonly Rule[] => role['rules'] as readonly Rule[];

const clusterOf = (tenants: readonly unknown[], at = 0): ClusterPlan => everythingClusters({ tenants })[at] ?? expect.fail('no cluster');
const partOf = (plan: ClusterPlan) => plan.components.find(({ id }) => id === 'tenants') ?? expect.fail('no component');
const objectsOf = (plan: ClusterPlan): readonly KubeObject[] => partOf(plan).workload.releases.flatMap((release) => (release as ManifestRelease).clusterManifests);
const find = (plan: ClusterPlan, kind: string, namespace: string, name: string): KubeObject => objectsOf(plan).find((one) => one.kind === kind && one.metadata.namespace === namespace && one.metadata.name === name) ?? expect.fail(`no ${kind} ${namespace}/${name}`);

const research = { name: 'research', groups: ['scientists'], namespaces: ['tenant-research', 'tenant-research-batch'], gateway_ports: [8080], metrics_ports: [9090], egress: ['huggingface.co'], quota: { cpu: 3, memory_gib: 12, gpus: 1, pods: 7, storage_gib: 9 } };

describe('tenants', () => {
  it('get namespaces that hold them to the strictest level, under their own name', () => {
    expect(partOf(clusterOf([research, { name: 'science' }])).workload.namespaces).toEqual([
      { name: 'tenant-research', podSecurity: 'restricted', team: 'research' },
      { name: 'tenant-research-batch', podSecurity: 'restricted', team: 'research' },
      { name: 'tenant-science', podSecurity: 'restricted', team: 'science' },
    ]);
  });

  it('are bounded by what their quota says, in each namespace', () => {
    for (const namespace of research.namespaces) {
      expect(find(clusterOf([research]), 'ResourceQuota', namespace, 'tenant')['spec']).toEqual({ hard: { 'requests.cpu': '3', 'requests.memory': '12Gi', 'limits.memory': '12Gi', 'requests.nvidia.com/gpu': '1', 'requests.storage': '9Gi', pods: '7', 'services.loadbalancers': '0', 'services.nodeports': '0' } });
      expect(find(clusterOf([research]), 'ResourceQuota', namespace, 'platform-priorities')['spec']).toMatchObject({ hard: { pods: '0' } });
    }
  });

  it('have an account for GitOps whose rights end at their own namespaces', () => {
    const plan = clusterOf([research, { name: 'science' }]);
    const subjects = (namespace: string) => find(plan, 'RoleBinding', namespace, 'reconciler')['subjects'];
    expect(subjects('tenant-research-batch')).toEqual(research.namespaces.map((namespace) => ({ kind: 'ServiceAccount', name: 'reconciler', namespace })));
    expect(subjects('tenant-science')).toEqual([{ kind: 'ServiceAccount', name: 'reconciler', namespace: 'tenant-science' }]);
    expect(objectsOf(plan).filter(({ kind }) => kind === 'ClusterRoleBinding')).toEqual([]);
  });

  it('may look by hand in prod, and change things only where somebody says so', () => {
    const members = (access?: string) => find(clusterOf([{ ...research, ...(access ? { access } : {}) }]), 'RoleBinding', 'tenant-research', 'members');
    expect(members()).toMatchObject({ roleRef: { name: 'tenant-viewer' }, subjects: [{ name: 'tenant:research' }, { name: 'scientists' }] });
    expect(members('edit')).toMatchObject({ roleRef: { name: 'tenant-editor' } });
  });

  it('stand on the clusters they name, and nothing of them elsewhere', () => {
    const tenants = [{ ...research, clusters: ['prod-mlops-cluster-01'] }];
    expect(partOf(clusterOf(tenants, 0)).workload.releases).toHaveLength(1);
    expect(partOf(clusterOf(tenants, 1)).workload).toEqual({ namespaces: [], releases: [] });
  });

  it('have a file for each object', () => {
    const paths = clusterReleases(clusterOf([research])).map(({ path }) => path).filter((path) => path.includes('/tenants/'));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain('kubernetes/clusters/prod-mlops-cluster-01/tenants/manifests/tenant-research-batch.rolebinding-reconciler.yaml');
  });
});

describe('roles of tenants', () => {
  const all = [reconcilerRole, ...Object.values(memberRoles)];
  it('name every group, resource and verb', () => {
    for (const rule of all.flatMap(rulesOf)) expect([...rule.apiGroups, ...rule.resources, ...rule.verbs].join(' ')).not.toContain('*');
  });
  it('change nothing that keeps a tenant in its bounds', () => {
    const kept = ['resourcequotas', 'limitranges', 'networkpolicies', 'ciliumnetworkpolicies', 'roles', 'rolebindings', 'externalsecrets', 'secretstores', 'podmonitors', 'servicemonitors', 'daemonsets', 'namespaces'];
    for (const { resources, verbs } of all.flatMap(rulesOf)) if (resources.some((one) => kept.includes(one))) expect(verbs.filter((verb) => !['get', 'list', 'watch'].includes(verb))).toEqual([]);
  });
  it('let teams scale on queues and metrics, without what signs in for every namespace', () => {
    const keda = all.flatMap(rulesOf).filter(({ apiGroups: [group] }) => group === 'keda.sh');
    expect(keda.map(({ verbs }) => verbs.includes('create'))).toEqual([true, false, true]);
    expect([...new Set(keda.flatMap(({ resources }) => resources))]).toEqual(['scaledjobs', 'scaledobjects', 'triggerauthentications']);
  });
  it('show secrets only to those who may change them', () => {
    expect(rulesOf(memberRoles.view).flatMap(({ resources }) => resources)).not.toContain('secrets');
  });
});

describe('the network of tenants', () => {
  const plan = clusterOf([research, { name: 'science' }]);
  const { open } = reachability(plan, policiesOf(plan));
  const of = (from: string): readonly string[] => open.filter((one) => one.from === from).map(({ to, port }) => `${to} ${port}`).toSorted();

  it('joins the namespaces of one team, names it asked for, the cluster\'s DNS, and who takes traces', () => {
    const traces = [4317, 4318].map((port) => `opentelemetry-collector/opentelemetry-collector ${port}/TCP`);
    expect(of('tenants/tenant-research')).toEqual(['coredns/coredns 53/TCP', 'coredns/coredns 53/UDP', 'huggingface.co 443/TCP', ...traces, 'tenants/tenant-research *', 'tenants/tenant-research-batch *']);
    expect(of('tenants/tenant-science')).toEqual(['coredns/coredns 53/TCP', 'coredns/coredns 53/UDP', ...traces, 'tenants/tenant-science *']);
  });

  it('joins a team with hosts on ports that it names, and with stores of the environment where they are', () => {
    const more = { data: { postgres: { enabled: true }, aurora: { enabled: true }, redis: { enabled: true }, memcached: { enabled: true }, msk: { enabled: true }, feast: { enabled: true } }, tenants: [{ ...research, egress: [{ host: 'db.acme.io', port: 1521 }], stores: ['postgres', 'aurora', 'redis', 'memcached', 'msk', 'feast'] }] };
    const [hub = expect.fail('no hub'), spoke = expect.fail('no spoke')] = everythingClusters(more);
    const named = (one: ClusterPlan) => reachability(one, policiesOf(one)).open.filter(({ from, to }) => from === 'tenants/tenant-research' && to.includes('.')).map(({ to, port }) => `${to} ${port}`).toSorted();
    expect(named(spoke)).toEqual(['db.acme.io 1521/TCP']);
    expect(named(hub)).toEqual([
      'b-x1.x1.x1.x1.kafka.eu-west-1.amazonaws.com 9098/TCP', 'db.acme.io 1521/TCP', 'dynamodb.eu-west-1.amazonaws.com 443/TCP', 'prod-mlops-aurorax1.x1.eu-west-1.rds.amazonaws.com 5432/TCP',
      'prod-mlops-memcached.x1.x1.x1.cache.amazonaws.com 11211/TCP', 'prod-mlops-postgres.x1.eu-west-1.rds.amazonaws.com 5432/TCP', 'x1.prod-mlops-redis.x1.x1.cache.amazonaws.com 6379/TCP',
    ]);
    // The names that Terraform gives the stores.
    const { postgres, aurora, redis, memcached } = dataProps(platformFixture(), hub.environment);
    expect([postgres?.name, aurora?.name, redis?.name, memcached?.name]).toEqual(['prod-mlops-postgres', 'prod-mlops-aurora', 'prod-mlops-redis', 'prod-mlops-memcached']);
  });

  it('lets in load balancers and Prometheus on the ports that are named, and nobody else', () => {
    const into = (to: string) => [...new Set(open.filter((one) => one.to === to && one.from !== to && !one.from.startsWith('tenants/tenant-research')).map(({ from, port }) => `${from} ${port}`))];
    // Names stand for what is outside; the API server of EKS is outside too.
    expect(into('tenants/tenant-science')).toEqual([]);
    expect(into('tenants/tenant-research')).toEqual(expect.arrayContaining(['ingress 8080/TCP']));
    expect(into('tenants/tenant-research').filter((line) => !line.endsWith(' 8080/TCP'))).toEqual(['kube-prometheus-stack/prometheus-kube-prometheus 9090/TCP']);
    expect(into('tenants/tenant-research').filter((line) => line.includes('tenants/') || line.includes('argocd/'))).toEqual([]);
  });
});
