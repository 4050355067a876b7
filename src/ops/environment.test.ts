import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentFixture } from '../../test/fixtures/platform.ts';
import type { NamedResource } from '../ports/aws.ts';
import { SimAws } from '../sim/aws.ts';
import { SimClock } from '../sim/clock.ts';
import { SimDisk } from '../sim/disk.ts';
import { SimKube } from '../sim/kube.ts';
import { SimProcesses } from '../sim/processes.ts';
import { SimTerraform } from '../sim/terraform.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { applySteps, approvalOf, readSavedPlans, refusals } from './apply-environment.ts';
import { destroySteps } from './destroy-environment.ts';
import type { RunResult } from './engine.ts';
import { planEnvironment } from './plan-environment.ts';
import type { Receipt } from './receipt.ts';
import { rootsOf } from './roots.ts';
import { findRun, runJournaled, withLock } from './run-environment.ts';
import type { Site } from './site.ts';

class Killed extends Error {}

const environment = environmentFixture({ tier: 'prod', clusters: 2 });
const [hub, spoke] = environment.clusters;
if (!hub || !spoke) throw new Error('the fixture has two clusters');

const wanted = (root: string): readonly string[] =>
  root.endsWith('/bootstrap') ? ['helm_release.cilium', 'aws_eks_node_group.system'] : root.endsWith('/cluster') ? ['aws_vpc.main', 'aws_eks_cluster.main'] : ['aws_kms_key.main'];

const application = (name: string, wave: number, good: boolean): KubeObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace: 'argocd', annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } },
  spec: { syncPolicy: { automated: { prune: true } } },
  ...(good ? { status: { sync: { status: 'Synced' }, health: { status: 'Healthy' } } } : { status: { sync: { status: 'OutOfSync' }, health: { status: 'Missing' }, conditions: [{ type: 'SyncError', message: 'no matches for kind "NodePool"' }] } }),
});

/** Argo CD as far as waiting goes: every application that was asked to refresh has done so, and is well. */
class ArgoKube extends SimKube {
  override async list(query: Parameters<SimKube['list']>[0]): Promise<readonly KubeObject[]> {
    const found = await super.list(query);
    return query.kind === 'Application' ? found.map((o) => ({ ...o, metadata: { ...o.metadata, annotations: { 'argocd.argoproj.io/sync-wave': o.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '0' } } })) : found;
  }
}

const makeSite = async (good = true) => {
  const tree = new SimDisk();
  const records = new SimDisk();
  const terraform = new SimTerraform(wanted);
  const kube = new ArgoKube();
  const aws = new SimAws(environment.accountId);
  for (const root of rootsOf(environment)) tree.files.set(`${root.id}/main.tf`, `# ${root.id}`);
  for (const cluster of environment.clusters) {
    tree.files.set(`kubernetes/clusters/${cluster.name}/applications/a.yaml`, `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${cluster.name}-a\n`);
    await kube.apply(application(`${cluster.name}-a`, 0, good));
    await kube.apply(application(`${cluster.name}-platform`, 0, true));
  }
  const site: Site = { environment, local: true, tree, records, clock: new SimClock(), processes: new SimProcesses(), terraform, aws, kube: async (cluster) => ((terraform.states.get(`terraform/environments/prod/${cluster.name}/cluster`)?.objects.size ?? 0) > 0 ? kube : undefined) };
  return { site, tree, records, terraform, kube, aws };
};

const planOptions = { parallelism: 2, emit: () => undefined };

const apply = async (site: Site): Promise<RunResult> => {
  const { history } = await findRun(site, 'apply');
  const { plans } = history ? { plans: [] } : await planEnvironment(site, planOptions);
  const approval = history ? (history.request.options['approval'] as ReturnType<typeof approvalOf>) : approvalOf(plans, [], {});
  return runJournaled(site, { request: { kind: 'apply', environment: 'prod', options: { approval } }, ...(history ? { resume: history } : {}) }, applySteps(site, approval), planOptions);
};

const endState = (terraform: SimTerraform): unknown => [...terraform.states].map(([root, { objects }]) => [root, [...objects].sort()]).sort();

