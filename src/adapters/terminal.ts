import { createInterface } from 'node:readline/promises';
import type { Terminal } from '../ports/terminal.ts';

/** Exit code of a program that a signal ended: 128 + SIGINT. */
const interrupted = 130;

let stop: AbortController | undefined;

/** Listens for Ctrl-C once, however many commands ask for the terminal. */
const stopSignal = (): AbortSignal => {
  if (stop) return stop.signal;
  const controller = new AbortController();
  stop = controller;
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(interrupted);
    process.stderr.write('\nStopping in order; press Ctrl-C again to end at once (then continue with --resume).\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
};

/** The terminal this program was started from. Effects: takes over SIGINT and SIGTERM. */
export const systemTerminal = (env: NodeJS.ProcessEnv = process.env): Terminal => ({
  isInteractive: Boolean(process.stdin.isTTY) && Boolean(process.stderr.isTTY),
  isLive: Boolean(process.stderr.isTTY) && !env['NO_COLOR'] && !env['CI'] && env['TERM'] !== 'dumb',
  columns: process.stderr.columns ?? 100,
  print: (text) => void process.stdout.write(text),
  say: (text) => void process.stderr.write(text),
  ask: async (question) => {
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await prompt.question(question, { signal: stopSignal() }).catch(() => '');
    } finally {
      prompt.close();
    }
  },
  signal: stopSignal(),
});
