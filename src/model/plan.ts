import type { Cluster, Environment, Platform } from '../config/platform.ts';
import type { Span } from '../diag/diagnostic.ts';
import type { Absent, Alert, CostLine, Flow, Layer, Panel } from './component.ts';
import type { Check } from './check.ts';
import type { Infra } from './infra.ts';
import type { Workload } from './workload.ts';

/** The whole platform, decided. Emitters read this and nothing else. */
export interface Plan {
  readonly platform: Platform;
  readonly environments: readonly EnvironmentPlan[];
}

export interface EnvironmentPlan {
  readonly environment: Environment;
  /** In the order of `environment.clusters`. */
  readonly clusters: readonly ClusterPlan[];
}

export interface ClusterPlan {
  readonly cluster: Cluster;
  readonly environment: Environment;
  /** Ordered so that each component stands after all it requires. */
  readonly components: readonly ComponentPlan[];
}

export interface ComponentPlan {
  readonly id: string;
  readonly layer: Layer;
  readonly requires: readonly string[];
  readonly settings: unknown;
  readonly infra: Infra;
  readonly workload: Workload;
  readonly network: readonly Flow[];
  readonly alerts: readonly Alert[] | Absent;
  readonly dashboards: readonly Panel[] | Absent;
  readonly cost: readonly CostLine[] | Absent;
  readonly checks: readonly Check[];
  /** Release name → sync wave. Waves rise along `requires` and along the releases of one component, but where a release says how it `comes`. */
  readonly waves: Readonly<Record<string, number>>;
  /** The line of the configuration that asked for it. */
  readonly because: Span;
}

/** One file of the rendered output. */
export interface Artifact {
  /** Relative to the repository, forward slashes. */
  readonly path: string;
  readonly text: string;
}