describe('environment plan and apply', () => {
  it('says which roots cannot be planned yet, instead of failing', async () => {
    const { site } = await makeSite();
    const { plans, diagnostics } = await planEnvironment(site, planOptions);
    expect(diagnostics).toEqual([]);
    expect(plans.map(({ label, waitsFor, plan }) => [label, waitsFor ?? plan?.summary.changes.length])).toEqual([
      ['prod foundation', 1],
      ['prod storage', ['prod foundation']],
      [`${hub.name}/cluster`, ['prod foundation']],
      [`${hub.name}/bootstrap`, [`${hub.name}/cluster`, 'prod storage']],
      [`${spoke.name}/cluster`, ['prod foundation', `${hub.name}/cluster`]],
      [`${spoke.name}/bootstrap`, [`${spoke.name}/cluster`, `${hub.name}/bootstrap`, 'prod storage']],
    ]);
  });

  it('applies roots in order, then finds nothing left to do', async () => {
    const { site, terraform } = await makeSite();
    expect((await apply(site)).outcome).toBe('done');
    const order = terraform.log.map((l) => l.split(' ')[1]);
    for (const root of rootsOf(environment)) for (const need of root.needs) expect(order.lastIndexOf(need)).toBeLessThan(order.indexOf(root.id));
    const count = terraform.log.length;
    const again = await apply(site);
    expect(terraform.log.length).toBe(count);
    expect([...again.states].filter(([id]) => id.startsWith('apply:')).map(([, state]) => state)).toEqual(Array.from({ length: 6 }, () => 'unchanged'));
  });

  it('reaches the same end after being killed at any change', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 3 }), async (kills) => {
        const whole = await makeSite();
        await apply(whole.site);
        const { site, terraform, records } = await makeSite();
        for (const kill of kills) {
          let left = kill;
          const strike = (): void => {
            left -= 1;
            if (left < 0) throw new Killed();
          };
          terraform.beforeChange = strike;
          records.beforeWrite = strike;
          await apply(site).catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
          terraform.beforeChange = () => undefined;
          records.beforeWrite = () => undefined;
        }
        await apply(site);
        expect(endState(terraform)).toEqual(endState(whole.terraform));
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a saved plan that is out of date, and says why', async () => {
    const { site, tree, records, terraform } = await makeSite();
    await planEnvironment(site, planOptions);
    expect((await readSavedPlans(site, {})).diagnostics).toEqual([]);
    tree.files.set('terraform/environments/prod/main.tf', '# changed');
    const stale = await readSavedPlans(site, {});
    expect(stale.diagnostics.map((d) => [d.code, d.summary])).toEqual([['ops/stale-plan', 'The saved plan of prod foundation is out of date: its rendered files changed.']]);
    expect([...records.files.keys()].filter((f) => f.startsWith('plans/'))).toEqual(['plans/prod/foundation.json']);
    expect(terraform.log).toEqual([]);
  });

  it('never destroys a stateful object that nobody allowed by name', async () => {
    const { site, terraform } = await makeSite();
    await apply(site);
    terraform.states.get('terraform/environments/prod')?.objects.add('aws_db_instance.orders');
    const { plans } = await planEnvironment(site, planOptions);
    expect(refusals(site, plans, []).map((d) => d.fix)).toEqual(["If that is what you want, add --allow-destroy 'terraform/environments/prod:aws_db_instance.orders'; else undo the change of the configuration."]);
    expect(refusals(site, plans, ['aws_db_instance.orders'])).toEqual([]);
    const blind = approvalOf(plans, [], {});
    const result = await runJournaled(site, { request: { kind: 'apply', environment: 'prod', options: {} } }, applySteps(site, blind), planOptions);
    expect(result.diagnostics.map((d) => d.code)).toEqual(['ops/stateful-loss']);
    expect(terraform.states.get('terraform/environments/prod')?.objects.has('aws_db_instance.orders')).toBe(true);
  });

  it('does not act on another account', async () => {
    const { site } = await makeSite();
    const { diagnostics, plans } = await planEnvironment({ ...site, aws: new SimAws('999999999999') }, planOptions);
    expect(diagnostics.map((d) => d.code)).toEqual(['ops/wrong-account']);
    expect(plans).toEqual([]);
  });

  it('does not begin without the bucket of the state', async () => {
    const { site, aws } = await makeSite();
    const onAws = { ...site, stateBucket: 'argoeks-tfstate-333333333333-us-east-1' };
    aws.byName.push({ kind: 's3:bucket', name: 'argoeks-tfstate-333333333333-us-east-1-old', arn: 'arn:aws:s3:::old', state: 'present', region: 'global' });
    expect((await planEnvironment(onAws, planOptions)).diagnostics.map((d) => d.code)).toEqual(['ops/no-state-bucket']);
    aws.byName.push({ kind: 's3:bucket', name: onAws.stateBucket, arn: `arn:aws:s3:::${onAws.stateBucket}`, state: 'present', region: 'global' });
    expect((await planEnvironment(onAws, planOptions)).diagnostics).toEqual([]);
  });

  it('names the application that does not get well, its cause and the next step', async () => {
    const { site } = await makeSite(false);
    const result = await apply(site);
    expect(result.outcome).toBe('failed');
    expect(result.diagnostics[0]?.summary).toContain(`${hub.name}-a (OutOfSync, Missing): SyncError: no matches for kind "NodePool"`);
    expect(result.diagnostics[0]?.fix).toContain('--resume');
  });

  it('lets one run at a time act on an environment', async () => {
    const { site } = await makeSite();
    const inner = await withLock(site, 'argoeks env apply', () => withLock(site, 'argoeks env destroy', async () => 'never'));
    expect(inner.value?.diagnostics.map((d) => d.code)).toEqual(['ops/locked']);
  });
});

