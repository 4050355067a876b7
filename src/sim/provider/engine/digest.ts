import { createHash } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Lowercase hexadecimal digits made from a text; the same text gives the same digits. At most 64. Pure. */
export const hexOf = (seed: string, length: number): string => createHash('sha256').update(seed).digest('hex').slice(0, length);

/** Letters A–Z and digits 2–7, as in AWS's unique ids. At most 32. Pure. */
export const lettersOf = (seed: string, length: number): string =>
  [...createHash('sha256').update(seed).digest()].slice(0, length).map((b) => LETTERS[b % LETTERS.length]).join('');

/** A UUID made from a text. Pure. */
export function uuidOf(seed: string): string {
  const h = hexOf(seed, 32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20)}`;
}
