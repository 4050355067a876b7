/**
 * Edits that turn one text into the other: insert, delete, replace, or swap of two neighbours, each counted once (optimal string
 * alignment). Pure; stops early and answers `limit + 1` when it is more than `limit`.
 */
export const editDistance = (a: string, b: string, limit = Number.POSITIVE_INFINITY): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return limit + 1;
    [before, last] = [last, row];
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
};

const plain = (word: string): string => word.toLowerCase().replaceAll(/[-_ .]/g, '');

/**
 * The candidate that was probably meant: equal but for case and punctuation, else at most a third of the letters (and at most
 * three) away; of equally near ones the first by spelling. Undefined when nothing is near. Pure.
 */
export const didYouMean = (word: string, candidates: Iterable<string>): string | undefined => {
  const wanted = plain(word);
  const limit = Math.min(3, Math.floor(wanted.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of [...candidates].sort()) {
    const distance = editDistance(wanted, plain(candidate), limit);
    if (distance <= limit && candidate !== word && (!best || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
};

/** The sentence behind an unknown name: the near candidate, else the list of all (at most `most` of them). */
export const renameOrChoose = (word: string, candidates: Iterable<string>, most = 12): string => {
  const all = [...candidates].sort();
  const near = didYouMean(word, all);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (all.length === 0) return 'Remove it.';
  return `Use one of: ${all.slice(0, most).join(', ')}${all.length > most ? `, and ${all.length - most} more` : ''}.`;
};
