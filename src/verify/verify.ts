import { problem } from '../diag/problem.ts';
import { ended } from '../diag/sentence.ts';
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
import { readableSecrets } from './readable-secrets.ts';
import { fluxWebhookFaults } from './flux-webhooks.ts';
import { references } from './references.ts';
import { restoreTests } from './restore-test.ts';
import { signInHosts } from './sign-in-hosts.ts';
import { stateReplicas } from './state-replicas.ts';
import { flowFaults } from './network/flow-faults.ts';
import { sharedParts } from './shared-parts.ts';
import { wayCertificates } from './way-certificates.ts';
import { wayNames } from './way-names.ts';

/** One finding for one fault, however many clusters have it. */
const kubernetesFaults = (plan: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const { cluster, component, release, what, message, because } of planFaults(plan)) {
    const key = `${component} ${release} ${what} ${message}`;
    if (!found.has(key)) found.set(key, problem('verify/refused-by-kubernetes', because, ended(`Release "${release}" of component "${component}" on ${cluster}: ${what}: ${message}`), `Correct what you set below components.${component}, if it leads to this; else it is a mistake in ArgoEKS: please report it.`));
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
 * What can be known of a plan before it is rendered. What one cluster has alone was proven when it was planned like this before, so `kept`
 * clusters are looked at only where they meet others. Pure.
 */
export const verifyPlan = (plan: Plan, kept: ReadonlySet<string> = none.parts): readonly Diagnostic[] => {
  const part = onlyClusters(plan, (cluster) => !kept.has(cluster));
  return [
    ...kubernetesVersions(plan),
    ...kubernetesFaults(part),
    ...flowFaults(part),
    ...admission(part),
    ...hostAccess(part),
    ...disruptionBudgets(part),
    ...oneOwner(part),
    ...sharedParts(plan, kept),
    ...accountNames(plan),
    ...backupCopies(plan), ...backupBuckets(plan), ...restoreTests(plan),
    ...clusterMesh(plan),
    ...optionalAddons(plan),
    ...karpenterPools(plan),
    ...ingress(plan),
    ...stateReplicas(plan),
    ...argocdAccess(plan), ...signInHosts(plan), ...fluxWebhookFaults(plan),
    ...wayCertificates(plan), ...wayNames(plan), ...readableSecrets(plan),
    ...metricsStore(plan), ...logOwners(plan),
  ];
};

/** What can be known of rendered files. Pure. */
export const verifyOutput = (plan: Plan, artifacts: readonly Artifact[], kept: Kept = none): readonly Diagnostic[] => [
  ...oneEngine(plan, artifacts),
  ...references(artifacts, (path) => kept.has(path)), ...publicBuckets(artifacts),
  ...foreignAccounts(plan, artifacts),
];

/** The static proofs over a plan and its rendered output: everything that can be known before anything is applied. Pure. */
export const verify = (plan: Plan, artifacts: readonly Artifact[]): readonly Diagnostic[] => [...verifyPlan(plan), ...verifyOutput(plan, artifacts)];
