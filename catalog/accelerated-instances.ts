import facts from './accelerated-instances.json' with { type: 'json' };
import offers from './accelerated-offers.json' with { type: 'json' };
import { instanceFacts } from './instances.ts';

/** An EC2 instance type with accelerators, as EC2 describes it. */
export interface AcceleratedInstance {
  readonly type: string;
  readonly accelerator: string;
  readonly count: number;
  /** Of each accelerator, as EC2 states it. */
  readonly acceleratorMib: number;
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly networkGbps: number;
  readonly hasEfa: boolean;
  readonly localStorageGb: number;
  /** On-demand Linux in `instancePrices.region`; absent where the catalogue has none. */
  readonly usdPerHour?: number;
}

/** What AWS tells of a type in a region. */
export interface Offer {
  /** Saving of spot over on-demand, a share between 0 and 1; absent where AWS shows none. */
  readonly spotSaving?: number;
  /** How often AWS takes spot instances back in a month, as it words it. */
  readonly interruption?: string;
}

type Row = readonly [string, ...number[]];
const rows = facts.types as unknown as Readonly<Record<string, Row>>;

const instanceOf = (type: string, [accelerator, count = 0, acceleratorMib = 0, vcpus = 0, memoryMib = 0, networkGbps = 0, efa = 0, localStorageGb = 0]: Row): AcceleratedInstance => {
  const usdPerHour = instanceFacts(type)?.usdPerHour;
  return { type, accelerator, count, acceleratorMib, vcpus, memoryMib, networkGbps, hasEfa: efa === 1, localStorageGb, ...(usdPerHour === undefined ? {} : { usdPerHour }) };
};

/** Every EC2 type with whole accelerators, but bare metal. */
export const acceleratedInstances: readonly AcceleratedInstance[] = Object.entries(rows).map(([type, row]) => instanceOf(type, row));

const interruptions = ['<5%', '5-10%', '10-15%', '15-20%', '>20%'] as const;
const regions = offers.regions as unknown as Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/** Regions of which it is known what they offer. */
export const offerRegions: readonly string[] = Object.keys(regions);

/** What a region tells of a type; undefined where the region does not offer it. */
export const offerOf = (region: string, type: string): Offer | undefined => {
  const row = regions[region]?.[type];
  if (row === undefined) return undefined;
  const [saving, often] = row;
  return saving === undefined ? {} : { spotSaving: saving / 100, interruption: interruptions[often ?? 4] ?? '>20%' };
};

/** Where these facts were read. */
export const acceleratedSources = { facts: facts.source, offers: offers.source, read: facts.read } as const;
