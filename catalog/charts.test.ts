import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addons } from './addons.ts';
import type { AddonPin } from './addons.ts';
import { chartCrds } from './chart-crds.ts';
import type { ChartPin } from './chart-pin.ts';
import { charts } from './charts.ts';
import { compatibility, eksVersions, supports, targetKubernetes } from './kubernetes.ts';
import { volumePrice } from './volume-price.ts';

const pins: readonly (readonly [string, ChartPin])[] = Object.entries(charts);

describe('chart pins', () => {
  it.each(pins)('%s is pinned completely', (id, pin) => {
    expect(pin.version).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(pin.repository).toMatch(/^(https|oci):\/\/[a-z]/);
    expect(pin.source.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(pin.source.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const image of pin.images) expect(image).toMatch(/^[a-z0-9.-]+\.[a-z]+\/.+:v?\d/);
    expect(pin.crdsBy === 'none').toBe(pin.crds.length === 0);
    expect(id).toBe(pin.name);
  });
  it('names the definitions that were extracted', () => {
    const index = JSON.parse(readFileSync(new URL('crds/index.json', import.meta.url), 'utf8')) as { installedBy: unknown };
    expect(chartCrds).toEqual(index.installedBy);
  });
  it('states for every chart with pods that the target version is covered', () => {
    for (const { chart, source } of compatibility) {
      expect(Object.keys(charts)).toContain(chart);
      expect(source.length).toBeGreaterThan(20);
      expect(supports(chart, targetKubernetes)).not.toBe('unsupported');
    }
  });
});

describe('supports', () => {
  it('tells stated, silent and unsupported apart', () => {
    expect(supports('cilium', '1.35')).toBe('stated');
    expect(supports('cilium', '1.36')).toBe('unsupported');
    expect(supports('metrics-server', '1.36')).toBe('not stated');
    expect(supports('metrics-server', '1.30')).toBe('unsupported');
    expect(supports('external-dns', '1.35')).toBe('not stated');
    expect(supports('unheard-of', '1.35')).toBe('not stated');
  });
});

describe('EKS facts', () => {
  it('lists versions newest first, each with a year of extended support', () => {
    const ends = eksVersions.map((one) => one.standardSupportEnds);
    expect([...ends].sort().reverse()).toEqual(ends);
    for (const one of eksVersions) expect(one.extendedSupportEnds).toBe(`${Number(one.standardSupportEnds.slice(0, 4)) + 1}${one.standardSupportEnds.slice(4)}`);
    expect(eksVersions.map((one): string => one.version)).toContain(targetKubernetes);
  });
  it('pins add-ons in the form EKS uses', () => {
    const pins: readonly AddonPin[] = Object.values(addons);
    for (const { name, version, versionPattern } of pins) if (version !== undefined) expect(version, name).toMatch(versionPattern);
    for (const [id, { name }] of Object.entries(addons)) expect(name).toBe(id);
  });
});

describe('the volume price', () => {
  it('says where it was read, and whether AWS was asked', () => {
    expect(volumePrice.read).toMatch(/^\d{4}-\d\d-\d\d$/);
    if (!volumePrice.verified) expect(volumePrice.source).toContain('NOT VERIFIED');
  });
});
