import type { Clock } from '../ports/clock.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that runs only when everybody sleeps: a test of an hour's wait takes a moment and always goes the same way. */
export class SimClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  #advancing = false;

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = { at: this.#now + Math.max(0, ms), wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener(
        'abort',
        () => {
          this.#sleepers = this.#sleepers.filter((s) => s !== sleeper);
          resolve();
        },
        { once: true },
      );
      this.#advance();
    });
  }

  /** Wakes the next sleeper once all other work has come to rest: promises settle before the event loop's check phase. */
  #advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    setImmediate(() => {
      this.#advancing = false;
      const next = this.#sleepers.reduce<Sleeper | undefined>((first, s) => (first === undefined || s.at < first.at ? s : first), undefined);
      if (!next) return;
      this.#sleepers = this.#sleepers.filter((s) => s !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      if (this.#sleepers.length > 0) this.#advance();
    });
  }
}
