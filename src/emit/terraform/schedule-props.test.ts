import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { scheduleSettings, upShare } from '../../config/schedule-settings.ts';
import { estimate } from '../cost/environment-cost.ts';
import { emitTerraform } from '../terraform.ts';

const plan = (schedule: Readonly<Record<string, unknown>>) => terraformPlan(platformFixture([{ tier: 'dev', clusters: 1, settings: { schedule } }]));
const render = (schedule: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> => new Map(emitTerraform(plan(schedule), chartPins).map(({ path, text }) => [path, text]));
const root = 'terraform/environments/dev/dev-mlops-cluster-01/bootstrap';

describe('working hours', () => {
  it('shrink the node group in the evening and grow it in the morning, of working days', () => {
    const text = render({ enabled: true, timezone: 'Europe/Berlin', days: ['MON', 'THU'], up: '06:05', down: '21:30' }).get(`${root}/schedule.tf`) ?? expect.fail('no schedule.tf');
    expect(text).toMatch(/"aws_scheduler_schedule" "up" \{[^]*?cron\(5 6 \? \* MON,THU \*\)"[^]*?MinSize += 1\n +DesiredSize = 2\n/);
    expect(text).toMatch(/"aws_scheduler_schedule" "down" \{[^]*?cron\(30 21 \? \* MON,THU \*\)"[^]*?MinSize += 1\n +DesiredSize = 1\n +MaxSize += 6/);
    expect(text).toContain('"Europe/Berlin"');
    expect(text).toMatch(/Action += "eks:UpdateNodegroupConfig"\n +Resource = aws_eks_node_group.system.arn/);
    expect(text).toContain('permissions_boundary = "arn:aws:iam::111111111111:policy/argoeks-boundary"');
  });
  it('are not undone by the next apply, and never add nodes', () => {
    expect(render({ enabled: true }).get(`${root}/nodes.tf`)).toContain('scaling_config[0].min_size');
    expect(render({ enabled: true, nodes: 9 }).get(`${root}/schedule.tf`)).not.toMatch(/DesiredSize = 9/);
  });
  it('leave no trace where they are off', () => {
    const off = render({});
    expect(off.has(`${root}/schedule.tf`)).toBe(false);
    expect([...off.values()].some((text) => /aws_scheduler|scheduler:|scaling_config\[0\]\.min_size/.test(text))).toBe(false);
  });
  it('are refused in prod, or where the evening comes first', () => {
    const parse = (tier: 'prod' | 'qa', schedule: unknown): boolean => scheduleSettings({ name: tier, tier, domain: 'x.y' }).safeParse(schedule).success;
    expect([parse('qa', { enabled: true }), parse('prod', { enabled: true }), parse('qa', { up: '20:00', down: '07:00' })]).toEqual([true, false, false]);
  });
  it('make nodes cheaper by the hours that they are down', () => {
    expect(upShare({ enabled: true, days: ['MON', 'MON', 'TUE'], up: '00:00', down: '12:00' })).toBeCloseTo(1 / 7);
    const instances = (schedule: Readonly<Record<string, unknown>>): number => estimate(plan(schedule))[0]?.clusters[0]?.parts.find(({ part }) => part === 'nodes')?.lines[0]?.usd ?? 0;
    expect(instances({})).toBe(280.32);
    // Two nodes by day, one by night: 65 of 168 hours count twice.
    expect(instances({ enabled: true })).toBeCloseTo(140.16 * (1 + 65 / 168), 1);
  });
});
