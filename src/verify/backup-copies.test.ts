import { expect, it } from 'vitest';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { backupCopies } from './backup-copies.ts';

const found = (backup: Readonly<Record<string, unknown>>, regions = ['us-east-1']) =>
  backupCopies({ platform: platformFixture([{ tier: 'prod', clusters: regions.length, regions, settings: { backup } }]), environments: [] }).map(({ severity, summary }) => [severity, summary]);

it('warns of copies that have nowhere to go', () => {
  expect(found({})).toEqual([['warning', 'prod wants its backups copied to another region, but has none besides us-east-1.']]);
  expect(found({ copy_region: 'us-east-1' })).toHaveLength(1);
  for (const fine of [{ copy: false }, { enabled: false }, { copy_region: 'us-west-2' }]) expect(found(fine)).toEqual([]);
  expect(found({}, ['us-east-1', 'eu-west-1'])).toEqual([]);
});
