import { execFile } from 'node:child_process';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Path of a program of a pinned PyPI package, such as `moto[server]==5.2.5`, in a virtual environment of its own in the cache. Changes:
 * installs it the first time. Throws with pip's words where that fails.
 */
export const pythonProgram = async (requirement: string, program: string): Promise<string> => {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'argoeks/python');
  const target = join(cache, requirement.replaceAll(/[^\w.-]+/g, '_'));
  const path = join(target, 'bin', program);
  try {
    await access(path);
    await access(join(target, 'installed'));
    return path;
  } catch {
    await rm(target, { recursive: true, force: true });
  }
  await mkdir(cache, { recursive: true });
  // Made in its final place: programs of a virtual environment hold its path.
  await run('python3', ['-m', 'venv', target]);
  await run(join(target, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', requirement], { maxBuffer: 64 * 1024 * 1024 });
  await mkdir(join(target, 'installing'), { recursive: true });
  await rename(join(target, 'installing'), join(target, 'installed'));
  return path;
};
