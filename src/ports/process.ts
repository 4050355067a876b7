/** One program to run to its end. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Absolute directory. */
  readonly cwd?: string;
  /** Laid over our own environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Text for standard input; without it standard input is closed. */
  readonly input?: string;
  /** On abort the program gets SIGINT, and SIGKILL when it has not ended `graceMs` later. */
  readonly signal?: AbortSignal;
  /** Milliseconds between SIGINT and SIGKILL; 60,000 unless told. */
  readonly graceMs?: number;
  /** Called for each whole line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface Exit {
  /** Exit code; 128 + signal number when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Who a process is, so that a reused process id is not mistaken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time as the operating system counts it; equal for the same process, different for a later one with the same id. */
  readonly started: string;
}

/** Programs on this machine. A program that can't be started is `PortError` `missing` (not installed) or `denied`. */
export interface Processes {
  run(command: Command): Promise<Exit>;
  /** Ourselves. */
  self(): ProcessIdentity;
  /** True while exactly this process lives. */
  isAlive(process: ProcessIdentity): boolean;
}
