import type { Aws, NamedKind, NamedResource, Spent, TaggedResource } from '../../ports/aws.ts';
import { GLOBAL_REGION, tagsOf, type AccountStore, type SimObject } from '../../sim/provider/store/store.ts';

const resourceOf = (object: SimObject): TaggedResource => {
  const arn = object.attributes['arn'];
  return { arn: typeof arn === 'string' && arn !== '' ? arn : `${object.type}/${object.region}/${object.id}`, kind: object.type, region: object.region, tags: tagsOf(object) };
};

/** Where Terraform's types keep name and state of what AWS lists by name. Instances are not Terraform's: node groups and Karpenter make them. */
const kinds: Readonly<Record<Exclude<NamedKind, 'ec2:instance'>, { readonly type: string; readonly name: string; readonly state?: string }>> = {
  'eks:cluster': { type: 'aws_eks_cluster', name: 'name', state: 'status' },
  'iam:role': { type: 'aws_iam_role', name: 'name' },
  'iam:instance-profile': { type: 'aws_iam_instance_profile', name: 'name' },
  'kms:alias': { type: 'aws_kms_alias', name: 'name' },
  'rds:db': { type: 'aws_db_instance', name: 'identifier', state: 'status' },
  'route53:hostedzone': { type: 'aws_route53_zone', name: 'name' },
  's3:bucket': { type: 'aws_s3_bucket', name: 'bucket' },
};

const textOf = (object: SimObject, attribute: string): string => {
  const value = object.attributes[attribute];
  return typeof value === 'string' ? value : '';
};

const keyState = (store: AccountStore, alias: SimObject): string =>
  store.list('aws_kms_key').some((o) => (o.id === textOf(alias, 'target_key_id') || textOf(o, 'arn') === textOf(alias, 'target_key_arn'))) ? 'Enabled' : 'PendingDeletion';

const stateIn = (store: AccountStore, kind: NamedKind, object: SimObject, attribute: string | undefined): string => {
  if (kind === 'kms:alias') return keyState(store, object);
  const vpcs = object.attributes['vpc'];
  if (kind === 'route53:hostedzone') return Array.isArray(vpcs) && vpcs.length > 0 ? 'private' : 'public';
  return (attribute === undefined ? '' : textOf(object, attribute)) || 'present';
};

const namedIn = (store: AccountStore, region: string, kind: NamedKind, prefix: string): readonly NamedResource[] => {
  if (kind === 'ec2:instance') return [];
  const { type, name, state } = kinds[kind];
  return store.list(type).filter((o) => (o.region === region || o.region === GLOBAL_REGION || kind === 's3:bucket') && textOf(o, name).startsWith(prefix))
    .map((o) => ({ kind, name: textOf(o, name), arn: resourceOf(o).arn, state: stateIn(store, kind, o, state) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

const spentIn = (store: AccountStore, name: string): Spent | undefined => {
  const budget = store.list('aws_budgets_budget').find((o) => textOf(o, 'name') === name);
  return budget && { limit: Number(textOf(budget, 'limit_amount')), actual: 0, currency: textOf(budget, 'limit_unit') };
};

/** The simulated account behind the Aws port. Global objects answer in us-east-1, as at AWS. */
export const localAws = (store: AccountStore, accountId: string, partition: string): Aws => {
  const all = (): readonly TaggedResource[] => store.all().filter((o) => o.origin !== 'aws').map(resourceOf).sort((a, b) => (a.arn < b.arn ? -1 : 1));
  return {
    simulated: true,
    callerIdentity: async () => ({ accountId, arn: `arn:${partition}:iam::${accountId}:user/simulated` }),
    tagged: async (region, key, value) => all().filter((r) => (r.region === region || (r.region === GLOBAL_REGION && region === 'us-east-1')) && key in r.tags && (value === undefined || r.tags[key] === value)),
    named: async (region, kind, prefix) => namedIn(store, region, kind, prefix),
    spent: async (budget) => spentIn(store, budget),
    everything: async () => all(),
  };
};
