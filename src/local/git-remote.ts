import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalFailure } from './failure.ts';
import { run } from './tools/run.ts';

/** Where Argo CD reads the rendered output, and which commit holds what was published last. */
export interface Published {
  readonly url: string;
  readonly revision: string;
  /** Whether this publication made the commit; false when the content was there already. */
  readonly isNew: boolean;
}

/** Folders of the repository that GitOps reads. */
const publishedFolders = ['kubernetes'] as const;

// The same files must give the same commit, whoever publishes them and when.
const identity = {
  GIT_AUTHOR_NAME: 'argoeks', GIT_AUTHOR_EMAIL: 'argoeks@local.invalid', GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'argoeks', GIT_COMMITTER_EMAIL: 'argoeks@local.invalid', GIT_COMMITTER_DATE: '2000-01-01T00:00:00Z',
  GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null',
} as const;

async function git(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const done = await run('git', args, { env: { PATH: process.env['PATH'] ?? '', ...identity, ...env } });
  if (done.code !== 0) throw new LocalFailure(`git ${args.join(' ')}`, done.stderr.trim(), 'check that git works and that the disk is not full');
  return done.stdout.trim();
}

/** Replaces texts in every YAML file below a folder. Effects: these files. */
function substitute(dir: string, replacements: ReadonlyMap<string, string>): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const before = readFileSync(path, 'utf8');
    const after = replaceAll(before, replacements);
    if (after !== before) writeFileSync(path, after);
  }
}

/** Replaces every key by its value, longest keys first so that one key may begin with another. Pure. */
export function replaceAll(text: string, replacements: ReadonlyMap<string, string>): string {
  return [...replacements].sort(([a], [b]) => b.length - a.length).reduce((done, [from, to]) => done.replaceAll(from, to), text);
}

/** URL of the world's git remote; it exists after the first `publish`. Pure. */
export const remoteUrl = (gitDir: string): string => pathToFileURL(join(gitDir, 'platform.git')).href;

/**
 * Publishes the checkout's rendered output, committed or not, as one commit on `main` of a bare repository. The commit is new only when
 * the content is. `replacements` are applied to YAML files: addresses that only exist in production become local ones.
 * Effects: files below `gitDir`.
 */
export async function publish(repoDir: string, gitDir: string, replacements: ReadonlyMap<string, string> = new Map()): Promise<Published> {
  const bare = join(gitDir, 'platform.git');
  const work = join(gitDir, 'work');
  if (!existsSync(join(bare, 'HEAD'))) {
    mkdirSync(gitDir, { recursive: true, mode: 0o700 });
    await git(['init', '--quiet', '--bare', '--initial-branch=main', bare], {});
  }
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  for (const folder of publishedFolders) {
    const from = join(repoDir, folder);
    if (existsSync(from)) cpSync(from, join(work, folder), { recursive: true });
  }
  substitute(work, replacements);
  const env = { GIT_DIR: bare, GIT_WORK_TREE: work, GIT_INDEX_FILE: join(gitDir, 'index') };
  rmSync(env.GIT_INDEX_FILE, { force: true });
  await git(['-c', 'core.autocrlf=false', 'add', '--all', '--force', '.'], env);
  const tree = await git(['write-tree'], env);
  const head = await git(['rev-parse', '--verify', '--quiet', 'main'], env).catch(() => '');
  const headTree = head === '' ? '' : await git(['rev-parse', `${head}^{tree}`], env);
  const revision = tree === headTree ? head : await git(['commit-tree', tree, ...(head === '' ? [] : ['-p', head]), '-m', 'Rendered output of the checkout'], env);
  if (revision !== head) await git(['update-ref', 'refs/heads/main', revision], env);
  rmSync(work, { recursive: true, force: true });
  rmSync(env.GIT_INDEX_FILE, { force: true });
  return { url: remoteUrl(gitDir), revision, isNew: revision !== head };
}
