import { TerraformError, type PlannedChange, type PlanSummary, type StateVersion, type Terraform, type TerraformPlanOptions, type TerraformRoot } from '../ports/terraform.ts';

interface RootState {
  readonly lineage: string;
  serial: number;
  objects: Set<string>;
  /** Those of the objects that the account refuses to delete. */
  protected: Set<string>;
}

interface PlanFile {
  readonly root: string;
  readonly serial: number;
  readonly changes: readonly PlannedChange[];
}

/**
 * Terraform in memory: a root wants a set of addresses (`<type>.<name>`), a state has one, a plan is the difference. Stale plans are
 * refused as the real one refuses them. A plan with targets turns their protection off, the one use there is of it. `beforeChange` sees each object before it is made or removed and may throw.
 */
export class SimTerraform implements Terraform {
  readonly wanted: (root: string) => readonly string[];
  readonly states = new Map<string, RootState>();
  readonly plans = new Map<string, PlanFile>();
  readonly log: string[] = [];
  beforeChange: (root: string, change: PlannedChange) => void | Promise<void> = () => undefined;

  constructor(wanted: (root: string) => readonly string[]) {
    this.wanted = wanted;
  }

  async init(): Promise<void> {}

  async validate(): Promise<readonly []> {
    return [];
  }

  #state(root: string): RootState {
    const state = this.states.get(root) ?? { lineage: `lineage of ${root}`, serial: 0, objects: new Set<string>(), protected: new Set<string>() };
    this.states.set(root, state);
    return state;
  }

  async plan({ id }: TerraformRoot, planFile: string, { destroy = false, targets }: TerraformPlanOptions = {}): Promise<PlanSummary> {
    const state = this.#state(id);
    if (targets) {
      const changes = targets.filter((address) => state.protected.has(address)).map((address): PlannedChange => ({ address, type: address.split('.')[0] ?? '', action: 'update' }));
      this.plans.set(planFile, { root: id, serial: state.serial, changes });
      return { changes, drifted: [], outputsChange: false };
    }
    const wanted = destroy ? [] : this.wanted(id);
    const change = (address: string, action: PlannedChange['action']): PlannedChange => ({ address, type: address.split('.')[0] ?? '', action });
    const changes = [...wanted.filter((a) => !state.objects.has(a)).map((a) => change(a, 'create')), ...[...state.objects].filter((a) => !wanted.includes(a)).map((a) => change(a, 'destroy'))];
    this.plans.set(planFile, { root: id, serial: state.serial, changes });
    return { changes, drifted: [], outputsChange: false };
  }

  async apply({ id }: TerraformRoot, planFile: string): Promise<void> {
    const state = this.#state(id);
    const plan = this.plans.get(planFile);
    if (!plan || plan.root !== id || plan.serial !== state.serial) throw new TerraformError(id, 'apply', [{ severity: 'error', summary: 'Saved plan is stale', detail: '' }]);
    for (const change of plan.changes) {
      await this.beforeChange(id, change);
      state.serial += 1;
      if (change.action === 'destroy' && state.protected.has(change.address)) throw new TerraformError(id, 'apply', [{ severity: 'error', summary: 'deletion protection is enabled', detail: '', address: change.address }]);
      if (change.action === 'update') state.protected.delete(change.address);
      else if (change.action === 'destroy') state.objects.delete(change.address);
      else state.objects.add(change.address);
      this.log.push(`${change.action} ${id} ${change.address}`);
    }
  }

  async output(): Promise<Readonly<Record<string, never>>> {
    return {};
  }

  async state({ id }: TerraformRoot): Promise<StateVersion | undefined> {
    const state = this.states.get(id);
    return state && state.serial > 0 ? { lineage: state.lineage, serial: state.serial, resources: state.objects.size, protected: [...state.protected].sort() } : undefined;
  }
}
