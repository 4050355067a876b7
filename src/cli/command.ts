import { z } from 'zod';
import type { Diagnostic } from '../diag/diagnostic.ts';

// Code that zod writes for each schema pays only after many values; a run reads a hundred schemas a few times each (60 of 650 ms of a build).
z.config({ jitless: true });

/** What every command is given: where the user stands and what the global flags say. */
export interface Context {
  /** Repository the command works on: the directory it was started in. */
  readonly directory: string;
  readonly verbose: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** Whether colours may be used: a terminal, and neither NO_COLOR nor --no-color. */
  readonly colour: boolean;
  /** Writes a line to standard error, for progress. */
  progress(line: string): void;
  /** Whether a person can be asked: both ends are a terminal. */
  readonly interactive: boolean;
  /** Asks a person for a line; empty when nobody can be asked. */
  ask(question: string): Promise<string>;
}

/** What a command found. No value means that diagnostics say why. */
export interface Outcome<T> {
  readonly value?: T;
  readonly diagnostics?: readonly Diagnostic[];
  /** Texts of the files that diagnostics point into, for the snippets. */
  readonly sources?: ReadonlyMap<string, string>;
  /** Something would change: exit 3. */
  readonly pending?: boolean;
  /** It did not work out although no diagnostic is an error, for example a prompt that was declined: exit 1. */
  readonly failed?: boolean;
}

/** One command: arguments → doing → view. `name` may hold two words (`env plan`). */
export interface Command<A extends z.ZodObject = z.ZodObject, T = unknown> {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** Options by name (snake_case, shown in kebab-case), with description. Names in `positional` are arguments, in that order. */
  readonly args: A;
  readonly positional?: readonly string[];
  readonly examples?: readonly string[];
  run(args: z.infer<A>, context: Context): Promise<Outcome<T>>;
  /** The value for people; `--json` prints the value itself. Empty prints nothing. */
  human(value: T, context: Context): string;
}

/** Keeps the exact types of a command while checking its shape. */
export const defineCommand = <A extends z.ZodObject, T>(command: Command<A, T>): Command<A, T> => command;
