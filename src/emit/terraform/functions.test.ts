import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';

const render = (settings: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture([{ tier: 'dev', clusters: 1, settings }])), chartPins).map(({ path, text }) => [path, text]));
const root = 'terraform/environments/dev';
const functionsOf = (settings: Readonly<Record<string, unknown>>): string => render(settings).get(`${root}/functions.tf`) ?? expect.fail('functions.tf was not rendered');
const hello = { name: 'hello' };

describe('functions', () => {
  const text = functionsOf({ functions: [hello] });

  it('leave no trace where there are none, or where the switch is off', () => {
    const none = render({});
    expect(render({ functions: [hello], features: { serverless: { lambda: false } } })).toEqual(none);
    expect([...none].filter(([, each]) => /lambda|aws_apigateway/i.test(each)).map(([path]) => path)).toEqual([]);
  });

  it('upload the archive of their environment, and notice when it changed', () => {
    expect(text).toMatch(/filename += "\$\{path\.module\}\/\.\.\/\.\.\/\.\.\/build\/functions\/dist\/dev\/hello\.zip"/);
    expect(text).toMatch(/source_code_hash += filebase64sha256\("\$\{path\.module\}\/\.\.\/\.\.\/\.\.\/build\/functions\/dist\/dev\/hello\.zip"\)/);
  });

  it('keep logs for 400 days with our key, failed events, and may do nothing else', () => {
    expect(text).toMatch(/name += "\/aws\/lambda\/hello"\n +kms_key_id += aws_kms_key\.functions\.arn\n +retention_in_days = 400/);
    expect(text).toMatch(/target_arn = aws_sqs_queue\.functions_failed\.arn/);
    expect([...text.matchAll(/"([a-z]+:[A-Z]\w+)"/g)].map(([, action]) => action).filter((action) => !/^(kms|sts|aws)/.test(action ?? '')).toSorted()).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'].toSorted());
    expect(text).toContain('policy/argoeks-boundary"');
  });

  it('tell the alert topic of errors, throttles and failed events', () => {
    const alarms = text.split(/\n(?=\S)/).filter((block) => block.includes('"aws_cloudwatch_metric_alarm"'));
    expect(alarms.map((block) => /alarm_name += "(.*)"/.exec(block)?.[1]).toSorted()).toEqual(['dev-mlops-fn-hello-errors', 'dev-mlops-fn-hello-throttles', 'dev-mlops-functions-failed']);
    for (const block of alarms) expect(block).toMatch(/alarm_actions += \["arn:aws:sns:us-east-1:111111111111:argoeks-dev-alerts"\]/);
  });

  it.each([
    ['runtime', 'nodejs22.x', /runtime += "nodejs22\.x"/], ['handler', 'app.main', /handler += "app\.main"/], ['memory', 512, /memory_size += 512/], ['timeout', 30, /timeout += 30/], ['architectures', ['arm64'], /architectures += \["arm64"\]/],
    ['env', { MODEL: 'a${b}' }, /MODEL"? = "a\$\$\{b\}"/], ['http_api', { enabled: true }, /authorization_type = "AWS_IAM"/],
  ] as const)('act on %s', (key, value, seen) => {
    expect(text).not.toMatch(seen);
    expect(functionsOf({ functions: [{ ...hello, [key]: value }] })).toMatch(seen);
  });

  it('are reached through an HTTP API that is throttled, logged and closed unless it is opened', () => {
    const api = functionsOf({ functions: [{ ...hello, http_api: { enabled: true, routes: ['GET /a', 'POST /b/{id}'], authorization: 'NONE' } }] });
    expect(api).toMatch(/throttling_burst_limit += 500\n +throttling_rate_limit += 1000/);
    expect(api).toMatch(/route_key += "POST \/b\/\{id\}"/);
    expect(api.match(/authorization_type = "NONE"/g)).toHaveLength(2);
    expect(api).toMatch(/destination_arn = aws_cloudwatch_log_group\.hello_api\.arn/);
    expect(api).toMatch(/source_arn += "\$\{aws_apigatewayv2_api\.hello\.execution_arn\}\/\*\/\*"/);
  });

  it('never meet in a name of Terraform', () => {
    const many = functionsOf({ functions: ['a-b', 'a_b', 'a-b-api', 'A_b'].map((name) => ({ name, http_api: { enabled: true } })) });
    const addresses = [...many.matchAll(/^resource ("\w+" "\w+")/gm)].map(([, address]) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.filter((address) => address?.startsWith('"aws_lambda_function"'))).toHaveLength(4);
  });

  it('give those who deploy rights over functions with the environment\'s tag only', () => {
    const deploy = render({ functions: [hello] }).get('terraform/account/111111111111/deploy.tf') ?? '';
    expect(deploy).toMatch(/resource "aws_iam_policy" "dev_apply_functions"/);
    expect(deploy).toMatch(/"lambda:CreateFunction",[^}]*"aws:RequestTag\/argoeks:environment" = "dev"/);
  });
});
