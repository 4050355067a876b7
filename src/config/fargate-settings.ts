import { z } from 'zod';
import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { argocdNamespace } from '../units/wellknown.ts';
import type { Step } from './yaml-place.ts';

const Namespace = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, { error: 'is not the name of a namespace' });

/** Pods that EKS runs on Fargate. Limits: EKS user guide, "Define which Pods use AWS Fargate when launched". */
export const fargateSettings = () =>
  z.strictObject({
    enabled: z.boolean().default(false).meta({ description: 'Makes Fargate profiles. Their pods run without Cilium: without its policies, encryption and Hubble. Billed for each vCPU and GB of a pod.' }),
    profiles: z.array(z.strictObject({
      name: z.string().regex(/^(?!eks-)[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, { error: 'is not the name of a Fargate profile: letters, digits, _ and -, at most 100, not beginning with "eks-"' }).meta({ description: 'Name of the profile.' }),
      namespaces: z.array(Namespace).min(1).max(5, { error: 'names more than five namespaces; a profile has five selectors at most' }).meta({ description: 'Namespaces whose pods run on Fargate.' }),
      labels: z.record(z.string(), z.string()).default({}).meta({ description: 'Labels a pod must have besides.' }),
    })).min(1).refine((list) => new Set(list.map(({ name }) => name)).size === list.length, { error: 'names a profile twice' })
      .default([{ name: 'serverless', namespaces: ['fargate', 'serverless'], labels: {} }]).meta({ description: 'Fargate profiles.' }),
  }).prefault({}).meta({ description: 'Pods without nodes, on AWS Fargate.' });

export type FargateSettings = z.infer<ReturnType<typeof fargateSettings>>;

/** Namespaces whose pods need what only nodes have: Cilium, host access, DaemonSets. */
const forNodesOnly: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease', argocdNamespace];

/** What Fargate profiles cost in safety, and namespaces they may not take. `at` gives places below the environment or the cluster's spec. Pure. */
export const fargateProblems = ({ enabled, profiles }: FargateSettings, at: (path: readonly Step[]) => Span): readonly Diagnostic[] => {
  if (!enabled) return [];
  const refused = profiles.flatMap(({ name, namespaces }, i) => namespaces.flatMap((namespace, n) => (forNodesOnly.includes(namespace)
    ? [problem('config/wrong-value', at(['kubernetes', 'fargate', 'profiles', i, 'namespaces', n]), `The Fargate profile "${name}" takes the namespace ${namespace}, whose pods need nodes with Cilium.`, 'Give pods that are to run on Fargate a namespace of their own.')] : [])));
  const taken = [...new Set(profiles.flatMap(({ namespaces }) => namespaces))].join(', ');
  return [...refused, problem('config/fargate-without-cilium', at(['kubernetes', 'fargate', 'enabled']), `Pods of ${taken} run on Fargate, where no other CNI than the VPC CNI runs: Cilium neither enforces policies for them nor encrypts or shows their traffic, and its policies elsewhere take them for the outside world.`,
    'Run there only what may be reached and may reach as its security groups say; keep the rest on nodes, or set kubernetes.fargate.enabled: false.')];
};
