import { describe, expect, it } from 'vitest';
import { bucketNames } from '../emit/terraform/storage-props.ts';
import { chartOf, exampleCluster, examplePlatform, planned, rolesOf } from '../../test/fixtures/planned-components.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { backupBucket, velero } from './velero.ts';

const prod = exampleCluster('prod');
const valuesOf = (settings: unknown = {}) => chartOf(planned('velero', prod, settings), 'velero');

describe('velero', () => {
  it('writes to the bucket that the environment\'s storage makes, below the cluster\'s own name', () => {
    const platform = platformFixture([{ tier: 'prod', clusters: 2, regions: ['eu-west-1', 'us-east-1'], settings: { storage: { velero: { enabled: true } } } }]);
    const [environment = expect.fail('no environment')] = platform.environments;
    expect(bucketNames(platform, environment)['velero']).toBe(backupBucket(platform, environment));
    const [, spoke = expect.fail('no second cluster')] = environment.clusters;
    const values = chartOf(planned('velero', spoke, {}, platform), 'velero').clusterValues;
    // Snapshots lie where the volumes are, backups in the environment's first region.
    expect(values).toMatchObject({ configuration: { backupStorageLocation: [{ bucket: backupBucket(platform, environment), prefix: spoke.name, config: { region: 'eu-west-1' } }], volumeSnapshotLocation: [{ config: { region: 'us-east-1' } }] } });
  });

  it('may touch its own backups and snapshots and nobody else\'s', () => {
    const [role = expect.fail('no role')] = rolesOf(planned('velero', prod));
    const bucket = backupBucket(examplePlatform, examplePlatform.environments.find(({ name }) => name === 'prod') ?? expect.fail('no prod'));
    const of = (action: string) => role.allow.filter(({ actions }) => actions.includes(action));
    expect(of('s3:DeleteObject').flatMap(({ on }) => on)).toEqual([`arn:aws:s3:::${bucket}/${prod.name}/*`]);
    for (const { when } of [...of('ec2:DeleteSnapshot'), ...of('kms:Decrypt'), ...of('ec2:CreateTags')]) expect(when).toBeDefined();
  });

  it('backs up every day for thirty days and every week for ninety, unless somebody says otherwise', () => {
    expect(valuesOf().clusterValues).toMatchObject({ schedules: { daily: { schedule: '0 2 * * *', template: { ttl: '720h0m0s', snapshotVolumes: true } }, weekly: { schedule: '0 3 * * 0', template: { ttl: '2160h0m0s' } } } });
    expect(valuesOf({ daily: { cron: '30 23 * * *', keep_hours: 48 }, exclude_namespaces: ['tenant-a'] }).clusterValues).toMatchObject({ schedules: { daily: { schedule: '30 23 * * *', template: { ttl: '48h0m0s', excludedNamespaces: ['tenant-a'] } } } });
  });

  it.each([['daily', '0 2 * * 1'], ['daily', '0 25 * * *'], ['daily', '@daily'], ['weekly', '0 3 * * *'], ['weekly', '0 3 * * 7'], ['weekly', '60 3 * * 0']])('refuses as time of the %s backup %j: alerts count on its period', (which, cron) => {
    expect(velero.settings.safeParse({ [which]: { cron } }).success).toBe(false);
  });

  it('is root on nodes only where somebody asks for the agent', () => {
    expect(planned('velero', prod).workload.namespaces).toEqual([{ name: 'velero', podSecurity: 'restricted' }]);
    expect(planned('velero', prod, { node_agent: true }).workload.namespaces).toEqual([{ name: 'velero', podSecurity: 'privileged' }]);
    expect(valuesOf({ node_agent: true }).clusterValues).toMatchObject({ deployNodeAgent: true, configuration: { uploaderType: 'kopia' } });
  });
});
