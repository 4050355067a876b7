import type { Environment } from '../config/platform.ts';
import type { Aws, NamedKind, TaggedResource } from '../ports/aws.ts';
import { storeBaseName } from '../units/aws-names.ts';

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

/** What is searched by name: kinds that AWS's search by tag doesn't know (roles, instance profiles, zones), and those whose state it doesn't tell. */
export const sweepNames = ({ domain, settings: { cluster_name_prefix: prefix } }: Environment): readonly { readonly kind: NamedKind; readonly prefix: string }[] => [
  { kind: 'eks:cluster', prefix: `${prefix}-` },
  { kind: 'ec2:instance', prefix: `${prefix}-` },
  { kind: 'iam:role', prefix: `${prefix}-` },
  { kind: 'iam:instance-profile', prefix: `${prefix}-` },
  { kind: 'kms:alias', prefix: `alias/${prefix}-` },
  { kind: 'rds:db', prefix: `${storeBaseName(prefix)}-` },
  { kind: 'route53:hostedzone', prefix: domain },
];

/** Kinds of global services answer the same in every region: one is asked. */
const isGlobal = (kind: NamedKind): boolean => /^(iam|route53|s3):/.test(kind);

/** Kinds that the search by tag goes on naming when they are gone, and the search by name with their state. */
const lingering: readonly string[] = ['kms:key', 'ec2:instance'];

/** States of what is on its way out (keys wait for days, terminated instances stay listed for about an hour), and of what is not the platform's: its zones are private. */
const ignored: readonly string[] = ['PendingDeletion', 'public', 'shutting-down', 'terminated'];

/** Regions a sweep must look at: the environment's own, and us-east-1 where global services answer. */
export const sweepRegions = (environment: Environment): readonly string[] => [...new Set([...environment.regions, 'us-east-1'])].sort();

/** Every object of the environment that is still there, sorted by ARN. A simulated account that no other environment uses must be empty. Reads only. */
export const findLeftovers = async (aws: Aws, environment: Environment): Promise<readonly TaggedResource[]> => {
  const found = new Map<string, TaggedResource>();
  const regions = sweepRegions(environment);
  for (const region of regions) {
    for (const { key, value } of sweepTags(environment)) for (const resource of await aws.tagged(region, key, value)) if (aws.simulated || !lingering.includes(resource.kind)) found.set(resource.arn, resource);
    for (const { kind, prefix } of sweepNames(environment)) if (!isGlobal(kind) || region === regions[0]) for (const { arn, state } of await aws.named(region, kind, prefix)) if (!ignored.includes(state) && !found.has(arn)) found.set(arn, { arn, kind, region, tags: {} });
  }
  const all = (await aws.everything?.()) ?? [];
  const isShared = all.some(({ tags }) => tags['argoeks:environment'] !== undefined && tags['argoeks:environment'] !== environment.name);
  if (!isShared) for (const resource of all) found.set(resource.arn, resource);
  return [...found.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
};
