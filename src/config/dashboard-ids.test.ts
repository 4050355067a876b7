import { expect, it } from 'vitest';
import { dashboardIds, revisionOf } from './dashboard-ids.ts';

const known = { 1860: { revision: 37 } };
const schema = dashboardIds(known);
const faults = (value: unknown): readonly string[] => schema.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];

it('a revision may be left out or be the latest where it is known', () => {
  expect(faults([1860, '1860', '1860:latest', '1860:2', '7:1'])).toEqual([]);
  expect(['1860', 1860, '1860:latest', '1860:2', '7:1'].map((asked) => revisionOf(asked, known).revision)).toEqual([37, 37, 37, 2, 1]);
});

it('is refused with what to write where it is not', () => {
  expect(faults(['1860', 7, '8:latest'])).toEqual([
    '1 names no revision, and the newest one of 7 is not known here: write "7:<revision>", with a number of the list "Revisions" on grafana.com/grafana/dashboards/7',
    '2 names no revision, and the newest one of 8 is not known here: write "8:<revision>", with a number of the list "Revisions" on grafana.com/grafana/dashboards/8',
  ]);
});
