import { z } from 'zod';
import { everyFamily } from '../../catalog/instance-offerings.ts';
import { al2023 } from '../../catalog/kubernetes.ts';
import { didYouMean } from '../diag/did-you-mean.ts';

const family = z.string().check((ctx) => {
  if (everyFamily.has(ctx.value)) return;
  const near = didYouMean(ctx.value, [...everyFamily]);
  ctx.issues.push({ code: 'custom', input: ctx.value, message: `is not an instance family of EC2${near === undefined ? '' : `; did you mean "${near}"?`}` });
});
const labelKey = z.string().regex(/^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/, { error: 'is not the key of a label' });
const labelValue = z.string().regex(/^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/, { error: 'is not the value of a label' });

/** Hours between two starts of a schedule, at least; undefined where it starts oftener than once a day. */
const hoursBetween = (schedule: string): number | undefined => {
  const named: Readonly<Record<string, number>> = { '@daily': 24, '@midnight': 24, '@weekly': 168, '@monthly': 672, '@yearly': 8760, '@annually': 8760 };
  const known = named[schedule];
  if (known !== undefined) return known;
  const [minute = '*', hour = '*'] = schedule.split(/\s+/);
  return /^\d+$/.test(minute) && /^\d+$/.test(hour) ? 24 : undefined;
};

const budget = z
  .strictObject({
    nodes: z.string().regex(/^((100|\d{1,2})%|\d+)$/, { error: 'is not a number of nodes or a share such as "10%"' }).meta({ description: 'How many nodes of the pool may go at once by choice: a number, or a share of them.' }),
    reasons: z.array(z.enum(['Underutilized', 'Empty', 'Drifted'])).min(1).optional().meta({ description: 'Why they would go; every reason when absent.' }),
    schedule: z.string().regex(/^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|\S+\s\S+\s\S+\s\S+\s\S+)$/, { error: 'is not a schedule such as "0 8 * * mon-fri"' }).optional().meta({ description: 'When it begins to hold, as cron in UTC; always when absent.' }),
    hours: z.int().min(1).max(8760).optional().meta({ description: 'How long it holds from each start; with `schedule` only.', unit: 'h' }),
  })
  .refine(({ schedule, hours }) => (schedule === undefined) === (hours === undefined), { error: 'needs both `schedule` and `hours`, or neither' })
  // Karpenter takes the strictest budget that holds. None for good would keep idle and outdated nodes for ever.
  .refine(({ nodes, schedule, hours = 0 }) => !/^0+%?$/.test(nodes) || (schedule !== undefined && hours < (hoursBetween(schedule) ?? 0)), { error: 'would let no node go for good: a share above zero is wanted, or a `schedule` that starts at most daily and `hours` that end before it starts again' });

const range = z.strictObject({ min: z.int().positive().optional().meta({ description: 'At least.' }), max: z.int().positive().optional().meta({ description: 'At most.' }) });

