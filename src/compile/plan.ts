import type { Cluster, Environment, Platform } from '../config/platform.ts';
import { componentAskedAt } from '../config/sources.ts';
import type { Sources } from '../config/sources.ts';
import type { Diagnostic, Result } from '../diag/diagnostic.ts';
import type { Component } from '../model/component.ts';
import type { ClusterPlan, ComponentPlan, Plan } from '../model/plan.ts';
import type { Release } from '../model/workload.ts';
import { withSharedObjects } from './shared-objects.ts';
import { order, type OffNode, type Ordered, type OrderNode } from './order.ts';

/** There before the GitOps engine runs: EKS makes add-ons, and Terraform installs what Argo CD itself needs. */
const isEarly = (release: Release): boolean => release.kind === 'eks-addon' || (release.kind === 'chart' && release.installedBy === 'terraform') || (release.kind === 'manifests' && release.beforeNetwork === true);

const planComponent = (platform: Platform, environment: Environment, cluster: Cluster, component: Component, because: ComponentPlan['because']): Omit<ComponentPlan, 'waves'> => {
  const settings = cluster.components[component.id] as Record<string, unknown>;
  const infra = component.infra({ platform, environment, cluster, settings });
  const ctx = { platform, environment, cluster, settings, infra };
  return {
    id: component.id,
    layer: component.layer,
    requires: component.requires ?? [],
    settings,
    infra,
    workload: component.workload(ctx),
    network: component.network(ctx),
    alerts: component.alerts(ctx),
    dashboards: component.dashboards(ctx),
    cost: component.cost(ctx),
    checks: component.checks,
    because,
  };
};

/**
 * `order` that remembers: clusters of an environment mostly have the same components and so the same order. What has findings is looked at
 * anew, since they name the cluster and its lines.
 */
const rememberingOrder = (): typeof order => {
  const found = new Map<string, Result<Ordered>>();
  return (nodes, off, cluster) => {
    const key = nodes.map(({ id, releases }) => `${id} ${releases.map(({ name, early }) => `${name} ${early}`).join(' ')}`).join('\n');
    const known = found.get(key) ?? order(nodes, off, cluster);
    if (known.diagnostics.length === 0) found.set(key, known);
    return known;
  };
};

const planCluster = (orderOf: typeof order, platform: Platform, environment: Environment, cluster: Cluster, components: readonly Component[], sources: Sources): Result<ClusterPlan> => {
  const on = components.filter(({ id }) => cluster.components[id] !== undefined);
  const parts = new Map(on.map((component) => [component.id, planComponent(platform, environment, cluster, component, componentAskedAt(sources, cluster.name, component.id))]));
  const nodes = [...parts.values()].map(
    ({ id, layer, requires, workload, because }): OrderNode => ({ id, layer, requires, because, releases: workload.releases.map((release) => ({ name: release.name, early: isEarly(release) })) }),
  );
  const off = components.filter(({ id }) => !parts.has(id)).map(({ id }): OffNode => ({ id, at: componentAskedAt(sources, cluster.name, id) }));
  const { value: ordered, diagnostics } = orderOf(nodes, off, cluster.name);
  if (!ordered) return { diagnostics };
  const planned = ordered.ids.flatMap((id) => {
    const part = parts.get(id);
    return part ? [{ ...part, waves: ordered.waves[id] ?? {} }] : [];
  });
  return { value: { cluster, environment, components: planned }, diagnostics };
};

/**
 * Decides every component of every cluster: what it needs in AWS, what it installs and in which wave. Diagnostics are those of
 * `order`; there is no plan when one of them is an error. Pure.
 */
export const plan = (platform: Platform, components: readonly Component[], sources: Sources): Result<Plan> => {
  const diagnostics: Diagnostic[] = [];
  const orderOf = rememberingOrder();
  const environments = platform.environments.map((environment) => ({
    environment,
    clusters: environment.clusters.flatMap((cluster) => {
      const found = planCluster(orderOf, platform, environment, cluster, components, sources);
      diagnostics.push(...found.diagnostics);
      return found.value ? [found.value] : [];
    }),
  }));
  return diagnostics.some(({ severity }) => severity === 'error') ? { diagnostics } : { value: withSharedObjects({ platform, environments }), diagnostics };
};
