import type { TaggedResource } from '../ports/aws.ts';
import type { Disk } from '../ports/disk.ts';
import { digest } from './digest.ts';

/** What a teardown removed, and the proof that nothing is left, or the names of what is. */
export interface Receipt {
  readonly format: 1;
  readonly environment: string;
  readonly accountId: string;
  readonly simulated: boolean;
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
  /** Removed from clusters before Terraform ran, by cluster. */
  readonly drained: Readonly<Record<string, readonly string[]>>;
  /** Addresses destroyed, by root. */
  readonly destroyed: Readonly<Record<string, readonly string[]>>;
  /** Regions, tags and beginnings of names that were searched for leftovers. */
  readonly searched: { readonly regions: readonly string[]; readonly tags: readonly string[]; readonly names: readonly string[] };
  readonly leftovers: readonly TaggedResource[];
}

/** Writes a receipt with the digest of its own content; returns the path relative to the records. */
export const writeReceipt = async (records: Disk, receipt: Receipt): Promise<string> => {
  const path = `receipts/${receipt.environment}-${receipt.run}.json`;
  await records.write(path, `${JSON.stringify({ ...receipt, sha256: digest(JSON.stringify(receipt)) }, null, 2)}\n`);
  return path;
};
