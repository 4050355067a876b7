import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { PortError } from '../ports/port-error.ts';
import type { Command, Exit, Processes } from '../ports/process.ts';

/**
 * Start of a process: field 22 of /proc/<pid>/stat on Linux (proc(5), "starttime", clock ticks since boot), and what ps says
 * elsewhere. Empty when the process does not exist or is a zombie.
 */
export const startOf = (pid: number): string => {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? '' : (fields[19] ?? '');
    } catch {
      return '';
    }
  }
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
};

const environmentOf = (laid: Command['env'] = {}): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env, ...laid };
  for (const name of Object.keys(laid)) if (laid[name] === undefined) delete env[name];
  return env;
};

const run = (command: Command): Promise<Exit> =>
  new Promise((resolve, reject) => {
    const { program, args, signal } = command;
    // Its own process group: a Ctrl-C on the terminal reaches us alone, and we pass on one orderly SIGINT. A second one would make Terraform drop everything.
    const child = spawn(program, args, { cwd: command.cwd, env: environmentOf(command.env), detached: true, stdio: [command.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let kill: NodeJS.Timeout | undefined;
    const interrupt = (): void => {
      child.kill('SIGINT');
      kill = setTimeout(() => {
        try {
          if (child.pid) process.kill(-child.pid, 'SIGKILL');
        } catch {
          child.kill('SIGKILL');
        }
      }, command.graceMs ?? 60_000);
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      const kind = error.code === 'ENOENT' ? 'missing' : error.code === 'EACCES' ? 'denied' : 'failed';
      reject(new PortError(kind, 'start', program, error.code === 'ENOENT' ? `${program} is not installed, or ${command.cwd ?? 'the directory'} does not exist` : error.message, { cause: error }));
    });
    if (!child.stdout || !child.stderr) return;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const { onLine } = command;
    if (onLine) createInterface({ input: child.stdout }).on('line', (line) => onLine(line));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(command.input);
    if (signal?.aborted) interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    child.on('close', (code, ended) => {
      clearTimeout(kill);
      signal?.removeEventListener('abort', interrupt);
      resolve({ code: code ?? 128 + (ended ? constants.signals[ended] : 0), stdout, stderr });
    });
  });

/** Programs of this machine, each in a process group of its own. */
export const systemProcesses: Processes = {
  run,
  self: () => ({ pid: process.pid, started: startOf(process.pid) }),
  isAlive: ({ pid, started }) => startOf(pid) === started,
};
