/** An IPv4 block: `base` is its first address as an unsigned integer, `prefix` its length in bits. Always aligned. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

/** How many addresses a block of this prefix holds. */
export const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

/** Why a text is not a block, or the block. `host-bits` means that it would have to begin at `aligned`. */
export type ParsedCidr =
  | { readonly cidr: Cidr }
  | { readonly problem: 'syntax' }
  | { readonly problem: 'host-bits'; readonly aligned: Cidr };

/** Reads `a.b.c.d/n` strictly: four decimal bytes without leading zeros, 0 to 32 bits, no bits set behind the prefix. Pure. */
export const parseCidr = (text: string): ParsedCidr => {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return { problem: 'syntax' };
  const numbers = match.slice(1).map(Number);
  const prefix = numbers[4] ?? 33;
  const bytes = numbers.slice(0, 4);
  if (prefix > 32 || bytes.some((byte) => byte > 255) || match.slice(1).some((digits) => digits.length > 1 && digits.startsWith('0'))) return { problem: 'syntax' };
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const base = address - (address % sizeOf(prefix));
  return base === address ? { cidr: { base, prefix } } : { problem: 'host-bits', aligned: { base, prefix } };
};

/** Like `parseCidr` for text that is known to be a block. Throws a plain Error otherwise (a bug of the caller). */
export const cidr = (text: string): Cidr => {
  const parsed = parseCidr(text);
  if ('cidr' in parsed) return parsed.cidr;
  throw new Error(`not an aligned IPv4 block: ${text}`);
};

/** Dotted text of an address. */
export const formatAddress = (address: number): string => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/** `a.b.c.d/n`. The inverse of `cidr`. */
export const formatCidr = ({ base, prefix }: Cidr): string => `${formatAddress(base)}/${prefix}`;

/** First address behind the block. */
export const endOf = (block: Cidr): number => block.base + sizeOf(block.prefix);

/** True when the two blocks share an address. */
export const overlaps = (a: Cidr, b: Cidr): boolean => a.base < endOf(b) && b.base < endOf(a);

/** True when every address of `inner` lies in `outer`. */
export const contains = (outer: Cidr, inner: Cidr): boolean => outer.base <= inner.base && endOf(inner) <= endOf(outer);

/** Sorts by first address, larger block first where they begin together. */
export const byAddress = (a: Cidr, b: Cidr): number => a.base - b.base || a.prefix - b.prefix;

/**
 * Cuts a block into consecutive parts of the given prefixes, each aligned, in the order given. Undefined when they do not fit.
 * Pure. Blocks are laid down one behind the other; a gap arises only where alignment demands it.
 */
export const carve = (block: Cidr, prefixes: readonly number[]): readonly Cidr[] | undefined => {
  const parts: Cidr[] = [];
  let next = block.base;
  for (const prefix of prefixes) {
    if (prefix < block.prefix || prefix > 32) return undefined;
    const base = Math.ceil(next / sizeOf(prefix)) * sizeOf(prefix);
    const part = { base, prefix };
    if (!contains(block, part)) return undefined;
    parts.push(part);
    next = endOf(part);
  }
  return parts;
};

/**
 * First free aligned block of the wanted prefix inside `from`, tried in the order given. `taken` must be sorted by `byAddress` and
 * may hold blocks that overlap or lie outside. Undefined when there is none. Pure; linear in `taken`.
 */
export const firstFit = (from: readonly Cidr[], taken: readonly Cidr[], prefix: number): Cidr | undefined => {
  const size = sizeOf(prefix);
  for (const block of from) {
    let next = Math.ceil(block.base / size) * size;
    for (const used of taken) {
      if (used.base >= next + size) break;
      if (endOf(used) > next) next = Math.ceil(endOf(used) / size) * size;
    }
    if (next + size <= endOf(block)) return { base: next, prefix };
  }
  return undefined;
};
