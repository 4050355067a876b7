import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';

const render = (settings: Readonly<Record<string, unknown>>, regions: readonly string[] = ['us-east-1', 'eu-west-1']): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture([{ tier: 'dev', clusters: 1, regions, settings }])), chartPins).map(({ path, text }) => [path, text]));
const root = 'terraform/environments/dev';
const file = (name: string, monitoring: Readonly<Record<string, unknown>>, regions?: readonly string[]): string => render({ monitoring }, regions).get(`${root}/${name}`) ?? expect.fail(`no ${name}`);
const alarms = (text: string): readonly string[] => text.split(/\n(?=\S)/).filter((block) => block.startsWith('resource "aws_cloudwatch_metric_alarm"'));
const named = (text: string, name: string): string => alarms(text).find((block) => new RegExp(`alarm_name += "${name.replaceAll('$', String.raw`\$`)}`).test(block)) ?? expect.fail(`no ${name} in ${text}`);

describe('alarms on load balancers', () => {
  it('take a full name as it is, and tell the topic of their own region', () => {
    const text = file('alarms/load-balancers.tf', { alb_alarms_secondary: [{ service: 'api', lb_full_name: 'app/api/1', elb_5xx_threshold: 7 }] });
    const alarm = named(text, 'dev-alb-api-eu-west-1-elb-5xx"');
    expect(alarm).toMatch(/region += "eu-west-1"/);
    expect(alarm).toContain('alarm_actions       = ["arn:aws:sns:eu-west-1:111111111111:argoeks-dev-alerts"]');
    expect(alarm).toMatch(/dimensions = \{\n +LoadBalancer = "app\/api\/1"/);
    expect(alarm).toMatch(/threshold += 7\n/);
    expect(alarm).toMatch(/treat_missing_data += "notBreaching"/);
    expect(text).not.toContain('data "aws_lbs"');
  });
  it('look for what fits a name or tags, and bear that nothing does', () => {
    const text = file('alarms/load-balancers.tf', { alb_alarms: [{ service: 'api', lb_name: 'k8s-api', lb_tags: { 'elbv2.k8s.aws/cluster': 'c' } }] }, ['us-east-1']);
    expect(text).toMatch(/data "aws_lbs" "api" \{\n +region += "us-east-1"\n\n +tags = \{\n +"elbv2.k8s.aws\/cluster" = "c"/);
    expect(text).toMatch(/api_load_balancer_name += "k8s-api"/);
    const alarm = named(text, 'dev-alb-api-latency-${each.key}"');
    expect(alarm).toContain('for_each = local.api_load_balancers');
    expect(alarm).toMatch(/LoadBalancer = each.value/);
  });
  it('stand in each region for the plain list, and in one for the others', () => {
    const each = file('alarms/load-balancers.tf', { alb_alarms: [{ service: 'api', lb_name: 'x' }] });
    expect(alarms(each)).toHaveLength(6);
    expect(alarms(file('alarms/load-balancers.tf', { alb_alarms_primary: [{ service: 'api', lb_name: 'x' }] }))).toHaveLength(3);
    expect(alarms(file('alarms/load-balancers.tf', { alb_alarms: [{ service: 'api', lb_full_name: 'app/x/1' }] }))).toHaveLength(3);
  });
  it('measure latency by percentile or average', () => {
    const latency = (latency_stat: string): string => named(file('alarms/load-balancers.tf', { alb_alarms: [{ service: 'api', lb_full_name: 'app/x/1', latency_stat }] }), 'dev-alb-api-latency"');
    expect(latency('p99')).toMatch(/extended_statistic += "p99"/);
    expect(latency('Average')).toMatch(/ statistic += "Average"/);
  });
  it('keep apart what is called alike', () => {
    const text = file('alarms/load-balancers.tf', { alb_alarms: [{ service: 'api', lb_full_name: 'app/x/1' }, { service: 'api', lb_full_name: 'app/y/1' }] });
    const names = [...text.matchAll(/alarm_name += "([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(names).size).toBe(6);
  });
});

describe('alarms on target groups', () => {
  const literal = { service: 'api', lb_full_name: 'app/x/1', tg_full_name: 'targetgroup/x/2' };
  it('fire above the most unhealthy and below the fewest healthy, never at them', () => {
    const text = file('alarms/target-groups.tf', { target_group_alarms: [literal] });
    const unhealthy = named(text, 'dev-tg-api-unhealthy"');
    expect(unhealthy).toMatch(/comparison_operator += "GreaterThanThreshold"/);
    expect(unhealthy).toMatch(/threshold += 0\n/);
    expect(unhealthy).toMatch(/treat_missing_data += "notBreaching"/);
    const healthy = named(text, 'dev-tg-api-healthy"');
    expect(healthy).toMatch(/comparison_operator += "LessThanThreshold"/);
    expect(healthy).toMatch(/threshold += 1\n/);
    expect(healthy).toMatch(/LoadBalancer = "app\/x\/1"\n +TargetGroup += "targetgroup\/x\/2"|TargetGroup += "targetgroup\/x\/2"\n +LoadBalancer = "app\/x\/1"/);
    expect(alarms(file('alarms/target-groups.tf', { target_group_alarms: [{ ...literal, healthy_min: 0 }] }))).toHaveLength(1);
  });
  it('look for groups by tag and name, and for the load balancer of each', () => {
    const text = file('alarms/target-groups.tf', { target_group_alarms: [{ service: 'api', tg_name: 'k8s-api', lb_tags: { a: 'b' } }] }, ['us-east-1']);
    expect(text).toMatch(/tag_filter \{\n +key += "a"\n +values = \["b"\]/);
    expect(text).toMatch(/for_each = toset\(\[for one in data.aws_resourcegroupstaggingapi_resources.api.resource_tag_mapping_list : one.resource_arn if split\("\/", one.resource_arn\)\[1\] == local.api_target_group_name\]\)/);
    expect(named(text, 'dev-tg-api-unhealthy-${each.key}"')).toMatch(/LoadBalancer = each.value.load_balancer/);
  });
});

describe('alarms on buckets', () => {
  it('switch on the metrics they look at, by name or by ARN', () => {
    for (const which of [{ bucket: 'acme-models' }, { bucket_arn: 'arn:aws:s3:::acme-models' }]) {
      const text = file('alarms/buckets.tf', { s3_alarms: [{ ...which, four_xx_rate_threshold_percent: 3 }] });
      expect(text).toMatch(/resource "aws_s3_bucket_metric" "acme_models" \{\n +region = "us-east-1"\n +name += "EntireBucket"\n +bucket = "acme-models"|resource "aws_s3_bucket_metric"[^}]*"EntireBucket"/);
      expect(named(text, 'dev-s3-acme-models-4xx-rate"')).toMatch(/statistic += "Average"\n +threshold += 0\.03/);
      expect(named(text, 'dev-s3-acme-models-5xx"')).toMatch(/FilterId += aws_s3_bucket_metric.acme_models.name/);
    }
  });
  it('find the platform\'s own by what they are for, and count the requests of each bucket once', () => {
    const own = 'argoeks-dev-thanos-111111111111-us-east-1';
    const monitoring = { s3_alarms: [{ bucket: 'thanos' }], s3_alarms_primary: [{ bucket: own, five_xx_threshold: 9 }] };
    const text = file('alarms/buckets.tf', monitoring);
    expect(text.match(/"aws_s3_bucket_metric" "\w+"/g)).toEqual(['"aws_s3_bucket_metric" "thanos"']);
    expect(text).toContain(`"${own}"`);
    expect(named(text, 'dev-s3-thanos-5xx-2"')).toMatch(/threshold += 9\n/);
    expect([...render({ monitoring })].filter(([path, body]) => !path.includes('/alarms/') && body.includes('aws_s3_bucket_metric'))).toEqual([]);
    expect(render({ monitoring }).get('terraform/account/111111111111/deploy.tf')).toMatch(new RegExp(`s3:PutMetricsConfiguration"\\n +Resource = "arn:aws:s3:::${own}"`));
  });
});

describe('alarms on web ACLs', () => {
  it('have every dimension of the metric, in each region', () => {
    const text = file('firewall-alarms.tf', { waf_alarms: [{}] });
    expect(alarms(text)).toHaveLength(2);
    expect(named(text, 'dev-argocd-waf-blocked"')).toMatch(/dimensions = \{\n +WebACL = "dev-argocd-waf"\n +Region = "us-east-1"\n +Rule += "ALL"/);
  });
});

describe('an alarm root', () => {
  it('is there only where something asks for it and no switch leaves it out', () => {
    const has = (settings: Readonly<Record<string, unknown>>): boolean => [...render(settings).keys()].some((path) => path.includes('/alarms/'));
    const lists = { alb_alarms: [{ service: 'a', lb_name: 'x' }], target_group_alarms: [{ service: 'a', tg_name: 'x' }], s3_alarms: [{ bucket: 'abc' }] };
    expect(has({})).toBe(false);
    expect(has({ features: { observability: { alb_alarms: true, tg_alarms: true, s3_alarms: true } } })).toBe(false);
    for (const [list, flag] of [['alb_alarms', 'alb_alarms'], ['target_group_alarms', 'tg_alarms'], ['s3_alarms', 's3_alarms']] as const) {
      expect(has({ monitoring: { [list]: lists[list] } }), list).toBe(true);
      expect(has({ monitoring: { [list]: lists[list] }, features: { observability: { [flag]: false } } }), list).toBe(false);
    }
    expect(render({ features: { security: { waf: false } }, monitoring: { waf_alarms: [{}] } }).has(`${root}/firewall-alarms.tf`)).toBe(false);
  });
  it('gives CI the rights it needs, and none without it', () => {
    const rights = (settings: Readonly<Record<string, unknown>>): string => render(settings).get('terraform/account/111111111111/deploy.tf') ?? '';
    expect(rights({ monitoring: { s3_alarms: [{ bucket: 'acme-models' }] } })).toMatch(/s3:PutMetricsConfiguration"\n +Resource = "arn:aws:s3:::acme-models"/);
    expect(rights({})).not.toMatch(/"RequestMetrics"|acme-models|elasticloadbalancing:Describe/);
  });
});
