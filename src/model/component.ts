import type { z } from 'zod';
import type { EnvironmentSettings } from '../config/environment-settings.ts';
import type { GitopsEngine } from '../config/gitops-engine.ts';
import type { Cluster, Environment, Platform } from '../config/platform.ts';
import type { Check } from './check.ts';
import type { Infra } from './infra.ts';
import type { Workload } from './workload.ts';

/** Where in the bring-up a component belongs; a component may only require components of its own or an earlier layer. */
export const layers = ['network', 'platform', 'observability', 'mlops', 'serving'] as const;
export type Layer = (typeof layers)[number];

/** What a component sees when it is planned for one cluster. Pure data. */
export interface Ctx<S, I extends Infra = Infra> {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly cluster: Cluster;
  readonly settings: S;
  readonly infra: I;
}

/** The component was left without this part on purpose; the reason is shown in its page. */
export interface Absent {
  readonly absent: string;
}

/** States why a part of a component is left out. */
export const none = (reason: string): Absent => ({ absent: reason });

/**
 * One allowed network flow; everything not listed is denied. An end is a component id (all its pods), `<component>/<workload>` (the pods of
 * one workload), or one of the words below. What every pod needs is not listed: DNS, STS for pods with an IAM role, probes of the kubelet.
 * A flow whose other end is not on the cluster opens nothing.
 */
export interface Flow {
  /** Besides pods: `kube-apiserver`, `cluster` (everything in the cluster, tenants included), `world`, or `ingress` (Cilium's proxy behind Gateways: not `world`, whoever asked it). */
  readonly from: string;
  /** Besides pods: `kube-apiserver`, `kubelet` (of every node), `world`, or a DNS name; `*` in a name stands for letters of one label, as Cilium has it. */
  readonly to: string;
  /** `*`: every port; only from one workload to another. */
  readonly port: number | '*';
  /** `ANY`: both. TCP when absent. */
  readonly protocol?: 'TCP' | 'UDP' | 'ANY';
  readonly why: string;
}

export interface Alert {
  readonly name: string;
  /** The same on every cluster, and without a result where the component doesn't run: rules are shared by all clusters. */
  readonly expr: string;
  readonly forMinutes: number;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly summary: string;
  /** Page below `docs/runbooks/`. */
  readonly runbook: string;
  /** Who acts on it; the platform's own team when absent. */
  readonly team?: string;
}

/** One chart of a dashboard. */
export interface Panel {
  readonly title: string;
  /**
   * The same on every cluster. `$__rate_interval` is the window of a rate. Dashboards add the clusters that were chosen to every selector, so
   * `cluster` stands only in what is grouped or matched by it.
   */
  readonly expr: string;
  /** Id of Grafana's (`catalog/grafana-units.ts`), or what is counted, as a plural: then it stands behind the number. */
  readonly unit: string;
  /** How a series is called, its labels as `{{label}}`; Grafana's own way when absent. */
  readonly legend?: string;
  /** Further series of the same chart. */
  readonly also?: readonly { readonly expr: string; readonly legend: string }[];
  /** `lines` when absent. `stat`: the last value, large. `bars`: the last value of each series. `table`: a row for each series, a column for each label. */
  readonly kind?: 'lines' | 'stat' | 'bars' | 'table';
  /** From where on a value is bad; where `critical` is the smaller one, small values are bad. */
  readonly thresholds?: { readonly warning: number; readonly critical: number };
  /** Page below `docs/runbooks/` for whoever sees a bad value. */
  readonly runbook?: string;
}

export interface CostLine {
  readonly what: string;
  /** USD per month; where use decides, what the basis assumes. */
  readonly usd: number;
  readonly basis: string;
  /** Present where use decides. `mostUsd` is the most it can be; absent where nothing limits it. */
  readonly usage?: { readonly mostUsd?: number };
  /** What of it runs at all hours, in USD a month, and what promising that for a year is called in `catalog/commitments.ts`. */
  readonly steady?: { readonly by: 'compute' | 'database' | 'cache'; readonly usd: number };
}

/** One add-on: all that the platform must know of it, in one value. Pure: no clock, no network, no randomness. */
export interface Component<S extends z.ZodObject = z.ZodObject, I extends Infra = Infra> {
  /** kebab-case = file name = key in platform.yaml. */
  readonly id: string;
  /** One sentence for docs and `argoeks explain`. */
  readonly summary: string;
  readonly layer: Layer;
  /** Ids of components that must be healthy before this one's objects are created. */
  readonly requires?: readonly string[];
  /** On unless the configuration says `enabled: false`; `hub` means only on the environment's hub. */
  readonly defaultOn: boolean | 'hub';
  /** What of the environment the default hangs on; absent: nothing. Whoever says `enabled` decides all the same. */
  readonly onlyWith?: (settings: EnvironmentSettings) => boolean;
  /** Part of a GitOps engine: on the clusters of that engine, and never on others. */
  readonly engine?: GitopsEngine;
  /** Zod object: types, defaults, validation, editor help, docs. `enabled` is added by the compiler. Keys are snake_case. */
  readonly settings: S;
  infra(ctx: Omit<Ctx<z.infer<S>>, 'infra'>): I;
  workload(ctx: Ctx<z.infer<S>, I>): Workload;
  network(ctx: Ctx<z.infer<S>, I>): readonly Flow[];
  alerts(ctx: Ctx<z.infer<S>, I>): readonly Alert[] | Absent;
  dashboards(ctx: Ctx<z.infer<S>, I>): readonly Panel[] | Absent;
  cost(ctx: Ctx<z.infer<S>, I>): readonly CostLine[] | Absent;
  readonly checks: readonly Check[];
}

/** Keeps the exact settings and infra types of a component while checking its shape. */
export const defineComponent = <S extends z.ZodObject, I extends Infra>(component: Component<S, I>): Component<S, I> => component;
