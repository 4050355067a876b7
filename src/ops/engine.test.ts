import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../diag/diagnostic.ts';
import { SimClock } from '../sim/clock.ts';
import { SimDisk } from '../sim/disk.ts';
import { runSteps, type RunResult } from './engine.ts';
import type { RunEvent } from './events.ts';
import { GraphFault, ordered } from './graph.ts';
import { historyOf, newestUnfinished, openJournal, runName, type RunRequest } from './journal.ts';
import { StepFailure, type Step } from './step.ts';

const at: Span = { file: 'configuration/platform.yaml', line: 1, column: 1 };
const request: RunRequest = { kind: 'apply', environment: 'dev', options: {} };

/** A random acyclic graph: each step may need any earlier one. */
const graphs = fc
  .array(fc.record({ ms: fc.integer({ min: 0, max: 50 }), needs: fc.array(fc.nat(), { maxLength: 3 }) }), { minLength: 1, maxLength: 14 })
  .map((nodes) => nodes.map(({ ms, needs }, i) => ({ id: `s${i}`, ms, needs: i === 0 ? [] : [...new Set(needs.map((n) => `s${n % i}`))] })));

class Killed extends Error {}

interface World {
  /** Step id → digest of what it saw when it last ran: the end state to compare. */
  readonly state: Map<string, string>;
  readonly spans: { id: string; from: number; to: number }[];
}

const run = async (graph: readonly { id: string; ms: number; needs: readonly string[] }[], world: World, disk: SimDisk, clock: SimClock, parallelism: number, events: RunEvent[] = []): Promise<RunResult> => {
  const before = await newestUnfinished(disk, 'dev', 'apply');
  const name = before?.run ?? runName(clock.now(), 'apply');
  const record = await openJournal(disk, 'dev', name);
  const steps: Step[] = graph.map(({ id, ms, needs }) => ({
    id,
    title: `Makes ${id}`,
    needs,
    at,
    inputs: async () => `inputs of ${id}`,
    run: async () => {
      const from = clock.now();
      disk.beforeWrite('write', `world:${id}:begin`);
      world.state.set(id, 'half');
      await clock.sleep(ms);
      disk.beforeWrite('write', `world:${id}:end`);
      world.state.set(id, needs.map((n) => world.state.get(n)).join('|') + `(${id})`);
      world.spans.push({ id, from, to: clock.now() });
      return { summary: 'made', data: id };
    },
  }));
  await record(before ? { type: 'resume', time: clock.now() } : { type: 'run', format: 1, run: name, time: clock.now(), request, steps: [] });
  return runSteps(steps, { run: name, kind: 'apply', environment: 'dev', clock, parallelism, record, emit: (e) => events.push(e), ...(before ? { finished: before.finished, resumed: true } : {}) });
};

const world = (): World => ({ state: new Map(), spans: [] });

