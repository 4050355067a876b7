import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeRest } from '../kube-rest.ts';
import { messageOf } from '../failure.ts';

/** A controller that has no place to run on simulated nodes. Each pass looks at everything and may be repeated at any time. */
export interface Player {
  readonly name: string;
  /** One comparison of what is with what should be. Changes only what differs. */
  pass(rest: KubeRest): Promise<void>;
}

/** Runs players against one cluster until the signal fires: each on its own, one pass after the other. Errors are reported once per message. */
export function play(players: readonly Player[], rest: KubeRest, signal: AbortSignal, report: (line: string) => void, everyMs = 700): void {
  for (const player of players) void loop(player, rest, signal, report, everyMs);
}

async function loop(player: Player, rest: KubeRest, signal: AbortSignal, report: (line: string) => void, everyMs: number): Promise<void> {
  let lastError = '';
  while (!signal.aborted) {
    try {
      await player.pass(rest);
      lastError = '';
    } catch (error) {
      const said = messageOf(error);
      if (said !== lastError && !signal.aborted) report(`${player.name}: ${said}`);
      lastError = said;
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
