import type { Aws, TaggedResource } from '../../ports/aws.ts';
import { GLOBAL_REGION, tagsOf, type AccountStore, type SimObject } from '../../sim/provider/store/store.ts';

const resourceOf = (object: SimObject): TaggedResource => {
  const arn = object.attributes['arn'];
  return { arn: typeof arn === 'string' && arn !== '' ? arn : `${object.type}/${object.region}/${object.id}`, kind: object.type, region: object.region, tags: tagsOf(object) };
};

/** The simulated account behind the Aws port. Global objects answer in us-east-1, as at AWS. */
export const localAws = (store: AccountStore, accountId: string, partition: string): Aws => {
  const all = (): readonly TaggedResource[] => store.all().filter((o) => o.origin !== 'aws').map(resourceOf).sort((a, b) => (a.arn < b.arn ? -1 : 1));
  return {
    simulated: true,
    callerIdentity: async () => ({ accountId, arn: `arn:${partition}:iam::${accountId}:user/simulated` }),
    tagged: async (region, key, value) => all().filter((r) => (r.region === region || (r.region === GLOBAL_REGION && region === 'us-east-1')) && key in r.tags && (value === undefined || r.tags[key] === value)),
    everything: async () => all(),
  };
};
