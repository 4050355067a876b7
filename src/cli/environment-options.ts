import { z } from 'zod';
import type { RunEvent } from '../ops/events.ts';
import { systemTerminal } from '../adapters/terminal.ts';
import type { Context } from './command.ts';
import { humanRunView, jsonRunView, type RunView } from './views/run-view.ts';

/** Which environment, in which world: options of every command on environments. */
export const selectionOptions = {
  env: z.string().meta({ description: 'Environment, as in configuration/platform.yaml.' }),
  local: z.boolean().default(false).meta({ description: 'Act on the local platform, where AWS is simulated, instead of AWS.' }),
} as const;

/** How a run goes: options of commands that run steps. */
export const runOptions = {
  ...selectionOptions,
  region: z.string().optional().meta({ description: 'Only clusters of this region.' }),
  parallelism: z.coerce.number().int().min(1).max(64).default(4).meta({ description: 'How many steps run at the same time.' }),
} as const;

/** Region filter without an undefined key. */
export const filterOf = (region: string | undefined): { readonly region?: string } => (region === undefined ? {} : { region });

/** Shows a run as the global flags ask for and stops it in order on Ctrl-C. `done` must be called when the run has ended. */
export const watchRun = (context: Context): { readonly emit: (event: RunEvent) => void; readonly signal: AbortSignal; readonly done: () => void } => {
  const terminal = systemTerminal();
  const view: RunView = context.json ? jsonRunView((text) => terminal.print(text)) : humanRunView({ ...terminal, isLive: terminal.isLive && context.colour, say: terminal.say, columns: terminal.columns }, () => Date.now(), context.verbose);
  return { emit: (event) => view.event(event), signal: terminal.signal, done: () => view.close() };
};
