import { Command as Program, CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { toJson } from '../diag/json.ts';
import { countText, toText } from '../diag/text.ts';
import { Rejected } from '../diag/diagnostic.ts';
import type { Command, Context, Outcome } from './command.ts';
import { commands, type Entry } from './commands.ts';
import { fromCommander, optionsOf, usageProblem } from './options.ts';

/** Exit codes: 0 done, 1 diagnostics, 2 usage, 3 changes pending, 70 our fault. */
const exit = { done: 0, diagnostics: 1, usage: 2, pending: 3, bug: 70 } as const;

const version = (): string => (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const out = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
const err = (text: string): void => void process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);

const ask = async (question: string): Promise<string> => {
  if (!process.stdin.isTTY) return '';
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
};

const contextOf = (flags: Readonly<Record<string, unknown>>): Context => {
  const quiet = flags['color'] === false || (process.env['NO_COLOR'] ?? '') !== '';
  return {
    directory: process.cwd(),
    verbose: flags['verbose'] === true,
    dryRun: flags['dryRun'] === true,
    json: flags['json'] === true,
    colour: !quiet && process.stdout.isTTY === true,
    progress: err,
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    ask,
  };
};

/** Writes what a command found; returns the exit code. */
const show = <T>(command: Command, { value, diagnostics = [], sources, pending, failed }: Outcome<T>, context: Context): number => {
  if (context.json) out(JSON.stringify({ format: 1, value: value ?? null, diagnostics: toJson(diagnostics).diagnostics }, null, 2));
  else {
    const text = value === undefined ? '' : command.human(value, context);
    if (text !== '') out(text);
    if (diagnostics.length > 0) {
      // Findings go to standard error, which may lead to a file while standard output is a terminal.
      err(toText(diagnostics, { colour: context.colour && process.stderr.isTTY === true, ...(sources ? { sources } : {}) }));
      err(`\n${countText(diagnostics)}`);
    }
  }
  if (diagnostics.some(({ severity }) => severity === 'error') || failed) return exit.diagnostics;
  return pending ? exit.pending : exit.done;
};

const execute = async (entry: Entry, given: Record<string, unknown>, context: Context): Promise<number> => {
  const command = await entry.load();
  const parsed = command.args.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) err(`argoeks ${entry.name}: ${usageProblem(issue, given, command.positional ?? [])}`);
    err(`Run: argoeks ${entry.name} --help`);
    return exit.usage;
  }
  try {
    return show(command, await command.run(parsed.data, context), context);
  } catch (error) {
    if (error instanceof Rejected) return show(command, { diagnostics: error.diagnostics }, context);
    throw error;
  }
};

const globals = (program: Program): Program =>
  program
    .option('--json', 'machine-readable output, with a format version')
    .option('--verbose', 'says more while it works')
    .option('--dry-run', 'changes nothing; prints what it would do')
    .option('--no-color', 'no colours (also: NO_COLOR)');

/** The tree of commands; a group is made for the first word of two (`env plan`). Only `asked` is loaded, for its options. */
const programOf = async (asked: string, done: (code: number) => void): Promise<Program> => {
  const program = globals(new Program('argoeks'))
    .description('One typed configuration becomes a production-grade MLOps platform on Amazon EKS.')
    .version(version(), '--version')
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', '\nExamples:\n  argoeks check\n  argoeks build\n  argoeks local up --env dev\n  argoeks env plan --env dev\n');
  for (const entry of commands) {
    const [first = '', second] = entry.name.split(' ');
    const group = second === undefined ? program : (program.commands.find((command) => command.name() === first) ?? program.command(first).description(`${first} commands`).exitOverride());
    const sub = globals(group.command(second ?? first).description(entry.summary)).exitOverride();
    if (!asked.startsWith(entry.name)) continue;
    const command = await entry.load();
    const positional = command.positional ?? [];
    for (const name of positional) sub.argument(`[${name.replaceAll('_', '-')}]`, (command.args.shape as Record<string, { description?: string }>)[name]?.description ?? '');
    for (const option of optionsOf(command.args, positional)) sub.addOption(option);
    if (command.examples) sub.addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  ${example}`).join('\n')}\n`);
    sub.action(async () => {
      const words = Object.fromEntries(positional.flatMap((name, i) => (sub.args[i] === undefined ? [] : [[name, sub.args[i]]])));
      const { json, verbose, color, dryRun, ...own } = sub.optsWithGlobals<Record<string, unknown>>();
      done(await execute(entry, { ...fromCommander(own), ...words }, contextOf({ json, verbose, color, dryRun })));
    });
  }
  return program;
};

const report = (error: unknown): number => {
  err(`argoeks: this is our fault, not yours.\n\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\nPlease report it with the command and the text above.`);
  return exit.bug;
};

/** Runs the program with these words; returns the exit code. Effects: whatever the command does; writes to both outputs. */
export const run = async (given: readonly string[]): Promise<number> => {
  let code: number = exit.done;
  try {
    // `help build` is `build --help`: only a command that is asked for has its options loaded.
    const isKnown = commands.some(({ name }) => name.split(' ')[0] === given[1]);
    const words = given[0] === 'help' && given.length > 1 ? [...given.slice(1), ...(isKnown ? ['--help'] : [])] : given;
    const asked = words.filter((word) => !word.startsWith('-')).slice(0, 2).join(' ');
    const program = await programOf(asked, (result) => void (code = result));
    if (words.length === 0) {
      out(program.helpInformation());
      return exit.usage;
    }
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage;
    return report(error);
  }
};
