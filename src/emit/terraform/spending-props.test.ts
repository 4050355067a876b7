import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';

const render = (...environments: readonly EnvironmentSketch[]): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture(environments)), chartPins).map(({ path, text }) => [path, text]));
const spending = (budgets: Readonly<Record<string, unknown>>, more: Partial<EnvironmentSketch> = {}): string =>
  render({ tier: 'dev', clusters: 1, ...more, settings: { budgets, ...more.settings } }).get('terraform/environments/dev/spending.tf') ?? expect.fail('no spending.tf');
const plain = spending({});

describe('the budget of an environment', () => {
  it('tells of each threshold of spending, and of a forecast above all of it', () => {
    const notices = [...plain.matchAll(/notification_type += "(\w+)"\n[^}]*threshold += (\d+)\n/g)].map(([, kind, threshold]) => `${kind} ${threshold}`);
    expect(notices).toEqual(['ACTUAL 80', 'ACTUAL 95', 'ACTUAL 100', 'FORECASTED 100']);
    expect(spending({ thresholds: [50] }).match(/notification_type/g)).toHaveLength(2);
  });
  it('has the amount and currency that were configured', () => {
    expect(plain).toMatch(/limit_amount += "500"\n +limit_unit += "USD"/);
    expect(spending({ amount: 812.5, currency: 'CNY' })).toMatch(/limit_amount += "812.5"\n +limit_unit += "CNY"/);
  });
  it('mails whom alerts.emails names, ten at most, and nobody else', () => {
    expect(plain).not.toContain('subscriber_email_addresses');
    const emails = Array.from({ length: 12 }, (_, i) => `m${i}@acme.io`);
    const many = spending({}, { settings: { alerts: { emails } } });
    expect(many).toContain('"m9@acme.io"');
    expect(many).not.toContain('"m10@acme.io"');
  });
  it('counts the account, or where environments share it the tag of one', () => {
    expect(plain).toMatch(/name += "LinkedAccount"\n +values = \["111111111111"\]/);
    const shared = render({ tier: 'dev', clusters: 1 }, { tier: 'qa', clusters: 1, accountId: '111111111111' });
    expect(shared.get('terraform/environments/qa/spending.tf')).toMatch(/name += "TagKeyValue"\n +values = \["user:argoeks:environment\$qa"\]/);
  });
});

describe('the billing alarm', () => {
  it('lies in us-east-1 with a topic of that region, wherever the environment lies', () => {
    const far = spending({ billing_alarm_threshold: 77 }, { regions: ['eu-west-1'] });
    const [, alarm = ''] = far.split('resource "aws_cloudwatch_metric_alarm"');
    expect(alarm).toMatch(/region += "us-east-1"/);
    expect(alarm).toContain('["arn:aws:sns:us-east-1:111111111111:argoeks-dev-alerts"]');
    expect(alarm).toMatch(/period += 21600/);
    expect(alarm).toMatch(/threshold += 77\n/);
    expect(far).toContain('"arn:aws:sns:eu-west-1:111111111111:argoeks-dev-alerts"');
  });
});

describe('anomaly detection', () => {
  it('leaves no trace where it is off', () => {
    const off = render({ tier: 'dev', clusters: 1 });
    expect([...off.values()].some((text) => /anomaly_|:CreateAnomaly/.test(text))).toBe(false);
  });
  it('watches the services of an account, or the tag of an environment that shares one', () => {
    const on = spending({ anomaly: { enabled: true, threshold: 33 } });
    expect(on).toMatch(/monitor_type += "DIMENSIONAL"/);
    expect(on).toMatch(/values += \["33"\]/);
    const budgets = { anomaly: { enabled: true } };
    const shared = render({ tier: 'dev', clusters: 1, settings: { budgets } }, { tier: 'qa', clusters: 1, accountId: '111111111111', settings: { budgets } });
    for (const name of ['dev', 'qa']) expect(shared.get(`terraform/environments/${name}/spending.tf`)).toMatch(/monitor_type += "CUSTOM"/);
  });
  it('uses the monitor that is there already', () => {
    const arn = 'arn:aws:ce::111111111111:anomalymonitor/0f3c';
    const named = spending({ anomaly: { enabled: true, monitor_arn: arn } });
    expect(named).not.toContain('"aws_ce_anomaly_monitor"');
    expect(named).toMatch(new RegExp(`monitor_arn_list += \\["${arn}"\\]`));
  });
});
