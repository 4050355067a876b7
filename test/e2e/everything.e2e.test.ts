import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TerraformRoot } from '../../src/emit/terraform/roots.ts';
import { environmentNames, extents, filesOf, foreignBucket, platformOf, publicZone } from '../fixtures/everything.ts';
import { inOrder, rootsWorld } from './roots-world.ts';
import type { RootsWorld } from './roots-world.ts';

const quiet = ['-input=false', '-no-color'] as const;
const isOfOrganization = ({ kind }: TerraformRoot): boolean => kind === 'org';

describe.each(extents)('every environment with everything %s', (extent) => {
  let world: RootsWorld;

  beforeAll(async () => {
    world = await rootsWorld(filesOf(environmentNames, platformOf(environmentNames, extent)), (store) => {
      // These are the user's own; no root makes them.
      store.put({ type: 'aws_s3_bucket', region: 'eu-west-1', id: foreignBucket, origin: 'other', attributes: { bucket: foreignBucket } });
      store.put({ type: 'aws_route53_zone', region: 'aws-global', id: publicZone, origin: 'other', attributes: { id: publicZone, zone_id: publicZone, name: 'acme.io', vpc: [] } });
    });
  });
  afterAll(() => world.stop());

  it('is formatted as terraform fmt does it', async () => {
    expect(await world.terraform(undefined, 'fmt', '-check', '-recursive', '-diff')).toBe('');
  });

  it('is valid, is applied as planned in order, and then settles: a second plan changes nothing', async () => {
    await inOrder(world.roots, ({ after }) => after, async (root) => {
      await world.terraform(root, 'init', ...quiet);
      expect({ path: root.path, ...(JSON.parse(await world.terraform(root, 'validate', '-json')) as object) }).toMatchObject({ path: root.path, valid: true, diagnostics: [] });
      await world.terraform(root, 'plan', '-out=tfplan', ...quiet);
      await world.terraform(root, 'apply', ...quiet, 'tfplan');
      // Exit code 2 would mean changes.
      await world.terraform(root, 'plan', '-detailed-exitcode', ...quiet);
    });
    expect(world.roots.some(({ kind }) => kind === 'alarms')).toBe(extent === 'on');
  });

  it('is destroyed in reverse, each root to the last object, and nothing is left', async () => {
    // No destroy closes an account of the organization.
    const roots = world.roots.filter((root) => !isOfOrganization(root)).toReversed();
    const destroyed = new Map<string, number>();
    await inOrder(roots, ({ path }) => roots.filter(({ after }) => after.includes(path)).map((root) => root.path), async (root) => {
      if (root.kind === 'account') await world.unguard(root);
      const release = await world.released(root);
      if (release.length > 0) await world.terraform(root, 'apply', '-auto-approve', ...quiet, ...release);
      const had = (await world.terraform(root, 'state', 'list')).split('\n').filter((address) => address !== '' && !address.startsWith('data.')).length;
      const said = await world.terraform(root, 'destroy', '-auto-approve', ...quiet, ...release);
      expect({ path: root.path, destroyed: /Destroy complete! Resources: (\d+) destroyed/.exec(said)?.[1] }).toEqual({ path: root.path, destroyed: String(had) });
      destroyed.set(root.path, had);
    });
    expect([...destroyed.keys()].toSorted()).toEqual(roots.map(({ path }) => path).toSorted());
    const organization = world.roots.find(isOfOrganization)?.accountId;
    const left = [...world.stores].filter(([accountId]) => accountId !== organization).flatMap(([, store]) => store.all().filter(({ origin }) => origin === 'terraform').map(({ type, id }) => `${type} ${id}`));
    expect(left).toEqual([]);
  });
});
