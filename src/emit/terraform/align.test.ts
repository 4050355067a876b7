import { describe, expect, it } from 'vitest';
import { align } from './align.ts';
import { holeEnd, holeStart, padMark } from './hcl-text.ts';

const line = (key: string, value: string) => `  ${key}${padMark}= ${value}`;

describe('alignment of =', () => {
  it('runs over consecutive one-line arguments and stops at anything else', () => {
    const text = [line('a', '1'), line('long_name', '2'), '', line('b', '3'), '  block {', line('c', '4'), '  }'].join('\n');
    expect(align(text, false)).toBe('  a         = 1\n  long_name = 2\n\n  b = 3\n  block {\n  c = 4\n  }');
  });

  it('leaves chains whose keys are not known yet, and only those', () => {
    const hole = line(`"${holeStart}0${holeEnd}"`, '1');
    expect(align([hole, line('b', '2'), '', line('c', '3')].join('\n'), true)).toBe([hole, line('b', '2'), '', '  c = 3'].join('\n'));
  });
});
