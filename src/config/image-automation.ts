import { z } from 'zod';
import type { GitCredentials } from './git-credentials.ts';
import { fitsUrl, gitCredentials } from './git-credentials.ts';

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

const isPattern = (text: string): boolean => {
  try {
    // Go writes named groups as (?P<name>…), and knows what JavaScript knows of the rest that is used in tags.
    new RegExp(text.replaceAll('(?P<', '(?<'), 'u');
    return true;
  } catch {
    return false;
  }
};

const policy = z.strictObject({
  name: z.string().max(50).regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, { error: 'is no name of small letters, digits and hyphens' }).meta({ description: 'Name in the comment behind the image, for example `# {"$imagepolicy": "tenant-research:api"}`.' }),
  image: z.string().regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9][\w.-]*)+$/, { error: 'is not an image with its registry and without a tag' }).meta({ description: 'Image whose tags are looked at: of a private ECR, with a role, or of a registry that shows everybody its tags.', examples: ['210987654321.dkr.ecr.eu-west-1.amazonaws.com/research/api'] }),
  order: z.enum(['semver', 'numerical', 'alphabetical']).meta({ description: 'By what the newest tag is found: the highest version, or the last one in the order of numbers or letters.' }),
  range: z.string().min(1).optional().meta({ description: 'Versions that count; all but pre-releases when absent.', examples: ['>=1.0.0 <2.0.0'] }),
  pattern: z.string().min(1).refine(isPattern, { error: 'is no regular expression' }).optional().meta({ description: 'Tags that count.', examples: ['^main-[0-9a-f]+-(?P<build>[0-9]+)$'] }),
  extract: z.string().regex(/\$/, { error: 'names no group of the pattern, such as "$build"' }).optional().meta({ description: 'What of the tag is compared; the whole tag when absent.', examples: ['$build'] }),
}).superRefine(({ order, range, pattern, extract }, context) => {
  if (range !== undefined && order !== 'semver') context.addIssue({ code: 'custom', path: ['range'], message: 'has a meaning with order "semver" only' });
  if (extract !== undefined && pattern === undefined) context.addIssue({ code: 'custom', path: ['extract'], message: 'has a meaning with pattern only' });
});

/** Schema of `images` of a team's repository. */
export const imageAutomation = z.strictObject({
  credentials: gitCredentials.meta({ description: 'With what commits are pushed: a secret of its own, with the right to write.' }),
  branch: z.string().regex(/^(?!refs\/)[\w][\w./-]*$/, { error: 'is not the name of a branch' }).optional().meta({ description: 'Branch that is pushed to, such as one that pull requests are opened from; the one that is followed when absent.' }),
  every_minutes: z.int().min(1).max(1440).default(5).meta({ description: 'Pause between two looks at tags.', unit: 'min' }),
  policies: z.array(policy).min(1).refine((list) => isUnique(list.map(({ name }) => name)), { error: 'has a name twice' }).meta({ description: 'Images, and which of their tags is taken.' }),
});
export type ImageAutomation = z.infer<typeof imageAutomation>;

/** What has to fit together in `git` of a team: the URL and both credentials, and a branch where something is pushed. Adds to the schema's findings. */
export const gitFits = (said: { readonly repo_url: string; readonly revision: string; readonly credentials?: GitCredentials | undefined; readonly images?: ImageAutomation | undefined }, context: z.RefinementCtx): void => {
  fitsUrl(said, context);
  if (said.images) fitsUrl({ repo_url: said.repo_url, credentials: said.images.credentials }, context, ['images']);
  if (said.images && said.revision.startsWith('refs/')) context.addIssue({ code: 'custom', path: ['revision'], message: 'is no branch, so there is nothing that images could be written to' });
  if (said.images && said.credentials?.secret === said.images.credentials.secret) context.addIssue({ code: 'custom', path: ['images', 'credentials', 'secret'], message: 'is the secret that reads too: what only reads must not be able to write' });
};
