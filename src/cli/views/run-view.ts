import pc from 'picocolors';
import type { PlannedStep, RunEvent } from '../../ops/events.ts';
import type { Terminal } from '../../ports/terminal.ts';
import { durationText } from './duration.ts';

/** Shows a run as it goes. `close` must be called once at the end. */
export interface RunView {
  event(event: RunEvent): void;
  close(): void;
}

/** One JSON object per line, each with the event format's version: for programs. */
export const jsonRunView = (print: (text: string) => void): RunView => ({ event: (event) => print(`${JSON.stringify(event)}\n`), close: () => undefined });

interface Running {
  readonly title: string;
  readonly since: number;
  note: string;
  saidAt: number;
}

/** Without a live terminal a running step says this often that it is still there. */
const reminderMs = 20_000;
const redrawMs = 200;
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

const clip = (text: string, width: number): string => (text.length > width ? `${text.slice(0, Math.max(1, width - 1))}…` : text);

/** Lines for people on standard error: what is done, what runs and for how long, what it waits for. */
export const humanRunView = (terminal: Pick<Terminal, 'say' | 'isLive' | 'columns'>, now: () => number, isVerbose = false): RunView => {
  const running = new Map<string, Running>();
  let steps = new Map<string, PlannedStep>();
  let left = 0;
  let drawn = 0;
  let frame = 0;
  const erase = (): void => {
    if (drawn > 0) terminal.say(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = (): void => {
    if (!terminal.isLive) return;
    erase();
    frame += 1;
    const lines = [...running.values()].map((r) => clip(`${spinner[frame % spinner.length] ?? ''} ${r.title} (${durationText(now() - r.since)})${r.note ? `: ${r.note}` : ''}`, terminal.columns - 1));
    const waiting = left - running.size;
    if (lines.length > 0 && waiting > 0) lines.push(pc.dim(`  ${waiting} more to come`));
    if (lines.length > 0) terminal.say(`${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  const line = (text: string): void => {
    erase();
    terminal.say(`${text}\n`);
    draw();
  };
  const remind = (): void => {
    for (const r of running.values()) {
      if (now() - r.saidAt < reminderMs) continue;
      r.saidAt = now();
      terminal.say(`… ${r.title} (${durationText(now() - r.since)})${r.note ? `: ${r.note}` : ''}\n`);
    }
  };
  const timer = setInterval(terminal.isLive ? draw : remind, terminal.isLive ? redrawMs : 1_000);
  timer.unref();
  const titleOf = (id: string): string => steps.get(id)?.title ?? id;
  const end = (id: string, text: string): void => {
    running.delete(id);
    left -= 1;
    line(text);
  };
  return {
    event: (event) => {
      switch (event.type) {
        case 'run-started':
          steps = new Map(event.steps.map((s) => [s.id, s]));
          left = event.steps.length;
          if (event.resumed) line(`Continues ${event.run}.`);
          return;
        case 'step-started':
          running.set(event.step, { title: titleOf(event.step), since: event.time, note: '', saidAt: now() });
          if (!terminal.isLive) terminal.say(`▸ ${titleOf(event.step)}\n`);
          return;
        case 'step-note': {
          const r = running.get(event.step);
          if (r) r.note = event.text;
          if (isVerbose) line(pc.dim(`  ${titleOf(event.step)}: ${event.text}`));
          return;
        }
        case 'step-done':
          return end(event.step, `${event.unchanged ? pc.dim('=') : pc.green('✓')} ${titleOf(event.step)}: ${event.summary} ${pc.dim(`(${durationText(event.ms)})`)}`);
        case 'step-skipped':
          return end(event.step, `${pc.dim('=')} ${titleOf(event.step)}: ${event.why}`);
        case 'step-failed':
          return end(event.step, `${pc.red('✗')} ${titleOf(event.step)} ${pc.dim(`(${durationText(event.ms)})`)}`);
        case 'step-stopped':
          return end(event.step, `${pc.yellow('■')} ${titleOf(event.step)}: stopped`);
        case 'step-blocked':
          return end(event.step, pc.dim(`· ${titleOf(event.step)}: not begun, because of: ${titleOf(event.by)}`));
        case 'run-ended':
          return;
      }
    },
    close: () => {
      clearInterval(timer);
      erase();
    },
  };
};