describe('environment destroy', () => {
  const destroy = async (site: Site, allowDestroy: readonly string[] = []): Promise<RunResult> => {
    const { history } = await findRun(site, 'destroy');
    const steps = destroySteps(site, { allowDestroy });
    return runJournaled(site, { request: { kind: 'destroy', environment: 'prod', options: {} }, ...(history ? { resume: history } : {}) }, steps, planOptions);
  };
  const readReceipt = (records: { readonly files: ReadonlyMap<string, string> }): Receipt => JSON.parse([...records.files].find(([f]) => f.startsWith('receipts/'))?.[1] ?? '{}') as Receipt;

  it('drains, destroys in reverse and proves that nothing is left', async () => {
    const { site, terraform, kube, records } = await makeSite();
    await apply(site);
    await kube.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { type: 'LoadBalancer' } });
    await kube.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'inner', namespace: 'shop' }, spec: { type: 'ClusterIP' } });
    const result = await destroy(site);
    expect(result.outcome).toBe('done');
    expect(await kube.get({ apiVersion: 'v1', kind: 'Service', namespace: 'shop' }, 'web')).toBeUndefined();
    expect(await kube.get({ apiVersion: 'v1', kind: 'Service', namespace: 'shop' }, 'inner')).toBeDefined();
    const order = terraform.log.filter((l) => l.startsWith('destroy')).map((l) => l.split(' ')[1]);
    for (const root of rootsOf(environment)) for (const need of root.needs) expect(order.indexOf(need)).toBeGreaterThan(order.lastIndexOf(root.id));
    expect([...terraform.states.values()].every((s) => s.objects.size === 0)).toBe(true);
    const receipt = readReceipt(records);
    expect(receipt.leftovers).toEqual([]);
    expect(receipt.drained[hub.name]).toEqual(['Service shop/web']);
    expect(Object.values(receipt.destroyed).flat()).toHaveLength(10);
    expect(receipt.searched.regions).toEqual(['us-east-1']);
  });

  it('takes alarms on load balancers away before it drains these, and waits for no alarms where there are none', async () => {
    const { site } = await makeSite();
    const watched = environmentFixture({ tier: 'prod', clusters: 2, settings: { monitoring: { alb_alarms: [{ service: 'web', lb_name: 'web' }] } } });
    const needsOf = (of: Site): readonly string[] => destroySteps(of).find(({ id }) => id === `drain-load-balancers:${hub.name}`)?.needs ?? [];
    expect(needsOf({ ...site, environment: watched })).toContain('destroy:terraform/environments/prod/alarms');
    expect(needsOf(site).some((need) => need.includes('alarms'))).toBe(false);
  });

  it('refuses what is protected before it drains anything, and turns the protection off once its loss is allowed', async () => {
    const { site, terraform, kube } = await makeSite();
    await apply(site);
    const cluster = `terraform/environments/prod/${spoke.name}/cluster`;
    terraform.states.get(cluster)?.protected.add('aws_eks_cluster.main');
    await kube.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { type: 'LoadBalancer' } });
    const refused = await destroy(site);
    expect(refused.diagnostics.map((d) => [d.code, d.summary, d.fix])).toEqual([
      ['ops/protected', `aws_eks_cluster.main of ${spoke.name}/cluster is protected against deletion.`, `If it shall be lost, add --allow-destroy '${cluster}:aws_eks_cluster.main'; its protection is then turned off before it is destroyed.`],
    ]);
    expect(await kube.get({ apiVersion: 'v1', kind: 'Service', namespace: 'shop' }, 'web')).toBeDefined();
    expect((await destroy(site, ['aws_eks_cluster.main'])).outcome).toBe('done');
    expect(terraform.log.indexOf(`update ${cluster} aws_eks_cluster.main`)).toBeLessThan(terraform.log.indexOf(`destroy ${cluster} aws_eks_cluster.main`));
  });

  it('turns nothing but protection off: a root that is not as configured is applied first', async () => {
    const { site, terraform } = await makeSite();
    await apply(site);
    terraform.states.get('terraform/environments/prod')?.protected.add('aws_kms_key.main');
    const plan = terraform.plan.bind(terraform);
    terraform.plan = async (root, file, options) => {
      const summary = await plan(root, file, options);
      return options?.targets ? { ...summary, changes: [...summary.changes, { address: 'aws_vpc.main', type: 'aws_vpc', action: 'create' as const }] } : summary;
    };
    const result = await destroy(site, ['aws_kms_key.main']);
    expect(result.diagnostics.map((d) => [d.code, d.summary])).toEqual([['ops/protection-not-alone', 'Turning deletion protection off in prod foundation would also create aws_vpc.main, because the account is not what the configuration says.']]);
    expect(terraform.states.get('terraform/environments/prod')?.objects.size).toBe(1);
  });

  it('suspends GitOps before it removes anything', async () => {
    const { site, kube } = await makeSite();
    await apply(site);
    await kube.apply({ apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', metadata: { name: 'platform', namespace: 'argocd' }, spec: {} });
    await destroy(site);
    const set = await kube.get({ apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', namespace: 'argocd' }, 'platform');
    expect(set?.['spec']).toEqual({ syncPolicy: { applicationsSync: 'create-only', preserveResourcesOnDeletion: true } });
    const app = await kube.get({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: 'argocd' }, `${hub.name}-a`);
    expect(app?.['spec']).toEqual({ syncPolicy: {} });
  });

  it('names what is left, and a resumed run that finds nothing writes the receipt', async () => {
    const { site, aws, records } = await makeSite();
    await apply(site);
    aws.resources.push({ arn: 'arn:aws:elasticloadbalancing:us-east-1:333333333333:loadbalancer/net/web/1', kind: 'elasticloadbalancing:loadbalancer', region: 'us-east-1', tags: { 'elbv2.k8s.aws/cluster': hub.name } });
    const result = await destroy(site);
    expect(result.outcome).toBe('failed');
    expect(result.diagnostics.map((d) => d.summary)).toEqual(['elasticloadbalancing:loadbalancer arn:aws:elasticloadbalancing:us-east-1:333333333333:loadbalancer/net/web/1 is still there in the simulated account.']);
    aws.resources.length = 0;
    expect((await destroy(site)).outcome).toBe('done');
    expect(readReceipt(records).leftovers).toEqual([]);
  });

  it('names what no tag shows, and not what is on its way out', async () => {
    const { site, aws, records } = await makeSite();
    await apply(site);
    const named = (kind: NamedResource['kind'], name: string, state: string) => ({ kind, name, arn: `arn:aws:${kind}/${name}`, state, region: 'global' });
    aws.byName.push(
      named('iam:instance-profile', `${hub.name}_7`, 'present'), named('iam:role', 'somebody-else', 'present'), named('kms:alias', `alias/${hub.name}-data`, 'PendingDeletion'),
      named('ec2:instance', `${hub.name}-i-1`, 'terminated'), named('ec2:instance', `${hub.name}-i-2`, 'running'), named('route53:hostedzone', environment.domain, 'public'),
    );
    expect((await destroy(site)).outcome).toBe('failed');
    expect(readReceipt(records).leftovers.map(({ arn }) => arn)).toEqual([`arn:aws:ec2:instance/${hub.name}-i-2`, `arn:aws:iam:instance-profile/${hub.name}_7`]);
    expect(readReceipt(records).searched.names).toContain('iam:role prod-mlops-*');
  });

  it('waits for finalizers and names them at the deadline', async () => {
    const { site, kube } = await makeSite();
    await apply(site);
    await kube.apply({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop', finalizers: ['ingress.k8s.aws/resources'] } as KubeObject['metadata'] });
    const result = await destroy(site);
    expect(result.diagnostics[0]?.summary).toContain('Ingress shop/web (held by ingress.k8s.aws/resources)');
    expect([...result.states].filter(([id, state]) => id.startsWith('destroy:') && state === 'done')).toEqual([]);
  });
});
