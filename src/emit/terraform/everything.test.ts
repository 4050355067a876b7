import { describe, expect, it } from 'vitest';
import { environmentNames, extents, filesOf, notOff, notOn, partsOf, platformOf } from '../../../test/fixtures/everything.ts';
import type { EnvironmentName } from '../../../test/fixtures/everything.ts';
import { waysOf, withoutKey, withValue } from '../../../test/fixtures/switches.ts';
import type { Switch, Tree } from '../../../test/fixtures/switches.ts';
import { catalogFacts, chartPins } from '../../compile/catalog-facts.ts';
import { resolve } from '../../compile/compile.ts';
import { components } from '../../components/registry.ts';
import { environmentSettings } from '../../config/environment-settings.ts';
import type { Platform } from '../../config/platform.ts';
import { platformSettings } from '../../config/platform-settings.ts';
import { isActing, valueAt } from '../../config/schema-walk.ts';
import type { Plan } from '../../model/plan.ts';
import { rootRenderer } from '../terraform.ts';
import { plannedRoots } from './roots.ts';
import type { PlannedRoot } from './roots.ts';

const facts = catalogFacts();
const rendered = rootRenderer(chartPins);
const textOf = (platform: Platform, root: PlannedRoot): string => rendered(platform, root).map(({ name, text }) => `${name}\n${text}`).join('\n');

const compiled = (names: readonly EnvironmentName[], platform: Tree) => resolve({ files: filesOf(names, platform), lock: undefined, components, facts });
const planOf = (names: readonly EnvironmentName[], platform: Tree): Plan => {
  const { value, diagnostics } = compiled(names, platform);
  return value?.plan ?? expect.fail(diagnostics.map(({ summary }) => summary).join('\n'));
};

const partsOfConfiguration = (name: EnvironmentName) => {
  const { environment, edge, org } = partsOf(name);
  return [{ at: ['envs', name], ...environment }, { at: ['edge', name, 'cloudfront'], switches: edge.switches.map(({ path, values }) => ({ path: path.slice(1), values })), rooms: edge.rooms.map((path) => path.slice(1)) }, { at: ['org'], ...org }];
};

const isFlag = ({ values }: Switch): boolean => values.includes(true);
const isKept = (kept: Readonly<Record<string, string>>, path: readonly string[], name: string): boolean => Object.hasOwn(kept, path.join('.')) || Object.hasOwn(kept, `${path.join('.')} ${name}`);
const size = (value: unknown): number => (Array.isArray(value) ? value.length : typeof value === 'object' && value !== null ? Object.keys(value).length : 0);

/** Lists and mappings that stay empty with everything on, with the reason. */
const leftEmpty: Readonly<Record<string, string>> = {
  'components.*': 'Settings of components have tests of their own.',
  sns: 'Acts not yet.', chatbot: 'Acts not yet.',
};

/** Types that are there with everything off: account, network, control plane, nodes, names, who is told, what is spent. */
const bare = /^$/;

/** Values of switches that change nothing, or that nothing takes, when they alone are changed, with the reason. */
const alone: Readonly<Record<string, string>> = {};

