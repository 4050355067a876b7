import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { usageProblem } from './options.ts';

const args = z.object({ env: z.string(), of: z.enum(['platform', 'registry']).default('platform'), shell: z.enum(['bash', 'fish']) });

const said = (given: Readonly<Record<string, unknown>>): readonly string[] => {
  const { error } = args.safeParse(given);
  return (error?.issues ?? []).map((issue) => usageProblem(issue, given, ['shell']));
};

describe('usageProblem', () => {
  it('names what is missing, and what it may be', () => {
    expect(said({})).toEqual(['--env is missing.', '<shell> is missing; it is one of: bash, fish.']);
  });
  it('repeats the wrong word', () => {
    expect(said({ env: 'dev', shell: 'bash', of: 'tags' })).toEqual(['--of is "tags", but has to be one of: platform, registry.']);
  });
});
