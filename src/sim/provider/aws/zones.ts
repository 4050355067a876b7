import catalogue from '../../../../catalog/regions.json' with { type: 'json' };

const regions: Readonly<Record<string, { readonly zones: readonly string[] }>> = catalogue.regions;

/** Availability zones of a region, from the catalogue; empty for a region that it does not know. */
export const zonesOf = (region: string): readonly string[] => regions[region]?.zones ?? [];

const PLACES: Readonly<Record<string, string>> = {
  north: 'n', south: 's', east: 'e', west: 'w', central: 'c', northeast: 'ne', northwest: 'nw', southeast: 'se', southwest: 'sw',
};

/** Id of a zone ("us-east-1a" → "use1-az1"). Which letter has which number differs between real accounts; here they agree. */
export function zoneId(zone: string): string {
  const m = /^([a-z]+)-([a-z-]+)-(\d)([a-z])$/.exec(zone);
  if (m === null) return '';
  const [, area = '', place = '', number = '', letter = 'a'] = m;
  return `${area}${PLACES[place] ?? place}${number}-az${letter.charCodeAt(0) - 96}`;
}

/** First and last address of a block as numbers; undefined if it is no IPv4 block. */
export function cidrRange(cidr: string | undefined): { from: number; to: number } | undefined {
  const m = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr ?? '');
  if (m === null) return undefined;
  const from = m.slice(1, 5).reduce((n, p) => n * 256 + Number(p), 0);
  return { from, to: from + 2 ** (32 - Number(m[5])) - 1 };
}
