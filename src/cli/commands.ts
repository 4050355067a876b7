import type { Command } from './command.ts';

/** A command by name, with its summary, so that help needs no import of what it does. */
export interface Entry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

const entry = (name: string, summary: string, load: () => Promise<unknown>): Entry => ({ name, summary, load: load as () => Promise<Command> });

/** Every command there is, in the order of `--help`. */
export const commands: readonly Entry[] = [
  entry('init', 'Writes a first configuration into a directory.', async () => (await import('./commands/init.ts')).init),
  entry('build', 'Compiles the configuration into terraform/, kubernetes/ and docs/reference/.', async () => (await import('./commands/build.ts')).build),
  entry('check', 'Reports everything that is wrong or not yet acting in the configuration.', async () => (await import('./commands/check.ts')).check),
  entry('explain', 'Says what a key is set to, where that came from, and what it means.', async () => (await import('./commands/explain.ts')).explain),
  entry('graph', 'Shows the order in which a cluster comes up.', async () => (await import('./commands/graph.ts')).graph),
  entry('schema', 'Prints the JSON Schema of the configuration, for editors.', async () => (await import('./commands/schema.ts')).schema),
  entry('charts pull', 'Fetches the pinned charts for the local platform.', async () => (await import('./commands/charts-pull.ts')).chartsPull),
];
