import { describe, expect, it } from 'vitest';
import { codes, entryOf } from './codes.ts';
import type { Diagnostic } from './diagnostic.ts';
import { toGithub } from './github.ts';
import { toJson } from './json.ts';
import { hasErrors, problem, tidy } from './problem.ts';
import { show } from './show.ts';
import { countText, toText } from './text.ts';

const at = (line: number, column = 1, file = 'a.yaml') => ({ file, line, column });
const unknown = problem('config/unknown-key', at(2, 3), '"sincEvery" is not a key of x.', 'Did you mean "syncEvery"?');
const sources = new Map([['a.yaml', 'x:\n  sincEvery: 60\n']]);

describe('toText', () => {
  it('shows place, code, sentence, line with caret, and the fix', () => {
    expect(toText([unknown], { sources })).toBe(
      ['a.yaml:2:3 error config/unknown-key', '  "sincEvery" is not a key of x.', '  2 │   sincEvery: 60', '    │   ^^^^^^^^^', '  fix: Did you mean "syncEvery"?'].join('\n'));
  });
  it('has no escape codes unless colour is asked for', () => {
    expect(toText([unknown], { sources })).not.toContain('\u001b');
    expect(toText([unknown], { sources, colour: true })).toContain('\u001b[31merror');
  });
  it('shows at most 20, errors first, and counts the rest', () => {
    const many: Diagnostic[] = [
      ...Array.from({ length: 30 }, (_, i) => problem('config/placeholder', at(i + 1), `w${i}`, 'f')),
      problem('config/unknown-key', at(99), 'the error', 'f'),
    ];
    const text = toText(many);
    expect(text).toContain('the error');
    expect(text.endsWith('… and 11 more.')).toBe(true);
    expect(text.match(/ warning /g)).toHaveLength(19);
  });
  it('lets nothing in a file steer the terminal', () => {
    const evil = problem('config/wrong-value', at(1, 1), 'value \u001b[2J', 'f');
    expect(toText([evil], { sources: new Map([['a.yaml', '\u001b]0;x\u0007']]) })).not.toMatch(/[\u001b\u0007]/);
  });
  it('keeps the caret inside a very long line', () => {
    const text = toText([problem('config/wrong-value', at(1, 5000), 's', 'f')], { sources: new Map([['a.yaml', 'y'.repeat(9000)]]) });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(180);
    expect(text).toContain('^');
  });
  it('is empty for nothing, and needs no source', () => {
    expect(toText([])).toBe('');
    expect(toText([unknown])).not.toContain('│');
  });
});

describe('tidy', () => {
  it('sorts by file, line, column and drops repetitions', () => {
    const a = problem('config/unknown-key', at(10), 's', 'f');
    const b = problem('config/unknown-key', at(9, 5), 's', 'f');
    const c = problem('config/unknown-key', at(1, 1, 'B.yaml'), 's', 'f');
    expect(tidy([a, b, a, c])).toEqual([c, b, a]);
    expect(hasErrors([problem('config/placeholder', at(1), 's', 'f')])).toBe(false);
    expect(countText([a, b, problem('config/placeholder', at(1), 's', 'f')])).toBe('2 errors, 1 warning');
  });
});

describe('machine formats', () => {
  it('JSON keeps every field and all diagnostics', () => {
    expect(JSON.parse(JSON.stringify(toJson([unknown])))).toEqual({ format: 1, diagnostics: [unknown] });
  });
  it('GitHub commands escape what would end them', () => {
    expect(toGithub([problem('config/placeholder', at(3, 2, 'a,b:c.yaml'), '50%\nmore', 'fix')])).toBe(
      '::warning file=a%2Cb%3Ac.yaml,line=3,col=2,title=config/placeholder::50%25%0Amore%0Afix'.replace('config/', 'config/'));
  });
});

describe('catalogue', () => {
  it('every code is a slug with a title and an explanation in whole sentences', () => {
    for (const [code, { title, explanation }] of Object.entries(codes)) {
      expect(code).toMatch(/^[a-z]+\/[a-z]+(-[a-z]+)*$/);
      expect(title.length).toBeLessThan(70);
      expect(explanation, code).toMatch(/[.]$/);
    }
    expect(entryOf('toString')).toBeUndefined();
    expect(entryOf('config/unknown-key')?.severity).toBe('error');
  });
});

describe('show', () => {
  it('quotes text, cuts long values, names nothing', () => {
    expect([show('a"b'), show(undefined), show(['x'.repeat(100)]).length, show(1.3)]).toEqual(['"a\\"b"', 'nothing', 60, '1.3']);
  });
});
