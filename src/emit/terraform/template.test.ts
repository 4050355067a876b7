import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { accountRoot } from '../../stacks/account-root.ts';
import { bootstrapRoot } from '../../stacks/bootstrap-root.ts';
import { clusterRoot } from '../../stacks/cluster-root.ts';
import { foundationRoot } from '../../stacks/foundation-root.ts';
import type { Root } from '../../stacks/root.ts';
import { accountProps } from './account-props.ts';
import { bootstrapProps } from './bootstrap-props.ts';
import { clusterProps } from './cluster-props.ts';
import { foundationProps } from './foundation-props.ts';
import { renderDirectly, TemplateCache } from './render.ts';
import { shapeOf, stringsOf } from './template.ts';

const platform = platformFixture([{ tier: 'prod', clusters: 2, settings: { ci: { github: { repository: 'acme/platform' }, gitlab: { project: 'acme/platform' } } } }]);
const plan = terraformPlan(platform);
const [environment] = platform.environments;
const [hub, spoke] = plan.environments[0]?.clusters ?? [];
if (!environment || !hub || !spoke) throw new Error('the fixture has a hub and a spoke');

const backend = { bucket: 'b', key: 'k', region: 'r' };
const piece = fc.constantFrom('a', 'Z', '-', '/', '"', '\\', '\n', '$', '{', '}', '%', 'é', '漢', '\uE000', '\uE001', '\uE002', '\uE003', '\uE010', '\u0000', '#');
const anyText = fc.string({ unit: piece, maxLength: 12 });

/** The data with every string taken from `texts` in turn, made unique: two keys of one map are never equal. */
const withTexts = <D>(data: D, texts: readonly string[]): D => {
  let next = 0;
  return JSON.parse(JSON.stringify(data), (_, value: unknown) => (typeof value === 'string' ? `${texts[next % texts.length] ?? ''}${next++}` : value)) as D;
};

const agrees = <P>(build: (props: P) => Root, props: P, runs: number): void => {
  const cache = new TemplateCache(build);
  const data = { backend, props };
  expect(cache.render(data)).toEqual(renderDirectly(build, data));
  fc.assert(fc.property(fc.array(anyText, { minLength: 1, maxLength: 40 }), (texts) => {
    const other = withTexts(data, texts);
    expect(cache.render(other)).toEqual(renderDirectly(build, other));
  }), { numRuns: runs });
  expect(cache.shapes).toBe(1);
};

describe('templates', () => {
  it('give the same bytes as cdktn itself, whatever the strings: foundation', () => agrees(foundationRoot, foundationProps(platform, environment), 100));
  it('… account', () => agrees(accountRoot, accountProps(platform, environment.accountId, ['cilium']), 15));
  it('… cluster of a spoke', () => agrees(clusterRoot, clusterProps(platform, spoke), 15));
  it('… bootstrap of a hub', () => agrees(bootstrapRoot, bootstrapProps(platform, hub, chartPins), 25));

  it('are shared by data that differ in strings only', () => {
    expect(shapeOf({ a: 'x', b: [1, true, 'y'] })).toBe(shapeOf({ a: '', b: [1, true, 'zz'] }));
    expect(shapeOf({ a: 'x' })).not.toBe(shapeOf({ b: 'x' }));
    expect(shapeOf({ a: 0 })).not.toBe(shapeOf({ a: '0' }));
    expect(shapeOf({ a: ['x'] })).not.toBe(shapeOf({ a: ['x', 'y'] }));
    expect(stringsOf({ a: 'x', b: [1, { c: 'y' }] })).toEqual(['x', 'y']);
  });

  it('are few for many clusters', () => {
    const big = terraformPlan(platformFixture([{ tier: 'dev', clusters: 30 }]));
    const cache = new TemplateCache(clusterRoot);
    for (const cluster of big.environments[0]?.clusters ?? []) cache.render({ backend, props: clusterProps(big.platform, cluster) });
    expect(cache.shapes).toBe(2);
  });
});
