import { problem } from '../diag/problem.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Artifact, Plan } from '../model/plan.ts';
import { planFaults } from './kubernetes/plan-faults.ts';
import { oneOwner } from './one-owner.ts';
import { references } from './references.ts';

/** One finding for one fault, however many clusters have it. */
const kubernetesFaults = (plan: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const { cluster, component, release, what, message, because } of planFaults(plan)) {
    const key = `${component} ${release} ${what} ${message}`;
    if (!found.has(key)) found.set(key, problem('verify/refused-by-kubernetes', because, `Release "${release}" of component "${component}" on ${cluster}: ${what}: ${message}.`, 'Correct the component, or the setting that leads to it.'));
  }
  return [...found.values()];
};

/** The static proofs over a plan and its rendered output: everything that can be known before anything is applied. Pure. */
export const verify = (plan: Plan, artifacts: readonly Artifact[]): readonly Diagnostic[] => [...kubernetesFaults(plan), ...oneOwner(plan), ...references(artifacts)];
