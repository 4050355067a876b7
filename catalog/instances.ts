import catalogue from './instance-prices.json' with { type: 'json' };

/** What an estimate needs to know of an EC2 instance type. */
export interface InstanceFacts {
  readonly type: string;
  readonly vcpus: number;
  readonly memoryGib: number;
  /** On-demand, Linux. */
  readonly usdPerHour: number;
  readonly gpus: number;
}

const rows: Readonly<Record<string, readonly number[]>> = catalogue.types;

const factsOf = (type: string, [vcpus = 0, memoryMib = 0, usdPerHour = 0, gpus = 0]: readonly number[]): InstanceFacts => ({ type, vcpus, memoryGib: memoryMib / 1024, usdPerHour, gpus });

/** Facts and price of an instance type; undefined for one that the catalogue has no price of. */
export const instanceFacts = (type: string): InstanceFacts | undefined => {
  const row = rows[type];
  return row && factsOf(type, row);
};

/** Every type with a price. */
export const instances: readonly InstanceFacts[] = Object.entries(rows).map(([type, row]) => factsOf(type, row));

/** Where and when instance prices were read. */
export const instancePrices = { source: catalogue.source, read: catalogue.read, asOf: catalogue.pricesAsOf, region: catalogue.region } as const;
