import { problem } from '../diag/problem.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Artifact, Plan } from '../model/plan.ts';
import { admission } from './kubernetes/admission.ts';
import { disruptionBudgets } from './kubernetes/disruption-budgets.ts';
import { hostAccess } from './kubernetes/host-access.ts';
import { planFaults } from './kubernetes/plan-faults.ts';
import { onlyClusters } from '../compile/only-clusters.ts';
import { accountNames } from './account-names.ts';
import { argocdAccess } from './argocd-access.ts';
import { backupBuckets } from './backup-buckets.ts';
import { backupCopies } from './backup-copies.ts';
import { clusterMesh } from './cluster-mesh.ts';
import { foreignAccounts } from './foreign-accounts.ts';
import { ingress } from './ingress.ts';
import { karpenterPools } from './karpenter-pools.ts';
import { kubernetesVersions } from './kubernetes-version.ts';
import { logOwners } from './log-owners.ts';
import { metricsStore } from './metrics-store.ts';
import { oneEngine } from './one-engine.ts';
import { oneOwner } from './one-owner.ts';
import { optionalAddons } from './optional-addons.ts';
import { publicBuckets } from './public-buckets.ts';
import { fluxWebhookFaults } from './flux-webhooks.ts';
import { references } from './references.ts';
import { restoreTests } from './restore-test.ts';
import { stateReplicas } from './state-replicas.ts';
import { flowFaults } from './network/flow-faults.ts';
import { sharedParts } from './shared-parts.ts';

/** One finding for one fault, however many clusters have it. */
const kubernetesFaults = (plan: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const { cluster, component, release, what, message, because } of planFaults(plan)) {
    const key = `${component} ${release} ${what} ${message}`;
    if (!found.has(key)) found.set(key, problem('verify/refused-by-kubernetes', because, `Release "${release}" of component "${component}" on ${cluster}: ${what}: ${message}.`, 'Correct the component, or the setting that leads to it.'));
  }
  return [...found.values()];
};

/** What is right already and was not rendered again: parts, that is clusters and roots of Terraform. */
export interface Kept {
  readonly parts: ReadonlySet<string>;
  /** Whether a file or a folder with files is in one of these parts. */
  has(path: string): boolean;
}

const none: Kept = { parts: new Set(), has: () => false };

/**
 * The static proofs over a plan and its rendered output: everything that can be known before anything is applied. What one cluster has
 * alone was proven when it was rendered, so `kept` clusters are looked at only where they meet others. Pure.
 */
export const verify = (plan: Plan, artifacts: readonly Artifact[], kept: Kept = none): readonly Diagnostic[] => {
  const part = onlyClusters(plan, (cluster) => !kept.parts.has(cluster));
  return [
    ...kubernetesVersions(plan),
    ...kubernetesFaults(part),
    ...flowFaults(part),
    ...admission(part),
    ...hostAccess(part),
    ...disruptionBudgets(part),
    ...oneOwner(part), ...oneEngine(plan, artifacts),
    ...sharedParts(plan, kept.parts),
    ...references(artifacts, (path) => kept.has(path)), ...publicBuckets(artifacts),
    ...foreignAccounts(plan, artifacts),
    ...accountNames(plan),
    ...backupCopies(plan), ...backupBuckets(plan), ...restoreTests(plan),
    ...clusterMesh(plan),
    ...optionalAddons(plan),
    ...karpenterPools(plan),
    ...ingress(plan),
    ...stateReplicas(plan),
    ...argocdAccess(plan), ...fluxWebhookFaults(plan),
    ...metricsStore(plan), ...logOwners(plan),
  ];
};
