import { retentionOf } from '../components/thanos.ts';
import type { Retention } from '../components/thanos/parts.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { storageProps } from '../emit/terraform/storage-props.ts';
import type { ComponentPlan, EnvironmentPlan, Plan } from '../model/plan.ts';

const longest = ({ raw, fiveMinutes, oneHour }: Retention): number => Math.max(raw, fiveMinutes, oneHour);

const orderFaults = ({ because }: ComponentPlan, { raw, fiveMinutes, oneHour }: Retention): readonly Diagnostic[] =>
  raw <= fiveMinutes && fiveMinutes <= oneHour ? [] : [problem('verify/retention-order', because, `Samples of five minutes are kept ${fiveMinutes} days and those of an hour ${oneHour}, raw ones ${raw}: queries over long ranges read the coarse ones and would find less than queries over short ranges.`, 'Set retention.five_minutes_days to at least raw_days, and one_hour_days to at least five_minutes_days.')];

/** What a bucket does with old objects, against what the compactor leaves in it. Pure. */
export const lifecycleFaults = (environment: string, at: Diagnostic['at'], kept: Retention, { tieringDays, expireDays }: { readonly tieringDays?: number; readonly expireDays?: number }): readonly Diagnostic[] => [
  ...(expireDays !== undefined && expireDays <= longest(kept) + 2
    ? [problem('verify/blocks-expire', at, `The bucket of metrics of ${environment} deletes objects after ${expireDays} days, and Thanos counts on them for ${longest(kept)} days and the two until it deletes them itself.`, 'Let the compactor alone delete blocks.')]
    : []),
  ...(tieringDays !== undefined && tieringDays >= longest(kept)
    ? [problem('verify/tiering-too-late', at, `The bucket of metrics of ${environment} moves objects to intelligent tiering after ${tieringDays} days, but none gets older than ${longest(kept)}.`, `Lower envs.${environment}.storage.thanos.tiering_days, or keep samples longer: envs.${environment}.components.thanos.retention.`)]
    : []),
];

const faultsOf = (plan: Plan, { environment, clusters }: EnvironmentPlan): readonly Diagnostic[] => {
  const { name, at, settings } = environment;
  const running = clusters.flatMap(({ cluster, components }) => components.filter(({ id }) => id === 'thanos').map((component) => ({ cluster, component })));
  const [first, second] = running;
  if (!settings.storage.thanos.enabled) return first ? [problem('verify/no-bucket-of-metrics', first.component.because, `Component "thanos" of ${first.cluster.name} needs the bucket of metrics of ${name}, which is off.`, `Set envs.${name}.storage.thanos.enabled: true, or components.thanos.enabled: false.`)] : [];
  if (!first) return [problem('verify/never-compacted', at, `Every Prometheus of ${name} gives its blocks to the bucket of metrics, but no cluster runs the component "thanos": nobody joins, downsamples or deletes them.`, `Leave components.thanos.enabled out, or set envs.${name}.storage.thanos.enabled: false.`)];
  const kept = retentionOf(first.cluster.tier, first.component.settings as Parameters<typeof retentionOf>[1]);
  const bucket = storageProps(plan.platform, environment)?.buckets['thanos']?.bucket;
  return [
    ...(second ? [problem('verify/several-compactors', second.component.because, `Both ${first.cluster.name} and ${second.cluster.name} run the component "thanos" of ${name}: two compactors on one bucket destroy blocks.`, 'Run it on the hub alone.')] : []),
    ...orderFaults(first.component, kept),
    ...(bucket ? lifecycleFaults(name, at, kept, bucket) : []),
  ];
};

/** Proves of every environment that its bucket of metrics has one compactor, and that bucket and compactor agree on how long samples live. Pure. */
export const metricsStore = (plan: Plan): readonly Diagnostic[] => plan.environments.flatMap((one) => faultsOf(plan, one));
