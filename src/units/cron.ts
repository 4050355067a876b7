interface Field {
  readonly what: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const fields: readonly Field[] = [
  { what: 'minute', least: 0, most: 59 },
  { what: 'hour', least: 0, most: 23 },
  { what: 'day of the month', least: 1, most: 31 },
  { what: 'month', least: 1, most: 12, names: months },
  { what: 'day of the week', least: 0, most: 6, names: weekDays },
];

const valueIn = ({ least, names }: Field, text: string): number => {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const at = names?.indexOf(text.toUpperCase()) ?? -1;
  return at === -1 ? Number.NaN : at + least;
};

const isPart = (field: Field, part: string): boolean => {
  const [range = '', step, ...rest] = part.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d?$/.test(step))) return false;
  if (range === '*') return true;
  const [from = '', to = from, ...more] = range.split('-');
  const [low, high] = [valueIn(field, from), valueIn(field, to)];
  return more.length === 0 && low >= field.least && high <= field.most && low <= high;
};

/**
 * What is wrong with a schedule of five fields (minute, hour, day of the month, month, day of the week), or undefined. Lists, ranges, steps and English
 * names are known; words such as `@daily` are not. Source: github.com/robfig/cron v3 `parser.go`, as Argo CD's sync windows use it. Pure.
 */
export const cronFault = (schedule: string): string | undefined => {
  const given = schedule.trim().split(/\s+/);
  if (given.length !== fields.length) return `has ${given.length === 1 ? 'one field' : `${given.length} fields`}, not five: minute, hour, day of the month, month, day of the week`;
  const wrong = fields.find((field, i) => !(given[i] ?? '').split(',').every((part) => isPart(field, part)));
  return wrong && `has "${given[fields.indexOf(wrong)] ?? ''}" as its ${wrong.what}`;
};
