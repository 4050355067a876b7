import { holeStart, padMark } from './hcl-text.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns as Terraform counts them: one for each grapheme cluster. */
const columns = (text: string): number => (/^[ -~]*$/.test(text) ? text.length : [...graphemes.segment(text)].length);

const flush = (chain: string[], out: string[], keepHoles: boolean): void => {
  if (chain.length === 0) return;
  const cuts = chain.map((line) => line.indexOf(padMark));
  // A key that is still a hole has no width yet.
  if (keepHoles && chain.some((line, i) => line.slice(0, cuts[i]).includes(holeStart))) out.push(...chain);
  else {
    const widest = Math.max(...chain.map((line, i) => columns(line.slice(0, cuts[i]))));
    for (const [i, line] of chain.entries()) {
      const cut = cuts[i] ?? 0;
      const lead = line.slice(0, cut);
      out.push(`${lead}${' '.repeat(widest - columns(lead))} ${line.slice(cut + 1)}`);
    }
  }
  chain.length = 0;
};

/**
 * Aligns `=` as `terraform fmt` does: over consecutive lines whose whole argument stands on the line (they carry a pad mark).
 * Source: hclwrite `formatCells`. With `keepHoles`, chains whose keys are holes of a template keep their marks. Pure.
 */
export const align = (text: string, keepHoles: boolean): string => {
  const out: string[] = [];
  const chain: string[] = [];
  for (const line of text.split('\n')) {
    if (line.includes(padMark)) chain.push(line);
    else {
      flush(chain, out, keepHoles);
      out.push(line);
    }
  }
  flush(chain, out, keepHoles);
  return out.join('\n');
};
