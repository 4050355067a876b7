import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';
import { backupProps } from './backup-props.ts';

const render = (sketch: EnvironmentSketch): ReadonlyMap<string, string> => new Map(emitTerraform(terraformPlan(platformFixture([sketch])), chartPins).map(({ path, text }) => [path, text]));
const sketch = (tier: 'dev' | 'qa' | 'prod', backup: Readonly<Record<string, unknown>> = {}, regions = ['us-east-1', 'eu-west-1']): EnvironmentSketch => ({ tier, clusters: regions.length, regions, settings: { backup } });
const textOf = (...given: Parameters<typeof sketch>): string => render(sketch(...given)).get(`terraform/environments/${given[0]}/backup.tf`) ?? expect.fail('backup.tf was not rendered');
const propsOf = (...given: Parameters<typeof sketch>) => {
  const platform = platformFixture([sketch(...given)]);
  const [environment] = platform.environments;
  return (environment && backupProps(platform, environment)) ?? expect.fail('no backups');
};
const blocks = (text: string, type: string): readonly string[] => text.split(/\n(?=\S)/).filter((block) => block.includes(`resource "${type}"`));

describe('backups', () => {
  it('are off in dev without a trace, and on in qa and prod', () => {
    expect([...render(sketch('dev'))].filter(([, text]) => /aws_backup|"backup:/.test(text)).map(([path]) => path)).toEqual([]);
    expect(render(sketch('qa', { enabled: false })).has('terraform/environments/qa/backup.tf')).toBe(false);
    expect(render(sketch('dev', { enabled: true })).has('terraform/environments/dev/backup.tf')).toBe(true);
  });

  it('take what is tagged for them and belongs to the environment, and no nodes', () => {
    const [daily = ''] = blocks(textOf('prod'), 'aws_backup_selection');
    expect(daily).toMatch(/key += "aws:ResourceTag\/BackupPolicy"\n +value += "daily"/);
    expect(daily).toMatch(/key += "aws:ResourceTag\/argoeks:environment"\n +value += "prod"/);
    expect(daily).not.toMatch(/resources += \["\*"\]|:ec2:/);
  });

  it('are kept for 35, 90 and in prod 400 days, in both regions, each copied to the other', () => {
    const text = textOf('prod');
    expect([...new Set([...text.matchAll(/delete_after += (\d+)/g)].map(([, days]) => Number(days)))].toSorted((a, b) => a - b)).toEqual([35, 90, 400]);
    expect(text.match(/destination_vault_arn += aws_backup_vault\.eu_west_1\.arn/g)).toHaveLength(5);
    expect(text.match(/destination_vault_arn += aws_backup_vault\.us_east_1\.arn/g)).toHaveLength(5);
    expect(textOf('qa')).not.toMatch(/delete_after += 400|copy_action|vault_lock|vault_policy/);
  });

  it('are copied to a region where the environment has nothing else, if that is named, and to none without one', () => {
    const text = textOf('prod', { copy_region: 'us-west-2' }, ['us-east-1']);
    expect(blocks(text, 'aws_backup_vault')).toHaveLength(2);
    expect(blocks(text, 'aws_kms_key').map((block) => /region += "(.*)"/.exec(block)?.[1]).toSorted()).toEqual(['us-east-1', 'us-west-2']);
    expect(blocks(text, 'aws_backup_plan').every((block) => /region += "us-east-1"/.test(block))).toBe(true);
    expect(textOf('prod', {}, ['us-east-1'])).not.toContain('copy_action');
    expect(textOf('prod', { copy: false })).not.toContain('copy_action');
  });

  it('cannot be deleted early in prod, by a policy and a lock that fits what is kept', () => {
    expect(textOf('prod')).toMatch(/min_retention_days = 35/);
    expect(textOf('prod')).toMatch(/max_retention_days = 400/);
    expect(textOf('prod')).not.toContain('changeable_for_days');
    expect(textOf('prod', { lock: 'compliance', lock_after_days: 9 })).toMatch(/changeable_for_days = 9/);
    expect(textOf('prod', { lock: 'off' })).not.toContain('vault_lock');
    expect(textOf('prod')).toContain('"backup:DeleteRecoveryPoint"');
    expect(textOf('prod')).toMatch(/force_destroy = false/);
    expect(textOf('qa')).toMatch(/force_destroy = true/);
  });

  it('tell the alert topic of their region when they fail', () => {
    const targets = blocks(textOf('prod'), 'aws_cloudwatch_event_target').map((block) => /arn += "(.*)"/.exec(block)?.[1]);
    expect(targets.toSorted()).toEqual(['arn:aws:sns:eu-west-1:333333333333:argoeks-prod-alerts', 'arn:aws:sns:us-east-1:333333333333:argoeks-prod-alerts']);
    expect(textOf('prod')).toContain('"$or" = [');
  });

  it.each([
    ['kinds', ['s3'], /"arn:aws:s3:::\*"/], ['daily_days', 20, /delete_after += 20\b/], ['weekly_days', 60, /delete_after += 60\b/], ['monthly_days', 500, /delete_after += 500\b/],
  ] as const)('act on %s', (key, value, seen) => {
    expect(textOf('prod')).not.toMatch(seen);
    expect(textOf('prod', { [key]: value })).toMatch(seen);
  });

  it('have rights for those who deploy, and none to lose a backup in prod', () => {
    const deploy = render(sketch('prod')).get('terraform/account/333333333333/deploy.tf') ?? '';
    expect(deploy).toContain('backup-vault:prod-mlops-backup"');
    expect(deploy).not.toContain('backup:DeleteRecoveryPoint');
    expect(render(sketch('qa')).get('terraform/account/222222222222/deploy.tf')).toContain('backup:DeleteRecoveryPoint');
  });

  it('never fall outside the lock of their vault, and a copy has a vault, whatever is configured', () => {
    const day = fc.integer({ min: 1, max: 3000 });
    fc.assert(fc.property(day, day, day, fc.boolean(), fc.constantFrom('us-west-2', 'eu-west-1', 'us-east-1'), (a, b, c, hasMonthly, copy_region) => {
      const [daily_days = 1, weekly_days = 1, monthly = 1] = [a, b, c].toSorted((x, y) => x - y);
      const { lock, regions } = propsOf('prod', { daily_days, weekly_days, monthly_days: hasMonthly ? monthly : 0, copy_region });
      for (const { plans, copyTo } of Object.values(regions)) {
        for (const id of Object.keys(copyTo ?? {})) expect(Object.keys(regions)).toContain(id);
        for (const { rules } of Object.values(plans)) for (const { keepDays } of rules) {
          expect(keepDays).toBeGreaterThanOrEqual(lock?.leastDays ?? Infinity);
          expect(keepDays).toBeLessThanOrEqual(lock?.mostDays ?? 0);
        }
      }
    }), { numRuns: 50 });
  });
});
