import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { order, type OrderNode } from './order.ts';

const at = { file: 'configuration/platform.yaml', line: 7, column: 3 };
const node = (id: string, requires: readonly string[] = [], more: Partial<OrderNode> = {}): OrderNode => ({ id, layer: 'platform', requires, releases: [{ name: id, early: false }], because: at, ...more });

/** Acyclic by construction: a component requires only those with a smaller number. */
const acyclic = fc.array(fc.record({ needs: fc.array(fc.nat(), { maxLength: 4 }), releases: fc.array(fc.boolean(), { maxLength: 4 }) }), { minLength: 1, maxLength: 30 }).map((drafts) =>
  drafts.map(({ needs, releases }, i) =>
    node(`c${i}`, i === 0 ? [] : [...new Set(needs.map((n) => `c${n % i}`))], { releases: releases.map((early, r) => ({ name: `c${i}-r${r}`, early })) }),
  ),
);

describe('any acyclic requirements', () => {
  it('rise along requirements and along releases, as early as possible', () => {
    fc.assert(
      fc.property(acyclic, (nodes) => {
        const { value, diagnostics } = order(nodes, [], 'x');
        expect(diagnostics).toEqual([]);
        const waves = value?.waves ?? {};
        const last = (id: string): number => Math.max(0, ...Object.values(waves[id] ?? {}), ...(Object.keys(waves[id] ?? {}).length === 0 ? needsEnd(id) : []));
        const needsEnd = (id: string): readonly number[] => (nodes.find((n) => n.id === id)?.requires ?? []).map(last);
        for (const n of nodes) {
          let wave = Math.max(0, ...n.requires.map(last));
          for (const release of n.releases) {
            if (!release.early) wave += 1;
            expect(waves[n.id]?.[release.name]).toBe(wave);
          }
        }
        const ids = value?.ids ?? [];
        expect(ids.toSorted()).toEqual(nodes.map((n) => n.id).toSorted());
        for (const n of nodes) for (const need of n.requires) expect(ids.indexOf(need)).toBeLessThan(ids.indexOf(n.id));
      }),
    );
  });

  it('come out the same however the input was shuffled', () => {
    fc.assert(
      fc.property(acyclic.chain((nodes) => fc.tuple(fc.constant(nodes), fc.shuffledSubarray([...nodes], { minLength: nodes.length }))), ([nodes, shuffled]) => {
        const { value } = order(nodes, [], 'x');
        const other = order(shuffled, [], 'x').value;
        expect(other?.ids).toEqual(value?.ids);
        expect(other?.waves).toEqual(value?.waves);
      }),
    );
  });

  it('are refused once a requirement closes a circle, with a path that really is one', () => {
    fc.assert(
      fc.property(acyclic.filter((nodes) => nodes.some((n) => n.requires.length > 0)), (nodes) => {
        const from = nodes.find((n) => n.requires.length > 0);
        const target = from?.requires[0];
        const closed = nodes.map((n) => (n.id === target ? { ...n, requires: [...n.requires, from?.id ?? ''] } : n));
        const { value, diagnostics } = order(closed, [], 'x');
        expect(value).toBeUndefined();
        expect(diagnostics.length).toBeGreaterThan(0);
        for (const { code, summary } of diagnostics) {
          expect(code).toBe('order/cycle');
          const path = /circle: (.*)\.$/.exec(summary)?.[1]?.split(' → ') ?? [];
          expect(path.length).toBeGreaterThan(1);
          expect(path.at(-1)).toBe(path[0]);
          path.slice(1).forEach((id, i) => expect(closed.find((n) => n.id === path[i])?.requires).toContain(id));
        }
      }),
    );
  });
});

it('puts what comes last behind everything, where nothing waits for it, and what comes together in one wave', () => {
  const release = (name: string, comes?: 'together' | 'last') => ({ name, early: false, ...(comes ? { comes } : {}) });
  const nodes = [
    node('door', ['a'], { releases: [release('door-secret'), release('door', 'last')] }),
    node('metrics', ['a'], { releases: [release('rules'), release('pictures', 'together'), release('prometheus'), release('way-in', 'last')] }),
    node('a'), node('cost', ['metrics', 'door']), node('pair', ['a'], { releases: [release('pair-1', 'together'), release('pair-2', 'together')] }),
  ];
  expect(order(nodes, [], 'x').value?.waves).toEqual({
    a: { a: 1 }, door: { 'door-secret': 2, door: 5 }, metrics: { rules: 2, pictures: 2, prometheus: 3, 'way-in': 5 }, cost: { cost: 4 }, pair: { 'pair-1': 2, 'pair-2': 2 },
  });
});

it('handles a thousand components in a row without a deep stack or repeated walks', () => {
  const chain = Array.from({ length: 1000 }, (_, i) => node(`c${String(i).padStart(4, '0')}`, Array.from({ length: Math.min(i, 5) }, (__, k) => `c${String(i - k - 1).padStart(4, '0')}`)));
  const started = performance.now();
  expect(order(chain, [], 'x').value?.waves['c0999']?.['c0999']).toBe(1000);
  expect(performance.now() - started).toBeLessThan(500);
});

it('shows the path and the line of each requirement that cannot hold', () => {
  const off = [{ id: 'cert-manager', at: { file: 'configuration/platform.yaml', line: 20, column: 9 } }];
  const nodes = [node('a', ['b']), node('b', ['a']), node('dns', ['cert-manager', 'nothing']), node('net', ['late'], { layer: 'network' }), node('late', [], { layer: 'serving' })];
  expect(order(nodes, off, 'dev-1').diagnostics.map((d) => `${d.at.line} ${d.code} ${d.summary}`)).toMatchInlineSnapshot(`
    [
      "20 order/disabled-requirement "dns" of cluster dev-1 requires "cert-manager", which is not enabled there: dns → cert-manager.",
      "7 order/unknown-requirement "dns" requires "nothing", which does not exist: dns → nothing.",
      "7 order/later-layer "net" (layer network) requires "late", which comes later (layer serving): net → late.",
      "7 order/cycle Components of cluster dev-1 require one another in a circle: a → b → a.",
    ]
  `);
});

it('reports a component that requires itself', () => {
  expect(order([node('a', ['a'])], [], 'x').diagnostics.map((d) => d.summary)).toEqual(['Components of cluster x require one another in a circle: a → a.']);
});
