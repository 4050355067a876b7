/** A directory with Terraform configuration and its own state. */
export interface TerraformRoot {
  /** As in the rendered output, for example `terraform/environments/dev`. */
  readonly id: string;
  /** Absolute directory Terraform runs in. */
  readonly directory: string;
}

export type PlannedAction = 'create' | 'update' | 'replace' | 'destroy' | 'forget';

export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly action: PlannedAction;
  /** Attributes that force a replacement. */
  readonly forcedBy?: readonly string[];
  /** Replaced because its creation failed half-way: nothing is lost with it. */
  readonly tainted?: boolean;
}

/** What a saved plan would do. Values are left out on purpose: they may be secret. */
export interface PlanSummary {
  readonly changes: readonly PlannedChange[];
  /** Objects that changed outside Terraform since the last apply. */
  readonly drifted: readonly string[];
  readonly outputsChange: boolean;
}

/** One problem in Terraform's own words. */
export interface TerraformProblem {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  /** Place relative to the root's directory. */
  readonly at?: { readonly file: string; readonly line: number; readonly column: number };
}

/** Terraform ended with errors. `operation` is the command, such as `apply`. */
export class TerraformError extends Error {
  readonly root: string;
  readonly operation: string;
  /** Never empty; errors before warnings. */
  readonly problems: readonly TerraformProblem[];
  constructor(root: string, operation: string, problems: readonly TerraformProblem[]) {
    super(`terraform ${operation} failed in ${root}: ${problems.map((p) => p.summary).join('; ')}`);
    this.name = 'TerraformError';
    this.root = root;
    this.operation = operation;
    this.problems = problems;
  }
}

/** Identity of one version of a state; equal lineage and serial mean that nothing was applied in between. */
export interface StateVersion {
  readonly lineage: string;
  readonly serial: number;
  /** Count of managed objects. */
  readonly resources: number;
  /** Addresses of objects that AWS refuses to delete while their deletion protection is on; sorted. */
  readonly protected: readonly string[];
}

/** What a plan is for, where it is not simply the whole root as configured. */
export interface TerraformPlanOptions {
  readonly destroy?: boolean;
  /** Values of input variables. Never secrets: they are seen on the command line. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Plans only these addresses and what they need. */
  readonly targets?: readonly string[];
}

/** What Terraform is doing right now, for people: one object at a time. */
export interface TerraformProgress {
  readonly address: string;
  readonly phase: 'started' | 'running' | 'done' | 'failed';
  readonly action: string;
  /** Seconds since it started, where Terraform says so. */
  readonly elapsedS?: number;
}

export interface TerraformWatch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TerraformProgress) => void;
}

export interface OutputValue {
  readonly value: unknown;
  readonly sensitive: boolean;
}

/** The terraform program. Every method throws `TerraformError` when Terraform says no, `PortError` when it can't be run. */
export interface Terraform {
  /** Prepares the directory: backend and providers. Idempotent. */
  init(root: TerraformRoot, watch?: TerraformWatch): Promise<void>;
  /** Checks the configuration alone: needs no `init`, no credentials and no state. */
  validate(root: TerraformRoot, watch?: TerraformWatch): Promise<readonly TerraformProblem[]>;
  /** Writes a plan file (absolute path) and says what it would do. Changes nothing in the world. */
  plan(root: TerraformRoot, planFile: string, options?: TerraformPlanOptions, watch?: TerraformWatch): Promise<PlanSummary>;
  /** Applies exactly the saved plan. Terraform refuses one that was made for another state. */
  apply(root: TerraformRoot, planFile: string, watch?: TerraformWatch): Promise<void>;
  output(root: TerraformRoot): Promise<Readonly<Record<string, OutputValue>>>;
  /** Undefined when nothing was ever applied. Needs `init`. */
  state(root: TerraformRoot): Promise<StateVersion | undefined>;
}
