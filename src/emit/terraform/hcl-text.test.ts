import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, guard, quote } from './hcl-text.ts';

const tricky = fc.string({ unit: fc.constantFrom('a', 'é', '"', '\\', '\n', '\t', '$', '%', '{', '}', '\uE000', '\uE002', '\uE003', '\u0001', ' ') });

describe('text in HCL', () => {
  it('loses no meaning a user gave it and gains none', () => {
    expect(escapeText('say "${who}" \\ %{if}\n')).toBe('say \\"$${who}\\" \\\\ %%{if}\\n');
    expect(escapeText('\uE003')).toBe('\\ue003');
  });

  it('is the same after the way through cdktn as without it', () => {
    fc.assert(fc.property(tricky, (text) => {
      expect(quote(guard(text), false)).toBe(`"${escapeText(text)}"`);
    }));
  });

  it('keeps our expressions, bare where they stand alone', () => {
    expect(quote('${aws_vpc.main.id}', false)).toBe('aws_vpc.main.id');
    expect(quote('${file("${path.module}/a}b.yaml")}', false)).toBe('file("${path.module}/a}b.yaml")');
    expect(quote('${local.issuer}:sub', false)).toBe('"${local.issuer}:sub"');
    expect(quote('${a.b}${c.d}', false)).toBe('"${a.b}${c.d}"');
  });

  it('escapes data inside an expression of ours', () => {
    expect(quote(`\${file("\${path.module}/${guard('a"b${c}')}")}`, false)).toBe('file("${path.module}/a\\"b$${c}")');
  });
});
