import type { Environment } from '../config/platform.ts';
import type { Aws, TaggedResource } from '../ports/aws.ts';

/** Tags that objects of an environment carry: Terraform's own, and those that controllers inside the clusters set. */
export const sweepTags = (environment: Environment): readonly { readonly key: string; readonly value?: string }[] => [
  { key: 'argoeks:environment', value: environment.name },
  ...environment.clusters.flatMap(({ name }) => [
    { key: 'elbv2.k8s.aws/cluster', value: name },
    { key: 'eks:eks-cluster-name', value: name },
    { key: `kubernetes.io/cluster/${name}` },
    { key: 'karpenter.sh/discovery', value: name },
  ]),
];

/**
 * Kinds that stay visible after they are gone or by design: a KMS key in its waiting time can't be told from a live one by its tags,
 * terminated instances stay listed for about an hour.
 */
const lingering: readonly string[] = ['kms:key', 'ec2:instance'];

/** Regions a sweep must look at: the environment's own, and us-east-1 where global services answer. */
export const sweepRegions = (environment: Environment): readonly string[] => [...new Set([...environment.regions, 'us-east-1'])].sort();

/** Every object of the environment that is still there, sorted by ARN. A simulated account that no other environment uses must be empty. Reads only. */
export const findLeftovers = async (aws: Aws, environment: Environment): Promise<readonly TaggedResource[]> => {
  const found = new Map<string, TaggedResource>();
  for (const region of sweepRegions(environment))
    for (const { key, value } of sweepTags(environment)) for (const resource of await aws.tagged(region, key, value)) found.set(resource.arn, resource);
  const all = (await aws.everything?.()) ?? [];
  const isShared = all.some(({ tags }) => tags['argoeks:environment'] !== undefined && tags['argoeks:environment'] !== environment.name);
  if (!isShared) for (const resource of all) found.set(resource.arn, resource);
  return [...found.values()].filter((r) => aws.simulated || !lingering.includes(r.kind)).sort((a, b) => (a.arn < b.arn ? -1 : 1));
};
