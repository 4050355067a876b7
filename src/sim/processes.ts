import type { Command, Exit, ProcessIdentity, Processes } from '../ports/process.ts';

/** Programs that are functions. `alive` lists the processes that live besides ourselves. */
export class SimProcesses implements Processes {
  readonly ran: Command[] = [];
  readonly alive: ProcessIdentity[] = [];
  readonly #programs: Readonly<Record<string, (command: Command) => Partial<Exit>>>;

  constructor(programs: Readonly<Record<string, (command: Command) => Partial<Exit>>> = {}) {
    this.#programs = programs;
  }

  async run(command: Command): Promise<Exit> {
    this.ran.push(command);
    const answer = this.#programs[command.program]?.(command) ?? {};
    const exit = { code: 0, stdout: '', stderr: '', ...answer };
    if (command.onLine) exit.stdout.split('\n').filter(Boolean).forEach(command.onLine);
    return exit;
  }

  self(): ProcessIdentity {
    return { pid: 1, started: 'sim' };
  }

  isAlive({ pid, started }: ProcessIdentity): boolean {
    return [this.self(), ...this.alive].some((p) => p.pid === pid && p.started === started);
  }
}
