import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { toYaml } from './yaml.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', ':', '#', '-', '"', "'", '|', '0', '.', '\r', '\u0085', '\u2028', '\ufeff', 'é', '%', '@', '`', '&', '*', '!') }),
  fc.constantFrom('yes', 'No', 'null', '~', '', '1.30', '012', '0x1f', '1e3', '.inf', '2024-01-01', '12:30:45', '=', '<<', '- a', 'a: b', 'a #b', '---', '...', '{a}', '[a]', 'y', '$values/x', 'a:', 'line\nline', 'line\n', 'x\n\n', ' x\ny', 'x \ny'),
);
const key = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('on', '1', 'a/b', 'a: b', '', '<<', 'kubernetes.io/role'));
const data = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 5 }),
  map: fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}));

it('is read back as the same data, by readers of YAML 1.2 and of YAML 1.1', () => {
  fc.assert(
    fc.property(data.value, (value) => {
      const yaml = toYaml(value);
      expect(parse(yaml)).toEqual(value);
      expect(parse(yaml, { version: '1.1', merge: false })).toEqual(value);
    }),
    { numRuns: 2000 },
  );
});

it('is written for people: no quotes without need, scripts as blocks', () => {
  expect(toYaml({ apiVersion: 'v1', metadata: { name: 'a', labels: {} }, data: { run: 'set -e\n\necho "x: y"\n', port: '443', on: true }, left: undefined, args: ['--a=b', { name: 'x', list: [] }] })).toMatchInlineSnapshot(`
    "apiVersion: v1
    metadata:
      name: a
      labels: {}
    data:
      run: |
        set -e

        echo "x: y"
      port: "443"
      "on": true
    args:
      - "--a=b"
      - name: x
        list: []
    "
  `);
});

it('refuses what JSON cannot hold', () => {
  expect(() => toYaml({ a: Number.NaN })).toThrow(TypeError);
  expect(() => toYaml({ a: () => 1 })).toThrow(TypeError);
});
