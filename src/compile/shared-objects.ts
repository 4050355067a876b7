import { dashboardConfigMap } from '../emit/dashboards/config-map.ts';
import { platformDashboards } from '../emit/dashboards/platform-dashboards.ts';
import { platformRules } from '../emit/rules/platform-rules.ts';
import { runbookUrl } from '../model/runbook-url.ts';
import type { GitOps } from '../config/platform.ts';
import type { ComponentPlan, Plan } from '../model/plan.ts';
import type { Release } from '../model/workload.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { dashboardsRelease, rulesRelease } from '../units/wellknown.ts';

/** Each component once, as the first cluster that has it sees it. */
const everyComponent = ({ environments }: Plan): readonly ComponentPlan[] => {
  const found = new Map<string, ComponentPlan>();
  for (const { clusters } of environments) for (const { components } of clusters) for (const part of components) if (!found.has(part.id)) found.set(part.id, part);
  return [...found.values()];
};

/** What is made from all components together, by the release that asks for it. */
const makers: Readonly<Record<string, (gitops: GitOps, all: readonly ComponentPlan[], namespace: string) => readonly KubeObject[]>> = {
  [rulesRelease]: platformRules,
  [dashboardsRelease]: (gitops, all, namespace) => platformDashboards(all).map((one) => dashboardConfigMap(one, namespace, runbookUrl(gitops))),
};

const isAsked = ({ kind, name }: Release): boolean => kind === 'manifests' && Object.hasOwn(makers, name);

/** The plan with the rules and dashboards of all components in the releases that ask for them: computed once, shared by all clusters. Pure. */
export const withSharedObjects = (plan: Plan): Plan => {
  const all = everyComponent(plan);
  const owners = new Set(all.filter(({ workload }) => workload.releases.some(isAsked)).map(({ id }) => id));
  const made = new Map<string, readonly KubeObject[]>();
  const objectsOf = ({ name, namespace }: Release): readonly KubeObject[] => {
    const ready = made.get(name) ?? makers[name]?.(plan.platform.gitops, all, namespace) ?? [];
    made.set(name, ready);
    return ready;
  };
  const filled = (release: Release): Release => (release.kind === 'manifests' && isAsked(release) ? { ...release, manifests: [...release.manifests, ...objectsOf(release)] } : release);
  const withOwn = (part: ComponentPlan): ComponentPlan => (owners.has(part.id) ? { ...part, workload: { ...part.workload, releases: part.workload.releases.map(filled) } } : part);
  return { ...plan, environments: plan.environments.map((environment) => ({ ...environment, clusters: environment.clusters.map((cluster) => ({ ...cluster, components: cluster.components.map(withOwn) })) })) };
};
