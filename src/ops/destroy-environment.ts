import type { Cluster } from '../config/platform.ts';
import type { Kube } from '../ports/kube.ts';
import { countChanges, countsText } from './approval.ts';
import { liftProtection, protectionStep } from './protection.ts';
import { fluxRoot } from '../units/flux-names.ts';
import { suspendFlux } from './flux-state.ts';
import { drainKarpenter, drainLoadBalancers, drainVolumes, suspendGitOps } from './drain.ts';
import { preflightStep } from './preflight.ts';
import { writeReceipt, type Receipt } from './receipt.ts';
import { rootsOf, type Root, type RootFilter } from './roots.ts';
import { makePlan, mustBeRendered, watchOf } from './run-root.ts';
import { dropPlan, planFile } from './saved-plan.ts';
import { terraformRoot, type Site } from './site.ts';
import { StepFailure, type Step, type StepContext, type StepOutcome } from './step.ts';
import { findLeftovers, sweepNames, sweepRegions, sweepTags } from './sweep.ts';

/** What a destroy was asked for. */
export interface DestroyOptions extends RootFilter {
  /** `--allow-destroy`: addresses, or `<root>:<address>`, of protected objects. */
  readonly allowDestroy?: readonly string[];
}

const gone: StepOutcome = { summary: 'no API server there', unchanged: true };

/** A step on a cluster that has nothing to do when its API server was never made or is gone already. */
const clusterStep = (site: Site, cluster: Cluster, verb: string, title: string, needs: readonly string[], work: (kube: Kube, ctx: StepContext) => Promise<StepOutcome>): Step => ({
  id: `${verb}:${cluster.name}`,
  title: `${title} ${cluster.name}`,
  needs,
  at: cluster.at,
  run: async (ctx) => {
    const kube = await site.kube(cluster);
    return kube ? work(kube, ctx) : gone;
  },
});

const destroyRoot = (site: Site, root: Root, allowed: readonly string[], needs: readonly string[]): Step => ({
  id: `destroy:${root.id}`,
  title: `Destroys ${root.label}`,
  needs,
  at: root.at,
  would: [`terraform -chdir=${root.id} init`, `terraform -chdir=${root.id} plan -destroy -out=<plan>`, `terraform -chdir=${root.id} apply <plan>`],
  run: async (ctx) => {
    const { environment, records, terraform } = site;
    const watch = watchOf(ctx);
    await mustBeRendered(site, root);
    const at = terraformRoot(site, root);
    await terraform.init(at, watch);
    if (((await terraform.state(at))?.resources ?? 0) === 0) return { summary: 'nothing there', unchanged: true, data: { destroyed: [] } };
    await liftProtection(site, root, allowed, ctx);
    const plan = await makePlan(site, root, true, watch);
    await terraform.apply(at, planFile(records, environment.name, root), watch);
    await dropPlan(records, environment.name, root);
    return { summary: countsText(countChanges(plan.summary), true), data: { destroyed: plan.summary.changes.map((c) => c.address) } };
  },
});

const receiptStep = (site: Site, needs: readonly string[], drains: readonly Step[], destroys: readonly Root[], isWhole: boolean): Step => ({
  id: 'receipt',
  title: 'Looks for leftovers and writes the receipt',
  needs,
  at: site.environment.at,
  run: async (ctx) => {
    const { environment, aws, clock, records } = site;
    const leftovers = isWhole ? await findLeftovers(aws, environment) : [];
    const drained: Record<string, string[]> = {};
    for (const { id } of drains) {
      const [, cluster = ''] = id.split(':');
      const removed = (ctx.data(id) as { removed?: readonly string[] } | undefined)?.removed ?? [];
      drained[cluster] = [...(drained[cluster] ?? []), ...removed];
    }
    const receipt: Receipt = {
      format: 1,
      environment: environment.name,
      accountId: environment.accountId,
      simulated: aws.simulated,
      run: ctx.run,
      finishedAt: new Date(clock.now()).toISOString(),
      drained,
      destroyed: Object.fromEntries(destroys.map((r) => [r.id, (ctx.data(`destroy:${r.id}`) as { destroyed?: readonly string[] } | undefined)?.destroyed ?? []])),
      searched: isWhole ? { regions: sweepRegions(environment), tags: sweepTags(environment).map(({ key, value }) => (value === undefined ? key : `${key}=${value}`)), names: sweepNames(environment).map(({ kind, prefix }) => `${kind} ${prefix}*`) } : { regions: [], tags: [], names: [] },
      leftovers,
    };
    const path = await writeReceipt(records, receipt);
    if (leftovers.length > 0)
      throw new StepFailure(
        leftovers.slice(0, 20).map(({ arn, kind }) => ({
          code: 'ops/leftover',
          severity: 'error',
          at: environment.at,
          summary: `${kind} ${arn} is still there${aws.simulated ? ' in the simulated account' : ''}.`,
          fix: 'It was made outside Terraform. Remove it by hand, then continue with --resume to prove that nothing is left.',
        })),
      );
    const objects = Object.values(receipt.destroyed).flat().length;
    return { summary: `${objects} objects destroyed, ${isWhole ? 'zero leftovers' : 'leftovers not searched (one region only)'}; receipt: ${records.path(path)}`, data: { receipt: path } };
  },
});

