import type { ToolEvent } from '../../local/tools.ts';
import type { Terminal } from '../../ports/terminal.ts';

/** Shows how building the local platform's tools goes. `close` must be called before anything else is written. */
export interface ToolView {
  event(event: ToolEvent): void;
  close(): void;
}

/** Without a live terminal a build says this often, in seconds, that it still goes on. */
const reminderS = 30;

/** A line about one tool; empty for one that is simply there. Pure. */
export const toolLine = ({ tool, index, total, state, seconds, typicalSeconds }: ToolEvent): string => {
  if (state === 'cached' || state === 'on-path') return '';
  const bar = '█'.repeat(Math.round((20 * (index - 1)) / total)).padEnd(20, '░');
  const time = state === 'building' ? ` (${Math.round(seconds)} s; such a build takes about ${typicalSeconds} s on two cores)` : state === 'built' ? ` (${Math.round(seconds)} s)` : '';
  return `${bar} ${index}/${total} ${tool}: ${state}${time}`;
};

/** One line that is drawn again on a live terminal; elsewhere a line for each change, and a reminder now and then. */
export const toolView = ({ isLive, say, columns }: Pick<Terminal, 'isLive' | 'say' | 'columns'>): ToolView => {
  let isDrawn = false;
  let said = { tool: '', state: '', seconds: 0 };
  const erase = (): void => {
    if (isDrawn) say('\r\u001b[0K');
    isDrawn = false;
  };
  return {
    event: (event) => {
      const text = toolLine(event);
      if (text === '') return;
      const isNew = event.tool !== said.tool || event.state !== said.state;
      if (isLive && event.state === 'building') {
        say(`\r\u001b[0K${text.slice(0, columns - 1)}`);
        isDrawn = true;
      } else if (isNew || event.seconds - said.seconds >= reminderS) {
        erase();
        say(`${text}\n`);
      } else return;
      said = { tool: event.tool, state: event.state, seconds: event.seconds };
    },
    close: erase,
  };
};
