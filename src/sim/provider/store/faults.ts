/** What can be made to fail. */
export type FaultAction = 'create' | 'read' | 'update' | 'delete';

/** A planned failure: the next `times` calls of the action on the type end with the message. */
export interface Fault {
  readonly type: string;
  readonly action: FaultAction;
  /** Default 1. */
  readonly times?: number;
  readonly message: string;
  /** Only for the object with this name or id. */
  readonly named?: string;
}

/** How long calls take. */
export interface Latency {
  readonly type?: string;
  readonly action?: FaultAction;
  readonly ms: number;
}

/** Failures and delays of one simulated account; they can be added while it runs. */
export class FaultPlan {
  #faults: { fault: Fault; left: number }[] = [];
  #latencies: Latency[] = [];

  add(...faults: readonly Fault[]): void {
    this.#faults.push(...faults.map((fault) => ({ fault, left: fault.times ?? 1 })));
  }

  slow(...latencies: readonly Latency[]): void {
    this.#latencies.push(...latencies);
  }

  clear(): void {
    this.#faults = [];
    this.#latencies = [];
  }

  /** The message that this call has to fail with, if any; uses it up. */
  take(type: string, action: FaultAction, names: readonly string[]): string | undefined {
    const hit = this.#faults.find(({ fault, left }) =>
      left > 0 && fault.type === type && fault.action === action && (fault.named === undefined || names.includes(fault.named)));
    if (hit === undefined) return undefined;
    hit.left -= 1;
    return hit.fault.message;
  }

  /** Milliseconds that this call takes. */
  delayMs(type: string, action: FaultAction): number {
    const all = this.#latencies.filter((l) => (l.type ?? type) === type && (l.action ?? action) === action);
    return all.reduce((sum, l) => sum + l.ms, 0);
  }
}
