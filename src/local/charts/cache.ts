import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where fetched charts are kept as `<name>-<version>.tgz`, shared by every checkout of this machine. Reads XDG_CACHE_HOME and the home directory. */
export const chartCache = (): string => join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'argoeks/charts');
