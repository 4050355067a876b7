import type { IResolvable } from 'cdktn';
import type { DataNetwork } from './data-network.ts';

/** What every store hangs on. */
export interface StoreSurroundings {
  readonly network: DataNetwork;
  readonly keyArn: string;
  /** Deletion protection: the root's variable in production, else off. */
  readonly protection: boolean | IResolvable;
}