describe('the configuration with everything on', () => {
  it.each(environmentNames)('turns on every switch of %s, or says why not', (name) => {
    const tree = platformOf([name], 'on');
    const open = partsOfConfiguration(name).flatMap(({ at, switches }) => switches.filter(isFlag).filter(({ path }) => !isKept(notOn, path, name) && !waysOf(tree, [...at, ...path]).some((way) => valueAt(tree, way) === true)).map(({ path }) => [...at, ...path].join('.')));
    expect(open).toEqual([]);
  });
  it('fills every list and mapping that is empty unless somebody says otherwise', () => {
    const tree = platformOf(['prod'], 'on');
    const settings = environmentSettings({ name: 'prod', tier: 'prod', domain: 'x.y' }).parse({ aws: { account_id: '314159265358' } });
    const empty = partsOfConfiguration('prod').flatMap(({ at, rooms }) => rooms.filter((path) => size(valueAt(settings, path)) === 0 && !Object.hasOwn(leftEmpty, path.join('.')) && !waysOf(tree, [...at, ...path]).some((way) => size(valueAt(tree, way)) > 0)).map((path) => [...at, ...path].join('.')));
    expect(empty).toEqual([]);
  });
  it('has roots of fewer than 250 resources', () => {
    const { platform, ...plan } = planOf(environmentNames, platformOf(environmentNames, 'on'));
    const counts = plannedRoots({ platform, ...plan }).map((root) => ({ path: root.path, resources: textOf(platform, root).match(/^resource "/gm)?.length ?? 0 }));
    expect(counts.filter(({ resources }) => resources >= 250)).toEqual([]);
    expect(counts.length).toBeGreaterThan(20);
  });
});

describe('the configuration with everything off', () => {
  it.each(environmentNames)('turns off every switch of %s, or says why not', (name) => {
    const tree = platformOf([name], 'off');
    const open = partsOfConfiguration(name).flatMap(({ at, switches }) => switches.filter(isFlag).filter(({ path }) => !path.includes('*') && !isKept(notOff, path, name) && valueAt(tree, [...at, ...path]) !== false).map(({ path }) => [...at, ...path].join('.')));
    expect(open).toEqual([]);
  });
  it.each(environmentNames)('leaves nothing of any area in %s: only what a cluster cannot be without', (name) => {
    const { platform, ...plan } = planOf([name], platformOf([name], 'off'));
    const roots = plannedRoots({ platform, ...plan });
    const types = new Set(roots.flatMap((root) => [...textOf(platform, root).matchAll(/^(?:resource|data) "(\w+)"/gm)].map(([, type]) => type ?? '')));
    expect([...types].filter((type) => !bare.test(type)).toSorted()).toEqual([]);
    expect(roots.filter(({ kind }) => !['account', 'foundation', 'cluster', 'bootstrap'].includes(kind)).map(({ path }) => path)).toEqual([]);
  });
});

describe('every switch', () => {
  const bases = (['on', 'default'] as const).map((extent) => {
    const tree = platformOf(['dev'], extent);
    const plan = planOf(['dev'], tree);
    return { tree, plan, texts: new Map(plannedRoots(plan).map((root) => [root.path, textOf(plan.platform, root)])) };
  });
  type Base = (typeof bases)[number];

  /** What the loaded base says at a way into the file. */
  const effective = ({ plan: { platform }, tree }: Base, way: readonly string[]): unknown => {
    const [top, ...rest] = way;
    if (top === 'envs') return valueAt(platform.environments[0]?.settings, rest.slice(1));
    return valueAt(platformSettings.parse(tree), way);
  };
  /** Whether one value in place of the base's changes any file; undefined where the configuration is then refused. */
  const changes = (base: Base, way: readonly string[], value: unknown): boolean | undefined => {
    let tree = withValue(base.tree, way, value);
    let { value: found, diagnostics } = compiled(['dev'], tree as Tree);
    for (const [, one = '', other = ''] of diagnostics.flatMap(({ code, summary }) => (code === 'config/contradiction' ? [/^(\S+) is .*, but (\S+) is/.exec(summary) ?? []] : []))) {
      // Two keys that say the same: the other one is left out.
      const twin = [one, `envs.dev.${other}`].find((key) => key !== way.join('.')) ?? '';
      tree = withoutKey(tree, twin.split('.'));
      ({ value: found, diagnostics } = compiled(['dev'], tree as Tree));
    }
    if (!found) return undefined;
    const roots = plannedRoots(found.plan);
    const cheapFirst = roots.toSorted((a, b) => rank(a) - rank(b));
    return roots.length !== base.texts.size || cheapFirst.some((root) => base.texts.get(root.path) !== textOf(found.plan.platform, root));
  };
  const rank = ({ kind }: PlannedRoot): number => ['foundation', 'alarms', 'data', 'storage', 'org', 'bootstrap', 'cluster', 'account'].indexOf(kind);

  it.each(partsOfConfiguration('dev').flatMap(({ at, switches }) => switches.filter(({ path }) => at[0] !== 'envs' || isActing(environmentSettings({ name: 'dev', tier: 'dev', domain: 'x.y' }), path)).map((one) => [[...at, ...one.path].join('.'), [...at, ...one.path], one] as const)))('%s changes the output, whatever its value', (key, path, { values }) => {
    const idle = values.filter((value) => !Object.hasOwn(alone, `${key} ${String(value)}`)).filter((value) => {
      const tried = bases.flatMap((base) => waysOf(base.tree, path).slice(0, 1).flatMap((way) => (effective(base, way) === value ? [] : [changes(base, way, value)])));
      return tried.length > 0 && !tried.includes(true);
    });
    expect(idle).toEqual([]);
  });
});