describe('engine', () => {
  it('starts no step before all it needs is done, and never more at once than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (graph, parallelism) => {
        const w = world();
        const result = await run(graph, w, new SimDisk(), new SimClock(), parallelism);
        expect(result.outcome).toBe('done');
        const span = new Map(w.spans.map((s) => [s.id, s]));
        for (const { id, needs } of graph) for (const need of needs) expect(span.get(need)?.to).toBeLessThanOrEqual(span.get(id)?.from ?? -1);
        for (const { from } of w.spans) expect(w.spans.filter((s) => s.from <= from && from < s.to).length).toBeLessThanOrEqual(parallelism);
      }),
    );
  });

  it('reaches the same end after being killed anywhere, any number of times', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }), fc.integer({ min: 1, max: 3 }), async (graph, kills, parallelism) => {
        const whole = world();
        await run(graph, whole, new SimDisk(), new SimClock(), parallelism);
        const w = world();
        const disk = new SimDisk();
        const clock = new SimClock();
        for (const kill of kills) {
          let left = kill;
          disk.beforeWrite = () => {
            left -= 1;
            if (left < 0) throw new Killed();
          };
          await run(graph, w, disk, clock, parallelism).catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error;
          });
          disk.beforeWrite = () => undefined;
          const file = [...disk.files.keys()].find((f) => f.endsWith('.jsonl'));
          const text = disk.files.get(file ?? '') ?? '';
          if (file && kill % 2 === 1) disk.files.set(file, `${text}{"type":"done","step":"s0","inp`);
        }
        const result = await run(graph, w, disk, clock, parallelism);
        expect(result.outcome).toBe('done');
        expect([...w.state].sort()).toEqual([...whole.state].sort());
      }),
    );
  });

  it('skips nothing whose inputs changed, nor what needs it', async () => {
    const ran: string[] = [];
    const step = (id: string, needs: string[], inputs: string): Step => ({ id, title: id, needs, at, inputs: async () => inputs, run: async () => void ran.push(id) });
    const finished = new Map(['a', 'b', 'c'].map((id) => [id, { inputs: '', summary: 'done' }]));
    const options = { run: 'r', kind: 'apply', environment: 'dev', clock: new SimClock(), parallelism: 2, record: async () => undefined, emit: () => undefined };
    const first: { step: string; inputs: string }[] = [];
    await runSteps([step('a', [], 'x'), step('b', ['a'], 'x'), step('c', [], 'x')], { ...options, record: async (r) => void (r.type === 'done' && first.push(r)) });
    for (const { step: id, inputs } of first) finished.set(id, { inputs, summary: 'done' });
    ran.length = 0;
    await runSteps([step('a', [], 'changed'), step('b', ['a'], 'x'), step('c', [], 'x')], { ...options, finished });
    expect(ran).toEqual(['a', 'b']);
  });

  it('blocks only what needs a failed step and says why', async () => {
    const disk = new SimDisk();
    const events: RunEvent[] = [];
    const ok = (id: string, needs: string[]): Step => ({ id, title: id, needs, at, run: async () => undefined });
    const bad: Step = { ...ok('bad', []), run: async () => Promise.reject(new StepFailure([{ code: 'ops/failed', severity: 'error', at, summary: 'It broke.', fix: 'Mend it.' }])) };
    const record = await openJournal(disk, 'dev', 'r');
    const result = await runSteps([bad, ok('after', ['bad']), ok('later', ['after']), ok('other', [])], { run: 'r', kind: 'apply', environment: 'dev', clock: new SimClock(), parallelism: 1, record, emit: (e) => events.push(e) });
    expect(result.outcome).toBe('failed');
    expect(Object.fromEntries(result.states)).toEqual({ bad: 'failed', after: 'blocked', later: 'blocked', other: 'done' });
    expect(result.diagnostics.map((d) => d.fix)).toEqual(['Mend it.']);
    expect(events.filter((e) => e.type === 'step-blocked').map((e) => [e.step, e.by])).toEqual([['after', 'bad'], ['later', 'after']]);
  });

  it('fails a step at its deadline, after telling it to stop', async () => {
    const clock = new SimClock();
    let told = false;
    const slow: Step = {
      id: 'slow', title: 'Waits for ever', needs: [], at, deadlineMs: 5_000,
      run: ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => { told = true; resolve(Promise.reject(new Error('cut'))); })),
    };
    const result = await runSteps([slow], { run: 'r', kind: 'apply', environment: 'dev', clock, parallelism: 1, record: async () => undefined, emit: () => undefined });
    expect(told).toBe(true);
    expect(result.diagnostics[0]?.summary).toContain('"Waits for ever" was not done after 5 s.');
  });

  it('ends as stopped when it is told to, and the rest never starts', async () => {
    const clock = new SimClock();
    const stop = new AbortController();
    const first: Step = { id: 'a', title: 'a', needs: [], at, run: async ({ signal }) => { stop.abort(); await clock.sleep(10_000, signal); throw new Error('cut off'); } };
    const second: Step = { id: 'b', title: 'b', needs: ['a'], at, run: async () => expect.unreachable() };
    const result = await runSteps([first, second], { run: 'r', kind: 'apply', environment: 'dev', clock, parallelism: 2, record: async () => undefined, emit: () => undefined, signal: stop.signal });
    expect(result.outcome).toBe('stopped');
    expect(Object.fromEntries(result.states)).toEqual({ a: 'stopped', b: 'blocked' });
  });

  it('throws bugs instead of reporting them as findings', async () => {
    const broken: Step = { id: 'a', title: 'a', needs: [], at, run: async () => Promise.reject(new TypeError('bug')) };
    await expect(runSteps([broken], { run: 'r', kind: 'apply', environment: 'dev', clock: new SimClock(), parallelism: 1, record: async () => undefined, emit: () => undefined })).rejects.toThrow('bug');
  });
});

describe('step graph', () => {
  it('names the whole path of a cycle', () => {
    const steps = [{ id: 'a', needs: ['c'] }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }];
    expect(() => ordered(steps)).toThrow(new GraphFault('Steps wait for each other: a → c → b → a.'));
  });

  it('refuses unknown needs and repeated ids', () => {
    expect(() => ordered([{ id: 'a', needs: ['x'] }])).toThrow('"a" needs "x"');
    expect(() => ordered([{ id: 'a', needs: [] }, { id: 'a', needs: [] }])).toThrow('Two steps');
  });
});

describe('journal', () => {
  it('ignores a line that was cut off and everything a later start took back', () => {
    const head = JSON.stringify({ type: 'run', format: 1, run: 'r', time: 0, request, steps: [] });
    const done = JSON.stringify({ type: 'done', time: 1, step: 'a', inputs: 'i', summary: 's' });
    const start = JSON.stringify({ type: 'start', time: 2, step: 'a', inputs: 'i' });
    expect(historyOf(`${head}\n${done}\n{"type":"en`)?.finished.get('a')).toEqual({ inputs: 'i', summary: 's' });
    const again = historyOf(`${head}\n${done}\n${start}\n`);
    expect([...(again?.finished.keys() ?? [])]).toEqual([]);
    expect([...(again?.cutOff ?? [])]).toEqual(['a']);
    expect(historyOf('{"type":"ru')).toBeUndefined();
  });
});
