import type { AlertmanagerSettings } from '../config/alertmanager-settings.ts';

type Silence = AlertmanagerSettings['silences'][number];

/** Days of one month, in Alertmanager's words. */
export interface TimeRange {
  readonly years: readonly string[];
  readonly months: readonly string[];
  readonly days_of_month: readonly string[];
}

/** Alertmanager knows no dates, only days of months of years: the days of a silence, month by month. Pure. */
export const daysOf = ({ from, until }: Pick<Silence, 'from' | 'until'>): readonly TimeRange[] => {
  const ranges: TimeRange[] = [];
  const end = new Date(`${until}T00:00:00Z`);
  for (let day = new Date(`${from}T00:00:00Z`); day <= end;) {
    const lastOfMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0));
    const last = lastOfMonth < end ? lastOfMonth : end;
    ranges.push({ years: [String(day.getUTCFullYear())], months: [String(day.getUTCMonth() + 1)], days_of_month: [`${day.getUTCDate()}:${last.getUTCDate()}`] });
    day = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), last.getUTCDate() + 1));
  }
  return ranges;
};

/** Name of a silence's time interval. */
export const intervalName = ({ name }: Pick<Silence, 'name'>): string => `silence-${name}`;

/** Time intervals of all silences. Pure. */
export const timeIntervals = (silences: readonly Silence[]) => silences.map((silence) => ({ name: intervalName(silence), time_intervals: daysOf(silence) }));