/**
 * Steps that remove an environment, in the order that leaves nothing behind: GitOps is suspended, alarms on load balancers go, then load balancers, Karpenter's nodes and volumes
 * are removed by the controllers that made them, then the roots go in reverse, then the account is searched and the receipt written.
 * With a region, the foundation and the hub stay as long as other regions need them. Objects protected against deletion must be allowed by
 * address, before anything begins.
 */
export const destroySteps = (site: Site, { region, allowDestroy = [] }: DestroyOptions = {}): readonly Step[] => {
  const { environment } = site;
  const clusters = environment.clusters.filter((c) => region === undefined || c.region === region);
  const isWhole = clusters.length === environment.clusters.length;
  const preflight = preflightStep(site);
  const hub = environment.clusters.find((c) => c.name === environment.hub);
  const roots = rootsOf(environment, region === undefined ? {} : { region }).filter((r) => r.cluster !== undefined || isWhole);
  const kept = roots.filter((r) => !(r.cluster?.hub && !isWhole));
  const protection = protectionStep(site, kept, allowDestroy, [preflight.id]);
  const argocd = hub?.engine === 'argocd'
    ? [clusterStep(site, hub, 'suspend', 'Suspends GitOps on', [protection.id], async (kube) => ({ summary: `${await suspendGitOps(kube)} objects suspended` }))]
    : [];
  const flux = clusters.filter(({ engine }) => engine === 'flux')
    .map((cluster) => clusterStep(site, cluster, 'suspend', 'Suspends Flux on', [protection.id], async (kube) => ({ summary: `${await suspendFlux(kube, fluxRoot)} objects suspended` })));
  const suspend = [...argocd, ...flux];
  const first = [protection.id, ...suspend.map((s) => s.id)];
  // What watches load balancers goes before them: it would report their end, and look for them while they vanish.
  const unwatched = kept.filter(({ stage }) => stage === 'alarms').map(({ id }) => `destroy:${id}`);
  const drains = clusters.flatMap((cluster) => [
    clusterStep(site, cluster, 'drain-load-balancers', 'Removes load balancers of', [...first, ...unwatched], (kube, ctx) => drainLoadBalancers(site, cluster, kube, ctx)),
    clusterStep(site, cluster, 'drain-nodes', 'Removes Karpenter\'s nodes of', [`drain-load-balancers:${cluster.name}`], (kube, ctx) => drainKarpenter(site, cluster, kube, ctx)),
    clusterStep(site, cluster, 'drain-volumes', 'Removes volumes of', [`drain-nodes:${cluster.name}`], (kube, ctx) => drainVolumes(site, cluster, kube, ctx)),
  ]);
  const destroys = kept.map((root) => {
    const dependents = kept.filter((r) => r.needs.includes(root.id)).map((r) => `destroy:${r.id}`);
    const drained = root.cluster ? [`drain-volumes:${root.cluster.name}`] : first;
    return destroyRoot(site, root, allowDestroy, [...drained, ...dependents]);
  });
  const ids = destroys.map((s) => s.id);
  const after = site.extra?.afterDestroy?.(ids) ?? [];
  const receipt = receiptStep(site, [...ids, ...after.map((s) => s.id)], drains, kept, isWhole);
  return [preflight, protection, ...suspend, ...drains, ...destroys, ...after, receipt];
};
