/**
 * A directory the live work reads from and keeps its records in. Paths are relative to it, with forward slashes, and can't leave it.
 * Files are written whole (temporary file, fsync, rename): a reader never sees half of one. New files are readable by the owner only.
 */
export interface Disk {
  /** Absolute path of an entry, for programs that we start. */
  path(relative: string): string;
  /** Text of a file, or undefined when there is none. */
  read(path: string): Promise<string | undefined>;
  write(path: string, text: string): Promise<void>;
  /** Appends and forces to disk before it resolves; the file and its directory are made when absent. */
  append(path: string, text: string): Promise<void>;
  /** Creates the file with this text; false when it exists already (nothing is changed then). */
  create(path: string, text: string): Promise<boolean>;
  /** Relative paths of all files below a directory, sorted; empty when it is absent. Directories named in `except` are left out. */
  list(directory: string, except?: readonly string[]): Promise<readonly string[]>;
  /** Removes a file or a directory with all that is in it; absent is fine. */
  remove(path: string): Promise<void>;
}
