import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Disk } from '../ports/disk.ts';
import type { PlannedStep, RunOutcome } from './events.ts';

/** Version of the journal's lines. A journal of another version can't be resumed. */
export const journalFormat = 1;

/** What a run was asked to do: enough to continue it. */
export interface RunRequest {
  /** `apply`, `destroy`… */
  readonly kind: string;
  readonly environment: string;
  /** Whatever the kind of run must find again on resume, such as the approved changes. Never secrets. */
  readonly options: Readonly<Record<string, unknown>>;
}

export type JournalRecord =
  | { readonly type: 'run'; readonly format: typeof journalFormat; readonly run: string; readonly time: number; readonly request: RunRequest; readonly steps: readonly PlannedStep[] }
  | { readonly type: 'resume'; readonly time: number }
  | { readonly type: 'start'; readonly time: number; readonly step: string; readonly inputs: string }
  | { readonly type: 'done'; readonly time: number; readonly step: string; readonly inputs: string; readonly summary: string; readonly data?: unknown }
  | { readonly type: 'failed'; readonly time: number; readonly step: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: 'end'; readonly time: number; readonly outcome: RunOutcome };

/** A finished step as the journal remembers it. */
export interface Finished {
  readonly inputs: string;
  readonly summary: string;
  readonly data?: unknown;
}

/** What the lines of one journal add up to. */
export interface RunHistory {
  readonly run: string;
  readonly startedAt: number;
  readonly request: RunRequest;
  readonly steps: readonly PlannedStep[];
  readonly finished: ReadonlyMap<string, Finished>;
  /** Steps that were begun and have no end. */
  readonly cutOff: ReadonlySet<string>;
  /** Absent when the process was killed. */
  readonly outcome?: RunOutcome;
}

const directory = (environment: string): string => `journal/${environment}`;
const fileOf = (environment: string, run: string): string => `${directory(environment)}/${run}.jsonl`;

/** Name of a run: its start in UTC, so that names sort by age, and its kind. */
export const runName = (time: number, kind: string): string => `${new Date(time).toISOString().replace(/[-:]/g, '').replace('.', '-')}-${kind}`;

/** Adds one line and forces it to disk. A line cut off by a crash is closed first, so that it spoils nothing after it. */
export const openJournal = async (disk: Disk, environment: string, run: string): Promise<(record: JournalRecord) => Promise<void>> => {
  const file = fileOf(environment, run);
  const text = await disk.read(file);
  if (text && !text.endsWith('\n')) await disk.append(file, '\n');
  let last: Promise<void> = Promise.resolve();
  return (record) => {
    const next = last.then(() => disk.append(file, `${JSON.stringify(record)}\n`));
    last = next.catch(() => undefined);
    return next;
  };
};

const parseLine = (line: string): JournalRecord | undefined => {
  try {
    return JSON.parse(line) as JournalRecord;
  } catch {
    return undefined;
  }
};

/** Adds up a journal's text; a line that was cut off counts as never written. Undefined when not even its head is whole. Pure. */
export const historyOf = (text: string): RunHistory | undefined => {
  const records = text.split('\n').flatMap((line) => (line ? [parseLine(line)] : [])).filter((r) => r !== undefined);
  const head = records[0];
  if (head?.type !== 'run' || head.format !== journalFormat) return undefined;
  const finished = new Map<string, Finished>();
  const cutOff = new Set<string>();
  let outcome: RunOutcome | undefined;
  for (const record of records) {
    if (record.type === 'resume') outcome = undefined;
    if (record.type === 'end') outcome = record.outcome;
    if (record.type === 'start') {
      finished.delete(record.step);
      cutOff.add(record.step);
    }
    if (record.type === 'done') {
      cutOff.delete(record.step);
      finished.set(record.step, { inputs: record.inputs, summary: record.summary, ...(record.data === undefined ? {} : { data: record.data }) });
    }
  }
  return { run: head.run, startedAt: head.time, request: head.request, steps: head.steps, finished, cutOff, ...(outcome ? { outcome } : {}) };
};

/** Every run of an environment that can be read, oldest first. */
export const runsOf = async (disk: Disk, environment: string): Promise<readonly RunHistory[]> => {
  const files = (await disk.list(directory(environment))).filter((f) => f.endsWith('.jsonl')).sort();
  const histories = await Promise.all(files.map(async (file) => historyOf((await disk.read(file)) ?? '')));
  return histories.filter((h) => h !== undefined);
};

/** The newest run of a kind, if it has not ended well: what `--resume` continues. */
export const newestUnfinished = async (disk: Disk, environment: string, kind: string): Promise<RunHistory | undefined> => {
  const newest = (await runsOf(disk, environment)).filter((h) => h.request.kind === kind).at(-1);
  return newest?.outcome === 'done' ? undefined : newest;
};
