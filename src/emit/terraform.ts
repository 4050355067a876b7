import type { Platform } from '../config/platform.ts';
import type { Artifact, Plan } from '../model/plan.ts';
import { accountRoot } from '../stacks/account-root.ts';
import { alarmsRoot } from '../stacks/alarms-root.ts';
import { bootstrapRoot } from '../stacks/bootstrap-root.ts';
import { clusterRoot } from '../stacks/cluster-root.ts';
import { dataRoot } from '../stacks/data-root.ts';
import { foundationRoot } from '../stacks/foundation-root.ts';
import { orgRoot } from '../stacks/org-root.ts';
import { storageRoot } from '../stacks/storage-root.ts';
import type { ChartPins } from './terraform/bootstrap-props.ts';
import { TemplateCache } from './terraform/render.ts';
import { rootData, rootHeader } from './terraform/root-data.ts';
import { plannedRoots } from './terraform/roots.ts';
import type { PlannedRoot } from './terraform/roots.ts';
import type { RootFile } from './terraform/template.ts';

/** Renders one root of a platform after the other; roots of the same shape go through cdktn once. `charts` as for `emitTerraform`. Pure apart from a cache. */
export const rootRenderer = (charts: ChartPins): ((platform: Platform, root: PlannedRoot) => readonly RootFile[]) => {
  const accounts = new TemplateCache(accountRoot);
  const foundations = new TemplateCache(foundationRoot);
  const clusters = new TemplateCache(clusterRoot);
  const bootstraps = new TemplateCache(bootstrapRoot);
  const datas = new TemplateCache(dataRoot);
  const storages = new TemplateCache(storageRoot);
  const alarms = new TemplateCache(alarmsRoot);
  const orgs = new TemplateCache(orgRoot);
  return (platform, root) => {
    const { kind, data } = rootData(platform, root, charts);
    switch (kind) {
      case 'org': return orgs.render(data);
      case 'account': return accounts.render(data);
      case 'foundation': return foundations.render(data);
      case 'cluster': return clusters.render(data);
      case 'data': return datas.render(data);
      case 'storage': return storages.render(data);
      case 'alarms': return alarms.render(data);
      case 'bootstrap': return bootstraps.render(data);
    }
  };
};

/**
 * Renders Terraform roots as formatted HCL: all of them, or those that are `wanted`. `charts` gives name, repository and version
 * for each chart id that components use. One cdktn run for each shape of root. Pure.
 */
export const emitTerraform = (plan: Plan, charts: ChartPins, wanted: (root: PlannedRoot) => boolean = () => true): readonly Artifact[] => {
  const files = rootRenderer(charts);
  return plannedRoots(plan).filter(wanted).flatMap((root) => {
    const top = rootHeader(root, plan.platform);
    return files(plan.platform, root).map(({ name, text }) => ({ path: `${root.path}/${name}`, text: top + text }));
  });
};
