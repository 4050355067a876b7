import { expect, it } from 'vitest';
import type { ToolEvent } from '../../local/tools.ts';
import { toolView } from './tool-view.ts';

const event = (state: ToolEvent['state'], seconds: number, tool = 'kwok'): ToolEvent => ({ tool, index: 2, total: 4, state, seconds, typicalSeconds: 70 });
const build = [event('cached', 0, 'etcd'), ...Array.from({ length: 65 }, (_, second) => event('building', second)), event('built', 65)];

const shown = (isLive: boolean): string => {
  let text = '';
  const view = toolView({ isLive, columns: 100, say: (more) => void (text += more) });
  for (const one of build) view.event(one);
  view.close();
  return text;
};

it('says in a log when a build begins, ends, and now and then that it goes on; tools that are there are not mentioned', () => {
  expect(shown(false)).toBe(
    [
      '█████░░░░░░░░░░░░░░░ 2/4 kwok: building (0 s; such a build takes about 70 s on two cores)',
      '█████░░░░░░░░░░░░░░░ 2/4 kwok: building (30 s; such a build takes about 70 s on two cores)',
      '█████░░░░░░░░░░░░░░░ 2/4 kwok: building (60 s; such a build takes about 70 s on two cores)',
      '█████░░░░░░░░░░░░░░░ 2/4 kwok: built (65 s)',
      '',
    ].join('\n'),
  );
});

it('draws one line again and again on a terminal, and leaves only the end', () => {
  const text = shown(true);
  expect(text.match(/\n/g)).toHaveLength(1);
  expect(text.slice(text.lastIndexOf('\u001b[0K') + 4)).toBe('█████░░░░░░░░░░░░░░░ 2/4 kwok: built (65 s)\n');
});
