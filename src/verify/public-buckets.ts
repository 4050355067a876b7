import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Artifact } from '../model/plan.ts';

/** All four, or a policy or an ACL could still open the bucket. Source: Amazon S3 user guide, "Blocking public access". */
const guards = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'] as const;

interface Block {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  readonly text: string;
}

/** Top-level blocks of one type of resource: formatted HCL closes them at the start of a line. */
const blocksOf = ({ path, text }: Artifact, type: string): readonly Block[] =>
  [...text.matchAll(new RegExp(`^resource "${type}" "([^"]+)" \\{\\n[^]*?^\\}`, 'gm'))].map((match) => ({ path, line: text.slice(0, match.index).split('\n').length, name: match[1] ?? '', text: match[0] }));

const rootOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const bucketOf = ({ text }: Block): string => /^ {2}bucket += aws_s3_bucket\.([\w-]+)\./m.exec(text)?.[1] ?? '';

/**
 * Proves over rendered Terraform that no bucket can be made public: each has a block of public access with all four guards in its own root, and no ACL
 * that names everybody. One finding for each bucket or ACL. Pure.
 */
export const publicBuckets = (artifacts: readonly Artifact[]): readonly Diagnostic[] => {
  const files = artifacts.filter(({ path, text }) => path.endsWith('.tf') && text.includes('"aws_s3_bucket'));
  const guarded = new Set(files.flatMap((file) => blocksOf(file, 'aws_s3_bucket_public_access_block').flatMap((block) => (guards.every((guard) => new RegExp(`^ {2}${guard} += true$`, 'm').test(block.text)) ? [`${rootOf(file.path)} ${bucketOf(block)}`] : []))));
  const fault = ({ path, line }: Block, summary: string): Diagnostic => problem('verify/public-bucket', { file: path, line, column: 1 }, summary, 'This is a mistake in ArgoEKS: please report it.');
  return files.flatMap((file) => [
    ...blocksOf(file, 'aws_s3_bucket').filter(({ name }) => !guarded.has(`${rootOf(file.path)} ${name}`)).map((block) => fault(block, `Bucket "${block.name}" is not guarded against being made public: ${guards.join(', ')} must all be true.`)),
    ...blocksOf(file, 'aws_s3_bucket_acl').filter(({ text }) => /^ +acl += "(public-|authenticated-read)|AllUsers|AuthenticatedUsers/m.test(text)).map((block) => fault(block, `ACL "${block.name}" opens a bucket to everybody.`)),
  ]);
};
