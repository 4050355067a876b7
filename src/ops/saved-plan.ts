import type { Disk } from '../ports/disk.ts';
import type { PlanSummary } from '../ports/terraform.ts';
import type { Root } from './roots.ts';

/** What is kept beside a plan file: enough to show it and to know when it is out of date. No values. */
export interface SavedPlan {
  readonly format: 1;
  readonly root: string;
  readonly time: number;
  readonly destroy: boolean;
  /** `configurationDigest` at the time. */
  readonly configuration: string;
  /** `stateText` at the time. */
  readonly state: string;
  readonly summary: PlanSummary;
}

const nameOf = (root: Root): string => (root.cluster ? `${root.cluster.name}.${root.stage}` : root.stage);
const fileOf = (environment: string, root: Root): string => `plans/${environment}/${nameOf(root)}`;

/** Absolute path of a root's plan file. It may hold secrets: it stays in the owner-only records and is removed once applied. */
export const planFile = (records: Disk, environment: string, root: Root): string => records.path(`${fileOf(environment, root)}.tfplan`);

/** Keeps what the plan file of a root says. */
export const keepPlan = (records: Disk, environment: string, root: Root, plan: SavedPlan): Promise<void> => records.write(`${fileOf(environment, root)}.json`, `${JSON.stringify(plan, null, 2)}\n`);

/** The saved plan of a root, if there is a readable one. */
export const savedPlan = async (records: Disk, environment: string, root: Root): Promise<SavedPlan | undefined> => {
  const text = await records.read(`${fileOf(environment, root)}.json`);
  if (text === undefined) return undefined;
  try {
    const plan = JSON.parse(text) as SavedPlan;
    return plan.format === 1 && plan.root === root.id ? plan : undefined;
  } catch {
    return undefined;
  }
};

/** Removes a plan that was applied or is out of date. */
export const dropPlan = async (records: Disk, environment: string, root: Root): Promise<void> => {
  await records.remove(`${fileOf(environment, root)}.json`);
  await records.remove(`${fileOf(environment, root)}.tfplan`);
};
