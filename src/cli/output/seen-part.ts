import type { Stats } from 'node:fs';

/** What a rendered file was like when it was last known to be right. Times tell whether it must be read again. */
export interface SeenFile {
  readonly hash: string;
  readonly size: number;
  readonly mtimeUs: number;
  readonly ctimeUs: number;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The path of a file; the repository itself is the folder `''`. Pure. */
export const pathOf = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

const inUs = (ms: number): number => Math.round(ms * 1000);

/** A file as it is now. Pure. */
export const seenAs = ({ size, mtimeMs, ctimeMs }: Stats, hash: string): SeenFile => ({ hash, size, mtimeUs: inUs(mtimeMs), ctimeUs: inUs(ctimeMs) });

/** Whether a file is as it was, without reading it. Pure. */
export const isAsSeen = (now: Stats | undefined, { size, mtimeUs, ctimeUs }: SeenFile): boolean =>
  now?.isFile() === true && now.size === size && inUs(now.mtimeMs) === mtimeUs && inUs(now.ctimeMs) === ctimeUs;

/** Files of a folder by name. */
export type SeenFolder = ReadonlyMap<string, SeenFile>;

type Field = string | number;
/** Of each folder its path, and one after the other five fields of each of its files. The time of change counts from that of writing: fewer digits. */
type Document = readonly (readonly [folder: string, fields: readonly Field[]])[];
const fieldsPerFile = 5;

const opened = (fields: readonly Field[]): SeenFolder => {
  const files = new Map<string, SeenFile>();
  for (let i = 0; i < fields.length; i += fieldsPerFile) {
    const [name, hash, size, mtimeUs, later] = fields.slice(i, i + fieldsPerFile) as [string, string, number, number, number];
    files.set(name, { hash, size, mtimeUs, ctimeUs: mtimeUs + later });
  }
  return files;
};

/**
 * The rendered files of one part, as the last build knew them. A line of text (name, number of files, JSON, with tabs between) that is
 * opened only when a file is asked for: of a thousand clusters a build looks into few.
 */
export class SeenPart {
  readonly name: string;
  /** How many files there are. */
  readonly count: number;
  readonly line: string;
  #folders: ReadonlyMap<string, SeenFolder> | undefined;

  constructor(line: string) {
    const [name = '', count = ''] = line.split('\t', 2);
    this.name = name;
    this.count = Number(count);
    this.line = line;
  }

  static of(name: string, files: ReadonlyMap<string, SeenFile>): SeenPart {
    const folders = new Map<string, Field[]>();
    for (const [path, { hash, size, mtimeUs, ctimeUs }] of files) {
      const folder = folderOf(path);
      const fields = folders.get(folder) ?? [];
      fields.push(nameOf(path), hash, size, mtimeUs, ctimeUs - mtimeUs);
      folders.set(folder, fields);
    }
    return new SeenPart([name, files.size, JSON.stringify([...folders] satisfies Document)].join('\t'));
  }

  /** Files by name, by the path of their folder. No folder is of two parts. */
  get folders(): ReadonlyMap<string, SeenFolder> {
    this.#folders ??= new Map((JSON.parse(this.line.slice(this.line.lastIndexOf('\t') + 1)) as Document).map(([folder, fields]) => [folder, opened(fields)]));
    return this.#folders;
  }

  file(path: string): SeenFile | undefined {
    return this.folders.get(folderOf(path))?.get(nameOf(path));
  }

  /** Whether it has such a file, or a folder with files. */
  has(path: string): boolean {
    return this.folders.has(path) || this.file(path) !== undefined;
  }

  /** Paths of all files. */
  paths(): readonly string[] {
    return [...this.folders].flatMap(([folder, files]) => [...files.keys()].map((name) => pathOf(folder, name)));
  }
}
