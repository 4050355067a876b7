import type { GitOps } from '../config/platform.ts';

/** Gives the address of a runbook. */
export type RunbookUrl = (page: string) => string;

/** Where hosts show a file of a branch, by what their name holds. */
const views: readonly (readonly [host: RegExp, view: string])[] = [[/gitlab/, '-/blob/'], [/bitbucket/, 'src/'], [/^/, 'blob/']];

/**
 * Address of a runbook in the repository that Argo CD reads: what a person opens in a browser. The same page for all clusters of a platform. Pure.
 */
export const runbookUrl = ({ repoUrl, targetRevision }: GitOps): RunbookUrl => {
  const web = repoUrl.replace(/^(ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$2/').replace(/\.git$/, '').replace(/\/$/, '');
  const host = /^https?:\/\/([^/]+)/.exec(web)?.[1] ?? '';
  const view = views.find(([pattern]) => pattern.test(host))?.[1] ?? '';
  return (page) => `${web}/${view}${targetRevision}/docs/runbooks/${page}.md`;
};
