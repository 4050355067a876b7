import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Byte 9 of a gzip header names the operating system; 255 says unknown, so that every machine writes the same bytes. */
const osByte = 9;

/** Writes JSON as gzip that is byte-identical on every machine for the same value. Changes: the file. Answers its size in bytes. */
export const writeGzip = (path: string, value: unknown): number => {
  const bytes = gzipSync(JSON.stringify(value), { level: 9 });
  bytes[osByte] = 255;
  writeFileSync(path, bytes);
  return bytes.length;
};
