import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { readYaml } from '../config/yaml-source.ts';
import type { Result, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';

/** What a file of `--config` may hold beside the model's own config.json. */
const facts = z.strictObject({
  config: z.record(z.string(), z.unknown()).optional(),
  prices: z.record(z.string(), z.number().positive()).optional(),
  spot_prices: z.record(z.string(), z.number().positive()).optional(),
});

/** A model's config.json, and prices of a region, as a user gives them. */
export interface ModelFile {
  readonly text: string;
  readonly config?: unknown;
  readonly prices?: Readonly<Record<string, number>>;
  readonly spotPrices?: Readonly<Record<string, number>>;
  /** Where a field of `config` is written. */
  at(path: readonly (string | number)[]): Span;
}

/**
 * Reads the file of `--config`: the config.json of a model as it is published (JSON is YAML too), or `config`, `prices` and `spot_prices`. Findings
 * carry their place in the file. Effects: reads the file.
 */
export const readModelFile = async (directory: string, file: string): Promise<Result<ModelFile>> => {
  const start = { file, line: 1, column: 1 };
  const text = await readFile(resolve(directory, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES'].includes(error.code ?? '')) return undefined;
    throw error;
  });
  if (text === undefined) return { diagnostics: [problem('config/missing-file', start, `${file} cannot be read.`, "Save the model's config.json from the Hugging Face Hub there, or correct the path.")] };
  const { value: [document] = [], diagnostics } = readYaml(file, text);
  if (!document) return { diagnostics: diagnostics.length > 0 ? diagnostics : [problem('config/empty-file', start, `${file} says nothing.`, "Put the model's config.json into it.")] };
  const given = document.value;
  const isPublished = typeof given === 'object' && given !== null && ('model_type' in given || 'architectures' in given || 'hidden_size' in given);
  if (isPublished) return { value: { text, config: given, at: (path) => document.span(path) }, diagnostics };
  const parsed = facts.safeParse(given);
  if (!parsed.success)
    return { diagnostics: parsed.error.issues.map((issue) => problem(issue.code === 'unrecognized_keys' ? 'config/unknown-key' : 'config/wrong-type', document.span(issue.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : (issue.path as (string | number)[]), issue.code === 'unrecognized_keys' ? 'key' : 'value'), `${issue.path.length > 0 ? `"${issue.path.join('.')}"` : `The file`}: ${issue.message}.`, 'Give a config.json as it is published, or the keys config, prices (USD an hour by instance type) and spot_prices.')) };
  const { config, prices, spot_prices: spotPrices } = parsed.data;
  return { value: { text, ...(config ? { config } : {}), ...(prices ? { prices } : {}), ...(spotPrices ? { spotPrices } : {}), at: (path) => document.span(['config', ...path]) }, diagnostics };
};
