import type { IgnoreDifference } from '../../model/workload.ts';

/** Names and quoted keys of a jq path up to its first list, for example `.webhooks[]?.clientConfig` → webhooks. */
const steps = (jq: string): readonly string[] => {
  const whole = /^(?:\.[A-Za-z_]\w*|\.?\["[^"]+"\]|(\[\]\??))+$/.exec(jq);
  if (!whole) throw new Error(`the path "${jq}" of ignoreDifferences has no counterpart in Flux`);
  const [before = ''] = jq.split('[]');
  return [...before.matchAll(/\.([A-Za-z_]\w*)|\["([^"]+)"\]/g)].map(([, name, quoted]) => name ?? quoted ?? '');
};

/**
 * A jq path as a JSON pointer. Pointers know no "each item": what is ignored of a list's items is ignored of the whole list.
 * Throws on a path it can't express: a bug in the component. Pure.
 */
export const pointerOf = (jq: string): string => steps(jq).map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** What a HelmRelease leaves to those who write it after the chart: the same as Argo CD does. Pure. */
export const driftDetection = (ignored: readonly IgnoreDifference[] = []) => ({
  mode: 'enabled',
  ...(ignored.length === 0 ? {} : {
    ignore: ignored.map(({ group, kind, name, jsonPointers = [], jqPathExpressions = [] }) => ({
      paths: [...jsonPointers, ...jqPathExpressions.map(pointerOf)],
      // Flux reads names and kinds as regular expressions that must match as a whole.
      target: { ...(group === undefined ? {} : { group }), kind, ...(name === undefined ? {} : { name }) },
    })),
  }),
});
