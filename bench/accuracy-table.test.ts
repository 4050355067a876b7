import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { accuracyPage } from './accuracy-table.ts';

it('is what the page in the guides shows, and good enough', () => {
  const { text, isGood } = accuracyPage();
  expect(isGood).toBe(true);
  // When the planner changed: node bench/planner-accuracy.ts > docs/guides/planner-accuracy.md
  expect(readFileSync(new URL('../docs/guides/planner-accuracy.md', import.meta.url), 'utf8')).toBe(text);
});
