import { crc32 } from 'node:zlib';

/** One file of an archive. */
export interface ZipEntry {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** 1980-01-01 00:00, the earliest time the format knows, in its own coding. */
const dosTime = 0;
const dosDate = (1 << 5) | 1;
/** Names are UTF-8. */
const utf8Flag = 0x0800;
const version = 20;
const madeOnUnix = (3 << 8) | version;

/** Parts of the header that stands before the file's bytes and is repeated in the directory at the end. */
const common = (name: Buffer, bytes: Uint8Array): Buffer => {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(version, 0);
  header.writeUInt16LE(utf8Flag, 2);
  header.writeUInt16LE(dosTime, 6);
  header.writeUInt16LE(dosDate, 8);
  header.writeUInt32LE(crc32(bytes), 10);
  header.writeUInt32LE(bytes.length, 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
};

const signed = (signature: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(signature);
  return four;
};

const directoryEntry = (header: Buffer, executable: boolean, offset: number): Buffer => {
  const made = Buffer.alloc(2);
  made.writeUInt16LE(madeOnUnix);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((executable ? 0o100755 : 0o100644) << 16) >>> 0, 6);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([signed(0x02014b50), made, header, rest]);
};

/**
 * A zip archive whose bytes follow from the entries alone: sorted by path, one time, two modes (0644, or 0755 for programs). Files are
 * stored, not deflated, because zlib's output differs between its versions and between processors. Below 4 GiB and 65,536 entries.
 * Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. Pure.
 */
export const zip = (entries: readonly ZipEntry[]): Uint8Array => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, executable } of entries.map((entry) => ({ ...entry, name: Buffer.from(entry.path) })).sort((a, b) => Buffer.compare(a.name, b.name))) {
    const header = common(name, bytes);
    const local = Buffer.concat([signed(0x04034b50), header, name, bytes]);
    directory.push(directoryEntry(header, executable, offset), name);
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, signed(0x06054b50), end]);
};
