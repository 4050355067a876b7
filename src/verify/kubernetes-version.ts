import { catalogDate, eksVersions, supports, type EksVersion } from '../../catalog/kubernetes.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ClusterPlan, Plan } from '../model/plan.ts';

const newest = eksVersions[0].version;

/** What is wrong with a version as such, on the day the catalogue was read: compiling knows no other day. */
const ownFault = ({ cluster }: ClusterPlan, who: string): readonly Diagnostic[] => {
  const { version, upgrade_policy } = cluster.kubernetes;
  const known: EksVersion | undefined = eksVersions.find((one) => one.version === version);
  const choice = `Set kubernetes.version to one of: ${eksVersions.filter(({ standardSupportEnds }) => standardSupportEnds > catalogDate).map((one) => one.version).join(', ')}.`;
  if (!known) return [problem('verify/unknown-kubernetes', cluster.at, `kubernetes.version "${version}" of ${who} is not one that EKS offered on ${catalogDate}.`, choice)];
  if (known.standardSupportEnds > catalogDate) return [];
  return upgrade_policy === 'standard'
    ? [problem('verify/expired-kubernetes', cluster.at, `Standard support of Kubernetes ${version} (${who}) ended on ${known.standardSupportEnds}: EKS upgrades such clusters by itself.`, `${choice} To stay, and pay for extended support until ${known.extendedSupportEnds}, set kubernetes.upgrade_policy: extended.`)]
    : [problem('verify/extended-kubernetes', cluster.at, `Kubernetes ${version} (${who}) is in extended support, which costs six times as much and ends on ${known.extendedSupportEnds}.`, choice)];
};

/** Charts of a cluster whose documents leave its version out. */
const chartFaults = ({ cluster, components }: ClusterPlan, who: string): readonly Diagnostic[] => {
  const { version } = cluster.kubernetes;
  const charts = new Set(components.flatMap(({ workload }) => workload.releases.flatMap((release) => (release.kind === 'chart' && typeof release.chart === 'string' ? [release.chart] : []))));
  const unsupported = [...charts].filter((chart) => supports(chart, version) === 'unsupported').toSorted();
  return unsupported.length === 0 ? [] : [problem('verify/unsupported-kubernetes', cluster.at, `Kubernetes ${version} (${who}) is not supported by the pinned version of ${unsupported.join(', ')}.`,
    `Choose a version up to ${newest} that all of them support (catalog/kubernetes.ts has the matrix), or disable these components.`)];
};

/**
 * Proves that every cluster's Kubernetes version exists on EKS, is in support, and is covered by each pinned chart it runs. One finding for
 * clusters of an environment that have the same version and charts. Pure.
 */
export const kubernetesVersions = ({ environments }: Plan): readonly Diagnostic[] =>
  environments.flatMap(({ clusters }) => {
    const groups = Map.groupBy(clusters, ({ cluster, components }) => JSON.stringify([cluster.kubernetes.version, cluster.kubernetes.upgrade_policy, components.map(({ id }) => id)]));
    return [...groups.values()].flatMap((same) => {
      const [first] = same;
      if (!first) return [];
      const who = same.length === 1 ? first.cluster.name : `${first.cluster.name} and ${same.length - 1} more`;
      const own = ownFault(first, who);
      return own.some(({ severity }) => severity === 'error') ? own : [...own, ...chartFaults(first, who)];
    });
  });
