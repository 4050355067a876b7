import type { Cluster } from '../config/platform.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Kube } from '../ports/kube.ts';

/** A live check over ports: the same finding type as the compiler's. Reads only. */
export interface Check {
  readonly id: string;
  /** What holds when it finds nothing. */
  readonly proves: string;
  run(ports: { readonly kube: Kube }, cluster: Cluster): Promise<readonly Diagnostic[]>;
}
