import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TerraformRoot } from '../../src/emit/terraform/roots.ts';
import { environmentNames, extents, filesOf, foreignBucket, platformOf, publicZones } from '../fixtures/everything.ts';
import { inOrder, rootsWorld } from './roots-world.ts';
import type { RootsWorld } from './roots-world.ts';

const quiet = ['-input=false', '-no-color'] as const;
const isOfOrganization = ({ kind }: TerraformRoot): boolean => kind === 'org';

/** The world of a test whose preparation worked. */
const ready = (world: RootsWorld | undefined): RootsWorld => world ?? expect.fail('there is no platform');

describe.each(extents)('every environment with everything %s', (extent) => {
  let world: RootsWorld | undefined;

  beforeAll(async () => {
    world = await rootsWorld(filesOf(environmentNames, platformOf(environmentNames, extent)), (store) => {
      // These are the user's own; no root makes them.
      store.put({ type: 'aws_s3_bucket', region: 'eu-west-1', id: foreignBucket, origin: 'other', attributes: { bucket: foreignBucket } });
      for (const [id, zone] of Object.entries(publicZones)) store.put({ type: 'aws_route53_zone', region: 'aws-global', id, origin: 'other', attributes: { id, zone_id: id, name: zone, vpc: [] } });
    });
  });
  afterAll(() => world?.stop());

  it('is formatted as terraform fmt does it', async () => {
    expect(await ready(world).terraform(undefined, 'fmt', '-check', '-recursive', '-diff')).toBe('');
  });

  it('is valid, is applied as planned in order, and then settles: a second plan changes nothing', async () => {
    const { roots, terraform } = ready(world);
    await inOrder(roots, ({ after }) => after, async (root) => {
      await terraform(root, 'init', ...quiet);
      expect({ path: root.path, ...(JSON.parse(await terraform(root, 'validate', '-json')) as object) }).toMatchObject({ path: root.path, valid: true, diagnostics: [] });
      await terraform(root, 'plan', '-out=tfplan', ...quiet);
      await terraform(root, 'apply', ...quiet, 'tfplan');
      // Exit code 2 would mean changes.
      await terraform(root, 'plan', '-detailed-exitcode', ...quiet);
    });
    expect(roots.some(({ kind }) => kind === 'alarms')).toBe(extent === 'on');
  });

  it('is destroyed in reverse, each root to the last object, and nothing is left', async () => {
    // No destroy closes an account of the organization.
    const { terraform, unguard, released, stores, roots: all } = ready(world);
    const roots = all.filter((root) => !isOfOrganization(root)).toReversed();
    const destroyed = new Map<string, number>();
    await inOrder(roots, ({ path }) => roots.filter(({ after }) => after.includes(path)).map((root) => root.path), async (root) => {
      if (root.kind === 'account') await unguard(root);
      const release = await released(root);
      if (release.length > 0) await terraform(root, 'apply', '-auto-approve', ...quiet, ...release);
      const had = (await terraform(root, 'state', 'list')).split('\n').filter((address) => address !== '' && !address.startsWith('data.')).length;
      const said = await terraform(root, 'destroy', '-auto-approve', ...quiet, ...release);
      expect({ path: root.path, destroyed: /Destroy complete! Resources: (\d+) destroyed/.exec(said)?.[1] }).toEqual({ path: root.path, destroyed: String(had) });
      destroyed.set(root.path, had);
    });
    expect([...destroyed.keys()].toSorted()).toEqual(roots.map(({ path }) => path).toSorted());
    const organization = all.find(isOfOrganization)?.accountId;
    const left = [...stores].filter(([accountId]) => accountId !== organization).flatMap(([, store]) => store.all().filter(({ origin }) => origin === 'terraform').map(({ type, id }) => `${type} ${id}`));
    expect(left).toEqual([]);
  });
});
