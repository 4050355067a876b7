import type { TerraformProgress, TerraformWatch } from '../ports/terraform.ts';
import { dropPlan, keepPlan, planFile, type SavedPlan } from './saved-plan.ts';
import { configurationDigest, stateText, terraformRoot, type Site } from './site.ts';
import type { Root } from './roots.ts';
import { StepFailure, type StepContext } from './step.ts';

/** Shows Terraform's own progress as notes of a step: what it works on and for how long. */
export const watchOf = ({ signal, note }: StepContext): TerraformWatch => {
  const open = new Map<string, TerraformProgress>();
  return {
    signal,
    onProgress: (progress) => {
      if (progress.phase === 'done' || progress.phase === 'failed') open.delete(progress.address);
      else open.set(progress.address, progress);
      const [first, ...others] = [...open.values()].sort((a, b) => (b.elapsedS ?? 0) - (a.elapsedS ?? 0));
      if (first) note(`${first.action} ${first.address}${first.elapsedS ? ` (${first.elapsedS} s)` : ''}${others.length > 0 ? ` and ${others.length} more` : ''}`);
    },
  };
};

/** Fails where a root was never rendered, which Terraform would report as an empty directory. */
export const mustBeRendered = async (site: Site, root: Root): Promise<string> => {
  const configuration = await configurationDigest(site.tree, root.id);
  if (configuration === '')
    throw new StepFailure([{ code: 'ops/not-rendered', severity: 'error', at: root.at, summary: `${root.id} does not exist.`, fix: 'Run "argoeks build" and commit the result.' }]);
  return configuration;
};

/** True when the root's state holds objects. Prepares the directory. */
export const isApplied = async (site: Site, root: Root, watch: TerraformWatch): Promise<boolean> => {
  const at = terraformRoot(site, root);
  await site.terraform.init(at, watch);
  return ((await site.terraform.state(at))?.resources ?? 0) > 0;
};

/** Plans a root and keeps the plan with what it was made from. The directory must be prepared. */
export const makePlan = async (site: Site, root: Root, destroy: boolean, watch: TerraformWatch): Promise<SavedPlan> => {
  const { environment, records, terraform, clock } = site;
  const configuration = await mustBeRendered(site, root);
  const at = terraformRoot(site, root);
  await dropPlan(records, environment.name, root);
  const state = stateText(await terraform.state(at));
  const summary = await terraform.plan(at, planFile(records, environment.name, root), { destroy }, watch);
  const plan: SavedPlan = { format: 1, root: root.id, time: clock.now(), destroy, configuration, state, summary };
  await keepPlan(records, environment.name, root, plan);
  return plan;
};

/** Why a saved plan can't be applied any more, in words, or undefined when it still holds. The directory must be prepared. */
export const staleBecause = async (site: Site, root: Root, plan: SavedPlan): Promise<string | undefined> => {
  if ((await configurationDigest(site.tree, root.id)) !== plan.configuration) return 'its rendered files changed';
  if (stateText(await site.terraform.state(terraformRoot(site, root))) !== plan.state) return 'something was applied since';
  return undefined;
};
