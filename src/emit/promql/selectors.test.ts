import { describe, expect, it } from 'vitest';
import { selectors, withMatcher } from './selectors.ts';

describe('one more matcher', () => {
  it.each([
    ['up', 'up{c="x"}'],
    ['up{}', 'up{c="x"}'],
    ['up{ job="a" }', 'up{c="x", job="a" }'],
    ['rate(a_total[5m])', 'rate(a_total{c="x"}[5m])'],
    ['sum by (cluster, le) (rate(a_bucket{x="y and {z}",le=~"1|2"}[$__rate_interval] offset 1h))', 'sum by (cluster, le) (rate(a_bucket{c="x",x="y and {z}",le=~"1|2"}[$__rate_interval] offset 1h))'],
    ['sum(a) by (b) / on (b) group_left (d) sum by(b)(e:f > bool 1.5e3)', 'sum(a{c="x"}) by (b) / on (b) group_left (d) sum by(b)(e:f{c="x"} > bool 1.5e3)'],
    ['a and b unless on () c or vector(0)', 'a{c="x"} and b{c="x"} unless on () c{c="x"} or vector(0)'],
    ["a{b='}'} * group_left c", "a{c=\"x\",b='}'} * group_left c{c=\"x\"}"],
    ['max_over_time(a[1h:5m]) - 1h * Inf', 'max_over_time(a{c="x"}[1h:5m]) - 1h * Inf'],
  ])('%s', (expr, expected) => expect(withMatcher(expr, 'c="x"')).toBe(expected));
});

it('a metric may be called as an aggregation is', () => expect(selectors('count{a="b"} + sum(min)').map(({ metric }) => metric)).toEqual(['count', 'min']));
