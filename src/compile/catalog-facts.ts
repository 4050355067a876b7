import { readFileSync } from 'node:fs';
import { charts } from '../../catalog/charts.ts';
import type { Facts } from '../config/load.ts';
import type { ChartPins } from '../emit/argocd/application.ts';

/** Repository, name and version of every chart of the catalogue. */
export const chartPins: ChartPins = charts;

/** What the configuration is checked against: regions with their zones, and the pinned chart versions. Reads `catalog/regions.json`. */
export const catalogFacts = (): Facts => {
  const { regions } = JSON.parse(readFileSync(new URL('../../catalog/regions.json', import.meta.url), 'utf8')) as { regions: Facts['regions'] };
  return { regions, charts: Object.fromEntries(Object.entries(charts).map(([id, { version }]) => [id, version])) };
};
