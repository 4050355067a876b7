import { platformRules } from '../emit/rules/platform-rules.ts';
import type { ComponentPlan, Plan } from '../model/plan.ts';
import type { Release } from '../model/workload.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { rulesRelease } from '../units/wellknown.ts';

/** Each component once, as the first cluster that has it sees it. */
const everyComponent = ({ environments }: Plan): readonly ComponentPlan[] => {
  const found = new Map<string, ComponentPlan>();
  for (const { clusters } of environments) for (const { components } of clusters) for (const part of components) if (!found.has(part.id)) found.set(part.id, part);
  return [...found.values()];
};

const filled = (release: Release, rules: readonly KubeObject[]): Release =>
  release.kind === 'manifests' && release.name === rulesRelease ? { ...release, manifests: [...release.manifests, ...rules] } : release;

/** The plan with the rules of all components in the release that asks for them: computed once, shared by all clusters. Pure. */
export const withRules = (plan: Plan): Plan => {
  const all = everyComponent(plan);
  const owner = all.find(({ workload }) => workload.releases.some(({ name }) => name === rulesRelease));
  const namespace = owner?.workload.releases.find(({ name }) => name === rulesRelease)?.namespace;
  if (!owner || namespace === undefined) return plan;
  const rules = platformRules(plan.platform.gitops, all, namespace);
  const withOwn = (part: ComponentPlan): ComponentPlan =>
    part.id === owner.id ? { ...part, workload: { ...part.workload, releases: part.workload.releases.map((release) => filled(release, rules)) } } : part;
  return { ...plan, environments: plan.environments.map((environment) => ({ ...environment, clusters: environment.clusters.map((cluster) => ({ ...cluster, components: cluster.components.map(withOwn) })) })) };
};
