import { createHash } from 'node:crypto';

/** SHA-256 of a list of texts, where their borders count. Hexadecimal. Pure. */
export const digest = (...parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
};
