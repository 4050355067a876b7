import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Cidr } from '../units/cidr.ts';
import { cidr, contains, formatCidr, overlaps, parseCidr } from '../units/cidr.ts';
import type { ResolvedEnvironment } from './environments.ts';

/** Ranges an EKS VPC may use without being routable on the internet. Source: RFC 1918; RFC 6598 for 100.64.0.0/10. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(cidr);

/** Service addresses of every cluster; the same everywhere, as they never leave it. Source: Amazon EKS user guide, "Service IPv4 range". */
export const serviceRange = cidr('172.20.0.0/16');

/** One block of `base_cidr` and its place. */
interface BaseBlock {
  readonly environment: string;
  readonly block: Cidr;
  readonly at: Span;
}

const read = ({ settings, origin, basics }: ResolvedEnvironment): { readonly blocks: readonly BaseBlock[]; readonly diagnostics: readonly Diagnostic[] } => {
  const isList = Array.isArray(settings.base_cidr);
  const texts = typeof settings.base_cidr === 'string' ? [settings.base_cidr] : settings.base_cidr;
  const blocks: BaseBlock[] = [];
  const diagnostics: Diagnostic[] = [];
  if (texts.length === 0) diagnostics.push(problem('config/missing-key', origin.source.span(origin.path, 'key'), `${origin.name}.base_cidr is missing.`, 'Add the key: a private block no other environment uses, such as 100.64.0.0/12. Only dev, qa, prod and sandbox have a default.'));
  for (const [i, text] of texts.entries()) {
    const at = origin.source.span([...origin.path, 'base_cidr', ...(isList ? [i] : [])]);
    const parsed = parseCidr(text);
    if (!('cidr' in parsed)) {
      diagnostics.push(parsed.problem === 'syntax'
        ? problem('config/bad-cidr', at, `"${text}" is not an IPv4 block.`, 'Write four numbers from 0 to 255 and a prefix, such as 10.0.0.0/10.')
        : problem('config/bad-cidr', at, `"${text}" has bits set behind its prefix.`, `Write ${formatCidr(parsed.aligned)}.`));
      continue;
    }
    const block = parsed.cidr;
    if (!privateRanges.some((range) => contains(range, block))) diagnostics.push(problem('config/bad-cidr', at, `${text} is not inside a private range.`, `Choose a block of ${privateRanges.map(formatCidr).join(', ')}.`));
    else if (overlaps(serviceRange, block)) diagnostics.push(problem('config/bad-cidr', at, `${text} overlaps ${formatCidr(serviceRange)}, the service addresses of every cluster.`, 'Choose a block outside of it.'));
    else if (block.prefix > settings.network.vpc_prefix) diagnostics.push(problem('config/bad-cidr', at, `${text} is smaller than one cluster's VPC (/${settings.network.vpc_prefix}).`, 'Give it a shorter prefix, or set a longer network.vpc_prefix.'));
    else blocks.push({ environment: basics.name, block, at });
  }
  return { blocks, diagnostics };
};

/** The blocks of each environment, and whether they are sound and disjoint over all of them. Pure. */
export const baseBlocks = (environments: readonly ResolvedEnvironment[]): { readonly blocks: ReadonlyMap<string, readonly Cidr[]>; readonly diagnostics: readonly Diagnostic[] } => {
  const reads = environments.map(read);
  const all = reads.flatMap((one) => one.blocks);
  const diagnostics = reads.flatMap((one) => one.diagnostics);
  for (const [i, later] of all.entries()) {
    const earlier = all.slice(0, i).find((other) => overlaps(other.block, later.block));
    if (earlier) diagnostics.push(problem('config/overlapping-cidr', later.at, `${formatCidr(later.block)} of ${later.environment} overlaps ${formatCidr(earlier.block)} of ${earlier.environment} (${earlier.at.file}:${earlier.at.line}:${earlier.at.column}).`, 'Give each environment addresses of its own, for example a /10 of 10.0.0.0/8.'));
  }
  return { blocks: new Map(environments.map(({ basics }) => [basics.name, all.filter((one) => one.environment === basics.name).map((one) => one.block)])), diagnostics };
};