/** One pool of nodes. What is absent depends on whether its nodes have GPUs, and is filled in by `filledPool`. */
export const poolSettings = z.strictObject({
  enabled: z.boolean().default(true).meta({ description: 'False leaves the pool out.' }),
  nvidia: z.boolean().optional().meta({ description: 'Its nodes have NVIDIA GPUs, and only pods that tolerate `nvidia.com/gpu` and `workload-type=gpu` run there. When absent, true for the pool `gpu` only.' }),
  architectures: z.array(z.enum(['amd64', 'arm64'])).min(1).optional().meta({ description: 'Processor architectures; both, or amd64 with GPUs, when absent.' }),
  capacity_types: z.array(z.enum(['spot', 'on-demand'])).min(1).default(['spot', 'on-demand']).meta({ description: 'How nodes are bought; spot is tried first where both stand.' }),
  categories: z.array(z.string().regex(/^[a-z]+$/, { error: 'is not a category such as "m"' })).min(1).optional().meta({ description: 'Instance categories, the letters a family begins with; c, m and r, when neither these nor `families` are named.' }),
  families: z.array(family).min(1).optional().meta({ description: 'Instance families; those of the categories when absent, or g5, g6, g6e, p4d and p5 with GPUs.' }),
  exclude_families: z.array(family).default([]).meta({ description: 'Instance families to leave out.' }),
  sizes: z.array(z.string().regex(/^[a-z0-9-]+$/, { error: 'is not a size such as "4xlarge"' })).min(1).optional().meta({ description: 'Sizes of instances; every size when absent.' }),
  newer_than_generation: z.int().min(0).max(20).optional().meta({ description: 'Only generations after this one; 5, or any where `families` are named or with GPUs, when absent.' }),
  cpus: range.prefault({}).meta({ description: 'Cores of one node.', unit: 'cores' }),
  zones: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1).optional().meta({ description: 'Zones, by name; every zone of the cluster when absent.' }),
  labels: z.record(labelKey, labelValue).default({}).meta({ description: 'Labels of its nodes.' }),
  taints: z.array(z.strictObject({
    key: labelKey.meta({ description: 'Key of the taint.' }),
    value: labelValue.optional().meta({ description: 'Value of the taint.' }),
    effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).default('NoSchedule').meta({ description: 'What happens to pods that do not tolerate it.' }),
  })).default([]).meta({ description: 'Further taints of its nodes.' }),
  limits: z.strictObject({
    cpu: z.int().positive().optional().meta({ description: 'Most cores; 2000, or as many as come with the GPUs, when absent.', unit: 'cores' }),
    memory_gib: z.int().positive().optional().meta({ description: 'Most memory; 4000, or as much as comes with the GPUs, when absent.', unit: 'GiB' }),
    gpus: z.int().positive().optional().meta({ description: 'Most GPUs; 100 with GPUs when absent.', unit: 'GPUs' }),
  }).prefault({}).meta({ description: 'How large the pool may grow.' }),
  weight: z.int().min(1).max(100).optional().meta({ description: 'Where several pools fit a pod, the one with the largest weight is tried first.' }),
  consolidation: z.enum(['WhenEmpty', 'WhenEmptyOrUnderutilized', 'Balanced']).optional().meta({ description: 'Which nodes are consolidated; WhenEmptyOrUnderutilized, or WhenEmpty with GPUs, when absent.' }),
  consolidate_after_minutes: z.int().min(0).default(5).meta({ description: 'Quiet time before a node is consolidated.', unit: 'min' }),
  budgets: z.array(budget).min(1).max(50).optional().meta({ description: 'How many nodes may go at once by choice; 10% when absent, with GPUs every empty one.' }),
  expire_after_hours: z.union([z.int().positive(), z.literal('never')]).default(720).meta({ description: 'Age at which a node is replaced, whatever the budgets say; "never" keeps it.', unit: 'h' }),
  ami: z.string().regex(/^(al2023@(latest|v\d{8})|bottlerocket@(latest|v\d+\.\d+\.\d+))$/, { error: 'is not a release of an image such as "al2023@v20260714" or "bottlerocket@v1.40.0"' }).default(al2023.karpenterAlias).meta({ description: 'Image release of the nodes. `latest` replaces nodes whenever AWS publishes one.' }),
  volume: z.strictObject({
    size_gib: z.int().min(20).max(16384).optional().meta({ description: 'Size; 100, or 500 with GPUs, when absent.', unit: 'GiB' }),
    iops: z.int().min(3000).max(16000).optional().meta({ description: 'Operations a second; 3000, or 10000 with GPUs, when absent.', unit: '1/s' }),
    throughput: z.int().min(125).max(1000).optional().meta({ description: 'Throughput; 125, or 500 with GPUs, when absent.', unit: 'MiB/s' }),
  }).prefault({}).meta({ description: 'Volume of images and containers, gp3 and encrypted.' })
    // Source: Amazon EBS user guide, "General Purpose SSD volumes": 500 operations for each GiB, a quarter MiB/s for each operation.
    .refine(({ size_gib, iops, throughput }) => (iops === undefined || iops <= (size_gib ?? 500) * 500) && (throughput === undefined || throughput * 4 <= Math.max(iops ?? 3000, 3000)), { error: 'is more than gp3 can do: 500 operations for each GiB, and 0.25 MiB/s for each operation' }),
}).refine(({ categories, families }) => categories === undefined || families === undefined, { error: 'names both `categories` and `families`: families alone say it', path: ['categories'] });
export type PoolSettings = z.infer<typeof poolSettings>;

const poolName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/, { error: 'is not the name of a pool: letters, digits and "-"' });

/** The part of Karpenter's settings that says which pools there are. */
export const pools = z.record(poolName, poolSettings).default({}).meta({ description: 'Pools of nodes by name. `general` and `gpu` are there unless their `enabled` is false.', examples: [{ general: { limits: { cpu: 500 } }, batch: { capacity_types: ['spot'], categories: ['c'] } }] });
