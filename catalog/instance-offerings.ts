import catalogue from './instance-offerings.json' with { type: 'json' };

const regions: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>> = catalogue.regions;
const read = new Map<string, ReadonlyMap<string, number>>();

/**
 * Instance families that EC2 offers in a region, with the number of zones that offer the best spread of their types; undefined for a region that the catalogue
 * has no offers of (China, GovCloud, and what is newer). Which zones these are differs between accounts.
 */
export const familiesIn = (region: string): ReadonlyMap<string, number> | undefined => {
  const known = read.get(region);
  if (known) return known;
  const rows = regions[region];
  if (!rows) return undefined;
  const families = new Map(Object.entries(rows).flatMap(([zones, names = '']) => names.split(' ').map((name) => [name, Number(zones)] as const)));
  read.set(region, families);
  return families;
};

/** Every family that some region offers. */
export const everyFamily: ReadonlySet<string> = new Set(Object.values(regions).flatMap((rows) => Object.values(rows).flatMap((names = '') => names.split(' '))));
