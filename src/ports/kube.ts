import type { KubeObject } from '../units/kube-object.ts';

/** Which objects to read: one kind, optionally one namespace, optionally a label selector in kubectl's form. */
export interface KubeQuery {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
}

/**
 * One cluster's Kubernetes API. Failures of the world are thrown as `PortError` (`src/ports/port-error.ts`); a kind that the
 * server does not know reads as an empty list.
 */
export interface Kube {
  list(query: KubeQuery): Promise<readonly KubeObject[]>;
  get(query: KubeQuery, name: string): Promise<KubeObject | undefined>;
  /** Server-side apply, field manager `argoeks`, conflicts forced. */
  apply(object: KubeObject): Promise<KubeObject>;
  /** JSON merge patch; absent objects are `missing`. */
  patch(query: KubeQuery, name: string, patch: unknown): Promise<KubeObject>;
  /** Deletes if present; waits for nothing. */
  remove(query: KubeQuery, name: string): Promise<void>;
}
