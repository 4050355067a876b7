import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { largestFile, readYaml } from './yaml-source.ts';

const codesOf = (text: string): readonly string[] => readYaml('a.yaml', text).diagnostics.map((d) => `${d.at.line}:${d.at.column} ${d.code}`);
const valueOf = (text: string): unknown => readYaml('a.yaml', text).value?.map((s) => s.value);

describe('readYaml', () => {
  it('reads several documents and skips empty ones', () => {
    expect(valueOf('a: 1\n---\n# nothing\n---\nb: 2\n...\n')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(valueOf('')).toEqual([]);
    expect(valueOf('# only a comment\n')).toEqual([]);
  });
  it('treats a key without a value as absent', () => {
    expect(valueOf('a:\nb:\n  c:\n  d: 1\ne: ~\n')).toEqual([{ b: { d: 1 } }]);
  });
  it('reads anchors, aliases and merges, CRLF and a byte order mark', () => {
    expect(valueOf('\uFEFFbase: &b {x: 1, y: 2}\r\nc:\r\n  <<: *b\r\n  y: 3\r\nd: *b\r\n')).toEqual([{ base: { x: 1, y: 2 }, c: { x: 1, y: 3 }, d: { x: 1, y: 2 } }]);
  });
  it('reads versions as YAML 1.2 does', () => {
    expect(valueOf('a: 1860:37\nb: yes\nc: "1.30"\n')).toEqual([{ a: '1860:37', b: 'yes', c: '1.30' }]);
  });
  it.each([
    ['a:\n\tb: 1\n', '2:1 config/yaml-syntax'],
    ['a: 1\nb: 2\na: 3\n', '3:1 config/duplicate-key'],
    ['a: [1, 2\nb: 3\n', '2:1 config/yaml-syntax'],
    ['a: !Ref x\n', '1:4 config/yaml-syntax'],
    ['a: 1\nb: *nope\n', '2:4 config/yaml-syntax'],
    ['a: &x [*x]\n', '1:8 config/too-many-aliases'],
    ['a: {<<: 3}\n', '1:1 config/yaml-syntax'],
    ['? [a]\n: 1\n', '1:3 config/yaml-syntax'],
    ['ok: 1\nab\u0000c: 1\n', '2:3 config/not-text'],
    ['\u007fELF\ufffd\ufffd', '1:5 config/not-text'],
  ])('refuses %j', (text, expected) => {
    expect(codesOf(text)[0]).toBe(expected);
  });
  it('says one thing about one line, in words of the file', () => {
    const said = (text: string): readonly string[] => readYaml('a.yaml', text).diagnostics.map((d) => d.summary);
    expect(said('a:\n  x: {\n    y: 0 }\n\tb: 1\n  z: 1\n')).toEqual(['The YAML is not valid: Tabs are not allowed as indentation.']);
    expect(said('a: 1\n"b c": 2\n"b c": 3\na: 4\n')).toEqual(['The key "b c" stands twice in the same mapping.', 'The key "a" stands twice in the same mapping.']);
    expect(said(`a: ${'['.repeat(20_000)}`)).toEqual(['The file is nested too deeply to be read.']);
  });
  it('refuses nested aliases that multiply, at once', () => {
    const names = 'abcdefgh';
    const laughs = ['a: &a [l,l,l,l,l,l,l,l,l]', ...Array.from(names.slice(1)).map((name, i) => `${name}: &${name} [${Array<string>(9).fill(`*${names[i] ?? ''}`).join()}]`)].join('\n');
    expect(codesOf(laughs)[0]).toMatch(/too-many-aliases/);
  });
  it('allows one anchor used by every cluster of a large registry', () => {
    const text = `d: &d {a: 1}\nlist:\n${'  - {<<: *d, x: *d}\n'.repeat(2000)}`;
    expect(readYaml('a.yaml', text).diagnostics).toEqual([]);
  });
  it('refuses a file that is too large without parsing it', () => {
    expect(codesOf('a'.repeat(largestFile + 1))).toEqual(['1:1 config/too-large']);
  });
  it('survives absurd nesting', () => {
    expect(codesOf('['.repeat(50_000)).length).toBeGreaterThan(0);
  });
  it('keeps a key called __proto__ as plain data', () => {
    const [value] = valueOf('{"__proto__": {"polluted": true}}') as [object];
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-a:[\]{}&*!#|>'"%@\n\t ,?<]*$/)), (text) => {
      const { value, diagnostics } = readYaml('a.yaml', text);
      expect(value === undefined).toBe(diagnostics.length > 0);
    }));
  });
  it('reads back any JSON value', () => {
    fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean())), (data) => {
      const source = stringify(data);
      fc.pre(!/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(source));
      expect(valueOf(source) ?? []).toEqual([data]);
    }));
  });
});

describe('places', () => {
  const text = 'base: &b\n  x: 1\nc:\n  <<: *b\n  list:\n    - y: 2\n    - *b\n';
  const [source] = readYaml('a.yaml', text).value ?? [];
  const at = (path: readonly (string | number)[], which?: 'key' | 'value'): string => {
    const span = source?.span(path, which);
    return `${span?.line}:${span?.column}`;
  };
  it('finds values and keys, through merges and aliases', () => {
    expect(at(['c', 'list', 0, 'y'])).toBe('6:10');
    expect(at(['c', 'list', 0, 'y'], 'key')).toBe('6:7');
    expect(at(['c', 'x'])).toBe('2:6');
    expect(at(['c', 'list', 1])).toBe('7:7');
    expect(at(['c', 'list', 1, 'x'])).toBe('2:6');
  });
  it('falls back to the nearest key that exists', () => {
    expect(at(['c', 'nope', 'deeper'])).toBe('3:1');
    expect(at(['nope'])).toBe('1:1');
    expect(source?.has(['c', 'x'])).toBe(true);
    expect(source?.has(['c', 'nope'])).toBe(false);
  });
});
