import type { Diagnostic, Severity } from './diagnostic.ts';
import { byPlace } from './problem.ts';

const command: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * Diagnostics as workflow commands of GitHub Actions, which shows them at the line in a pull request. Pure.
 * Source: GitHub documentation, "Workflow commands for GitHub Actions"; values are escaped as its toolkit does.
 */
export const toGithub = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .toSorted(byPlace)
    .map((d) => `::${command[d.severity]} file=${property(d.at.file)},line=${d.at.line},col=${d.at.column},title=${property(d.code)}::${data(`${d.summary}\n${d.fix}`)}`)
    .join('\n');
