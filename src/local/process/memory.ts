import { readFileSync } from 'node:fs';

/** Resident memory of a process in MiB, 0 when it has ended or there is no `/proc`. Reads `/proc`. */
export function rssMiBOf(pid: number): number {
  try {
    const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(found?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
