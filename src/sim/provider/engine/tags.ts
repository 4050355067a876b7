import { UNKNOWN, isRecord } from '../values.ts';
import type { Attributes } from '../values.ts';

const MAX_TAGS = 50;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * What AWS would refuse of a set of tags: more than 50, keys over 128 or values over 256 characters, keys that begin with
 * "aws:", other characters than letters, digits, spaces and `_.:/=+-@`; and for IAM, keys that differ only in case.
 * Source: AWS General Reference, "Tagging AWS resources"; IAM API reference, `Tag` and TagRole ("tag keys are not case sensitive").
 * Unknown values are not judged. Pure.
 */
export function tagProblems(tags: Attributes, rules: 'iam' | 'default'): string[] {
  if (!isRecord(tags)) return [];
  const problems: string[] = [];
  const seen = new Map<string, string>();
  if (Object.keys(tags).length > MAX_TAGS) problems.push(`InvalidTag: ${Object.keys(tags).length} tags were given, at most ${MAX_TAGS} are allowed`);
  for (const [key, value] of Object.entries(tags)) {
    if (key.length === 0 || key.length > 128) problems.push(`InvalidTag: tag key "${key}" must have 1 to 128 characters`);
    if (/^aws:/i.test(key)) problems.push(`InvalidTag: tag key "${key}" begins with the reserved prefix "aws:"`);
    if (!ALLOWED.test(key)) problems.push(`InvalidTag: tag key "${key}" has characters other than letters, digits, spaces and _.:/=+-@`);
    if (typeof value === 'string' && value.length > 256) problems.push(`InvalidTag: the value of tag "${key}" has ${value.length} characters, at most 256 are allowed`);
    if (typeof value === 'string' && !ALLOWED.test(value)) problems.push(`InvalidTag: the value "${value}" of tag "${key}" has characters other than letters, digits, spaces and _.:/=+-@`);
    if (value === null && value !== UNKNOWN) problems.push(`InvalidTag: tag "${key}" has no value`);
    const same = seen.get(key.toLowerCase());
    if (rules === 'iam' && same !== undefined) problems.push(`InvalidInput: Duplicate tag keys found: "${same}" and "${key}" differ only in case, which IAM does not tell apart`);
    seen.set(key.toLowerCase(), key);
  }
  return problems;
}
