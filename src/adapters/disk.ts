import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { Disk } from '../ports/disk.ts';
import { PortError } from '../ports/port-error.ts';

const isCode = (error: unknown, ...codes: readonly string[]): boolean => error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** Runs a file operation; a failure of the machine becomes a `PortError`. */
const guarded = async <T>(operation: string, path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PortError) throw error;
    const kind = isCode(error, 'EACCES', 'EPERM', 'EROFS') ? 'denied' : 'failed';
    throw new PortError(kind, operation, path, error instanceof Error ? error.message : String(error), { cause: error });
  }
};

const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** A directory of this machine. It and what is made in it belong to the owner alone (0700, 0600). */
export const diskAt = (root: string): Disk => {
  const absolute = (path: string): string => {
    const clean = normalize(path);
    if (isAbsolute(clean) || clean.startsWith('..')) throw new PortError('denied', 'use', path, 'the path leaves its directory');
    return join(root, clean);
  };
  const parent = async (path: string): Promise<string> => {
    const directory = dirname(absolute(path));
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return directory;
  };
  const put = async (file: string, flags: string, text: string): Promise<void> => {
    const handle = await open(file, flags, 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  return {
    path: absolute,
    read: (path) =>
      guarded('read', path, () =>
        readFile(absolute(path), 'utf8').catch((error: unknown) => {
          if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
          throw error;
        }),
      ),
    write: (path, text) =>
      guarded('write', path, async () => {
        const directory = await parent(path);
        const temporary = join(directory, `.${randomUUID()}.tmp`);
        try {
          await put(temporary, 'wx', text);
          await rename(temporary, absolute(path));
        } catch (error) {
          await rm(temporary, { force: true });
          throw error;
        }
        await syncDirectory(directory);
      }),
    append: (path, text) =>
      guarded('append to', path, async () => {
        await parent(path);
        await put(absolute(path), 'a', text);
      }),
    create: (path, text) =>
      guarded('create', path, async () => {
        await parent(path);
        try {
          await put(absolute(path), 'wx', text);
          return true;
        } catch (error) {
          if (isCode(error, 'EEXIST')) return false;
          throw error;
        }
      }),
    list: (directory, except = []) =>
      guarded('list', directory, async () => {
        const walk = async (at: string): Promise<string[]> => {
          const entries = await readdir(absolute(at), { withFileTypes: true }).catch((error: unknown) => {
            if (isCode(error, 'ENOENT', 'ENOTDIR')) return [];
            throw error;
          });
          const below = await Promise.all(
            entries.filter((e) => !except.includes(e.name)).map((e) => {
              const path = at === '' ? e.name : `${at}/${e.name}`;
              return e.isDirectory() ? walk(path) : Promise.resolve([path]);
            }),
          );
          return below.flat();
        };
        return (await walk(directory)).sort();
      }),
    remove: (path) => guarded('remove', path, () => rm(absolute(path), { recursive: true, force: true })),
  };
};
