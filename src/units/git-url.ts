/** The URL of a git repository as Flux takes it: `git@host:path` becomes `ssh://git@host/path`. Pure. */
export const absoluteGitUrl = (url: string): string => url.replace(/^([^@/:]+@[^:/]+):(?!\/)/, 'ssh://$1/');

/** The host of a git repository; empty for one on this machine. Pure. */
export const gitHost = (url: string): string => new URL(absoluteGitUrl(url)).hostname;
