import type { Disk } from '../ports/disk.ts';

/** A disk in memory. `beforeWrite` sees every change before it happens and may throw, as a full disk or a killed process would. */
export class SimDisk implements Disk {
  readonly files = new Map<string, string>();
  beforeWrite: (operation: 'write' | 'append' | 'create' | 'remove', path: string) => void = () => undefined;

  path(relative: string): string {
    return `/sim/${relative}`;
  }

  read(path: string): Promise<string | undefined> {
    return Promise.resolve(this.files.get(path));
  }

  async write(path: string, text: string): Promise<void> {
    this.beforeWrite('write', path);
    this.files.set(path, text);
  }

  async append(path: string, text: string): Promise<void> {
    this.beforeWrite('append', path);
    this.files.set(path, (this.files.get(path) ?? '') + text);
  }

  async create(path: string, text: string): Promise<boolean> {
    this.beforeWrite('create', path);
    if (this.files.has(path)) return false;
    this.files.set(path, text);
    return true;
  }

  list(directory: string, except: readonly string[] = []): Promise<readonly string[]> {
    const below = [...this.files.keys()].filter((p) => directory === '' || p.startsWith(`${directory}/`));
    return Promise.resolve(below.filter((p) => !p.slice(directory.length).split('/').some((part) => except.includes(part))).sort());
  }

  async remove(path: string): Promise<void> {
    this.beforeWrite('remove', path);
    for (const file of this.files.keys()) if (file === path || file.startsWith(`${path}/`)) this.files.delete(file);
  }
}
