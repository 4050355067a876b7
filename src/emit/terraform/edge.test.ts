import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { cloudfrontSettings } from '../../config/cloudfront-settings.ts';
import type { Platform } from '../../config/platform.ts';
import { emitTerraform } from '../terraform.ts';

const rendered = (platform: Platform): ReadonlyMap<string, string> => new Map(emitTerraform(terraformPlan(platform), chartPins).map(({ path, text }) => [path, text]));
const dev = (settings: Readonly<Record<string, unknown>>, more: Partial<EnvironmentSketch> = {}): ReadonlyMap<string, string> => rendered(platformFixture([{ tier: 'dev', clusters: 1, ...more, settings }]));
const sandbox = (settings: Readonly<Record<string, unknown>> = {}): ReadonlyMap<string, string> => rendered(platformFixture([{ tier: 'sandbox', clusters: 1, settings }]));

const env = 'terraform/environments/dev';
const cluster = `${env}/dev-mlops-cluster-01/cluster`;
const file = (files: ReadonlyMap<string, string>, path: string): string => files.get(path) ?? expect.fail(`${path} was not rendered`);
/** Text of the environment's roots; the account's root holds rights whatever is on. */
const everything = (files: ReadonlyMap<string, string>): string => [...files].flatMap(([path, text]) => (path.startsWith('terraform/environments/') ? [text] : [])).join('\n');
const block = (text: string, header: string): string => text.split(/\n(?=\S)/).find((part) => part.includes(header)) ?? expect.fail(`no ${header}`);

describe('flow logs', () => {
  it('keep what was refused in dev and everything in prod, encrypted, for 400 days', () => {
    const flow = file(dev({}), `${cluster}/flow-log.tf`);
    expect(block(flow, '"aws_flow_log"')).toMatch(/traffic_type += "REJECT"/);
    expect(block(flow, '"aws_cloudwatch_log_group"')).toMatch(/kms_key_id += aws_kms_key\.data\.arn\n +retention_in_days = 400/);
    expect(block(file(dev({}), `${cluster}/cluster.tf`), '"aws_kms_key" "data"')).toContain('log-group:/aws/vpc/flow-logs/dev-mlops-cluster-01"');
    const prod = rendered(platformFixture([{ tier: 'prod', clusters: 1 }]));
    expect(file(prod, 'terraform/environments/prod/prod-mlops-cluster-01/cluster/flow-log.tf')).toMatch(/traffic_type += "ALL"/);
  });
  it('follow every key', () => {
    const flow = file(dev({ network: { flow_logs: { traffic: 'ACCEPT', retention_days: 30, interval_seconds: 60 } } }), `${cluster}/flow-log.tf`);
    expect(flow).toMatch(/retention_in_days = 30/);
    expect(flow).toMatch(/max_aggregation_interval = 60/);
    expect(flow).toMatch(/traffic_type += "ACCEPT"/);
  });
  it('trust only the flow logs of this account and region', () => {
    expect(file(dev({}), `${cluster}/flow-log.tf`)).toContain('"aws:SourceArn" = "arn:aws:ec2:us-east-1:111111111111:vpc-flow-log/*"');
  });
  it('leave no trace when off', () => {
    expect(everything(dev({ network: { flow_logs: { enabled: false } } }))).not.toMatch(/flow.log/);
  });
});

describe('endpoints', () => {
  const endpoints = (network: Readonly<Record<string, unknown>>): string => file(dev({ network }), `${cluster}/endpoints.tf`);
  const subnets = (text: string): number => text.match(/subnet_ids += \[([^\]]*)\]/)?.[1]?.match(/aws_subnet/g)?.length ?? 0;
  it('of nodes are left to the NAT gateway in dev, but for the free one of S3', () => {
    expect(endpoints({})).toContain('"aws_vpc_endpoint" "s3"');
    expect(endpoints({})).not.toMatch(/"Interface"|aws_security_group/);
  });
  it('of nodes are in all zones without a NAT gateway, or in as many as asked for', () => {
    expect([subnets(endpoints({ nat: 'none' })), subnets(endpoints({ endpoints: { for_nodes: 'all_zones' } })), subnets(endpoints({ endpoints: { for_nodes: 'one_zone' } }))]).toEqual([3, 3, 1]);
    expect(endpoints({ endpoints: { for_nodes: 'one_zone' } })).toContain('"com.amazonaws.us-east-1.ecr.dkr"');
  });
  it('that were asked for by name are made all the same', () => {
    const text = endpoints({ endpoints: { services: ['sagemaker.api'] } });
    expect(text.match(/"Interface"/g)).toHaveLength(1);
    expect(subnets(text)).toBe(3);
  });
  it('reach SageMaker and Bedrock when asked to', () => {
    expect(file(dev({}), `${cluster}/endpoints.tf`)).not.toMatch(/sagemaker|bedrock/);
    const on = file(dev({ network: { endpoints: { ml: true } } }), `${cluster}/endpoints.tf`);
    for (const service of ['sagemaker.api', 'sagemaker.runtime', 'bedrock-runtime']) expect(on).toContain(`"com.amazonaws.us-east-1.${service}"`);
  });
});

describe('web ACL', () => {
  it('stands in each region of the environment, with managed groups, a rate rule and an encrypted log, and is handed over by name and ARN', () => {
    const waf = file(rendered(platformFixture([{ tier: 'prod', clusters: 2, regions: ['us-east-1', 'eu-west-1'] }])), 'terraform/environments/prod/waf.tf');
    for (const region of ['us_east_1', 'eu_west_1']) {
      const acl = block(waf, `"aws_wafv2_web_acl" "${region}"`);
      expect(acl).toMatch(/name += "prod-argocd-waf"/);
      expect(acl).toMatch(/default_action \{\n +allow \{\}/);
      expect([...acl.matchAll(/managed_rule_group_statement \{\n +name += "(\w+)"/g)].map(([, name]) => name)).toEqual(['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet', 'AWSManagedRulesAmazonIpReputationList']);
      expect(acl).toMatch(/rate_based_statement \{\n +limit += 2000\n +evaluation_window_sec = 300/);
      expect(block(waf, `"aws_cloudwatch_log_group" "${region}"`)).toMatch(/name += "aws-waf-logs-prod-argocd-waf"\n +kms_key_id/);
      expect(block(waf, `"aws_wafv2_web_acl_logging_configuration" "${region}"`)).toContain(`resource_arn            = aws_wafv2_web_acl.${region}.arn`);
      expect(block(waf, `"aws_ssm_parameter" "web_acl_${region}"`)).toMatch(new RegExp(`name += "/argoeks/prod/edge/web-acl-arn"[^]*value += aws_wafv2_web_acl.${region}.arn`));
    }
  });
  it('follows every key', () => {
    const waf = file(dev({ edge: { waf: { managed_groups: ['AWSManagedRulesLinuxRuleSet'], count_rules: [{ group: 'AWSManagedRulesLinuxRuleSet', rule: 'LFI_HEADER' }], rate_limit: 77, rate_window_seconds: 60, log_retention_days: 30 } } }), `${env}/waf.tf`);
    expect(waf).not.toContain('CommonRuleSet');
    expect(waf).toMatch(/rule_action_override \{\n +name = "LFI_HEADER"\n\n +action_to_use \{\n +count \{\}/);
    expect(waf).toMatch(/limit += 77\n +evaluation_window_sec = 60/);
    expect(waf).toMatch(/retention_in_days = 30/);
  });
  it('leaves no trace when off, nor in a sandbox', () => {
    expect(everything(dev({ edge: { waf: { enabled: false } } }))).not.toMatch(/waf/i);
    expect(everything(sandbox())).not.toMatch(/waf/i);
    expect(everything(sandbox({ edge: { waf: { enabled: true } } }))).toContain('sandbox-argocd-waf');
  });
});

describe('certificates', () => {
  const web = { name: 'web', domain: 'acme.io', alternative_names: ['*.acme.io', 'api.acme.io'], zone_id: 'Z0123' };

  it('are proven in the public zone, once for a name and its wildcard, and published', () => {
    const text = file(dev({ edge: { certificates: [web] } }), `${env}/certificates.tf`);
    expect(text).toMatch(/web_names = \[\n +"acme\.io",\n +"\*\.acme\.io",\n +"api\.acme\.io",\n +\]/);
    expect([...text.matchAll(/"aws_route53_record" "(\w+)"/g)].map(([, name]) => name)).toEqual(['web_acme_io', 'web_api_acme_io']);
    expect(block(text, '"aws_route53_record" "web_api_acme_io"')).toContain('option.domain_name == local.web_names[2]');
    expect(block(text, '"aws_acm_certificate_validation" "web"')).toContain('aws_route53_record.web_acme_io.fqdn');
    expect(block(text, '"aws_ssm_parameter"')).toMatch(/"\/argoeks\/dev\/edge\/certificates\/web"[^]*value += aws_acm_certificate_validation\.web\.certificate_arn/);
  });
  it('of a private kind come from the CA that is named, in its region', () => {
    const arn = 'arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/0a';
    const text = file(dev({ edge: { certificates: [{ name: 'argocd', domain: 'argocd.dev.eks.local', issuer: 'private' }], private_ca: { arn } } }), `${env}/certificates.tf`);
    expect(block(text, '"aws_acm_certificate" "argocd"')).toMatch(new RegExp(`region += "eu-west-1"[^]*certificate_authority_arn += "${arn}"`));
    expect(text).not.toMatch(/validation|route53/);
  });
  it('come from the environment\'s own CA once its certificate is installed', () => {
    const files = dev({ edge: { certificates: [{ name: 'argocd', domain: 'argocd.dev.eks.local', issuer: 'private' }], private_ca: { create: true, key_algorithm: 'EC_prime256v1', validity_years: 7, common_name: 'Acme', organization: 'Acme Inc' } } });
    const ca = file(files, `${env}/private-ca.tf`);
    expect(block(ca, '"aws_acmpca_certificate_authority" "root"')).toMatch(/signing_algorithm = "SHA256WITHECDSA"[^]*common_name +=? ?= "Acme"\n +organization = "Acme Inc"/);
    expect(block(ca, '"aws_acmpca_certificate" "root"')).toMatch(/template_arn += "arn:aws:acm-pca:::template\/RootCACertificate\/V1"[^]*value = "7"/);
    expect(block(file(files, `${env}/certificates.tf`), '"aws_acm_certificate" "argocd"')).toMatch(/certificate_authority_arn += aws_acmpca_certificate_authority_certificate\.root\.certificate_authority_arn/);
  });
  it('leave no trace when absent', () => {
    expect(everything(dev({}))).not.toMatch(/aws_acm/);
  });
});

describe('CloudFront', () => {
  const said = {
    enabled: true, aliases: ['app.acme.io'], acm_cert_arn: 'web',
    origins: [{ id: 'lb', type: 'alb', domain_name: 'lb.acme.io' }, { id: 'site', type: 's3', domain_name: 'site.s3.us-east-1.amazonaws.com', origin_path: '/v1' }],
    behaviors: [
      { path_pattern: '/static/*', origin_id: 'site', function_associations: [{ event_type: 'viewer-request', function_arn: 'headers' }] },
      { is_default: true, origin_id: 'lb', allowed_methods: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] },
    ],
    functions: [{ name: 'headers', code: 'function handler(event) {\n  return event.request;\n}\n' }],
  };
  const withDistribution = (more: Readonly<Record<string, unknown>> = {}): ReadonlyMap<string, string> => {
    const platform = platformFixture([{ tier: 'dev', clusters: 1, settings: { edge: { certificates: [{ name: 'web', domain: 'acme.io', zone_id: 'Z0123' }] } } }]);
    return rendered({ ...platform, environments: platform.environments.map((one) => ({ ...one, cloudfront: cloudfrontSettings.parse({ ...said, ...more }) })) });
  };
  const text = file(withDistribution(), `${env}/cloudfront.tf`);
  const main = block(text, '"aws_cloudfront_distribution"');

  it('answers over TLS 1.2 with the environment\'s certificate, behind a web ACL of us-east-1', () => {
    expect(main).toMatch(/acm_certificate_arn += aws_acm_certificate_validation\.web\.certificate_arn/);
    expect(main).toMatch(/minimum_protocol_version = "TLSv1\.2_2021"/);
    expect(main).toMatch(/web_acl_id += aws_wafv2_web_acl\.cloudfront\.arn/);
    expect(block(text, '"aws_wafv2_web_acl" "cloudfront"')).toMatch(/region += "us-east-1"\n[^]*scope += "CLOUDFRONT"/);
  });
  it('signs what it asks of buckets, and gives each behaviour policies that fit its origin', () => {
    expect(main).toMatch(/origin_access_control_id = aws_cloudfront_origin_access_control\.buckets\.id/);
    expect(main).toMatch(/default_cache_behavior \{[^}]*cache_policy_id += data\.aws_cloudfront_cache_policy\.caching_disabled\.id[^}]*origin_request_policy_id = data\.aws_cloudfront_origin_request_policy\.all_viewer\.id/);
    expect(main).toMatch(/ordered_cache_behavior \{[^}]*cache_policy_id += data\.aws_cloudfront_cache_policy\.caching_optimized\.id[^}]*path_pattern += "\/static\/\*"/);
    expect(block(text, '"aws_cloudfront_cache_policy" "caching_optimized"')).toContain('"Managed-CachingOptimized"');
    expect(main).toMatch(/function_arn = aws_cloudfront_function\.headers\.arn/);
  });
  it('has CloudFront\'s own certificate, no web ACL and no access control where none is asked for', () => {
    const plain = file(withDistribution({ waf: false, aliases: [], acm_cert_arn: '', origins: [said.origins[0]], behaviors: [said.behaviors[1]], functions: [], price_class: 'PriceClass_All', default_root_object: 'index.html' }), `${env}/cloudfront.tf`);
    expect(plain).toMatch(/cloudfront_default_certificate = true/);
    expect(plain).toMatch(/price_class += "PriceClass_All"/);
    expect(plain).toMatch(/default_root_object += "index.html"/);
    expect(plain).not.toMatch(/wafv2|origin_access_control|aws_cloudfront_function/);
  });
  it('leaves no trace when off', () => {
    expect(everything(dev({}))).not.toMatch(/cloudfront/i);
  });
});

describe('API gateways', () => {
  const said = {
    enabled: true, log_retention_days: 30,
    http: [
      { name: 'models', routes: [{ route: 'GET /models', target: 'https://lb.acme.io/models' }, { route: 'GET /models/', target: 'https://lb.acme.io/models' }], jwt: { issuer: 'https://id.acme.io', audience: ['models'] }, burst: 7, rate: 8 },
      { name: 'jobs', routes: [{ route: '$default', target: 'https://lb.acme.io/jobs' }] },
    ],
    rest: [{ name: 'features', openapi: 'api/features.yaml' }],
  };
  const files = dev({ edge: { api_gateway: said } });
  const text = file(files, `${env}/api-gateway.tf`);

  it('let nobody in without a token or a signature', () => {
    const routes = [...text.matchAll(/resource "aws_apigatewayv2_route" "(\w+)" \{[^}]*?authorization_type += "(\w+)"/g)].map(([, name, type]) => [name, type]);
    expect(routes).toEqual([['models_get_models', 'JWT'], ['models_get_models_2', 'JWT'], ['jobs_default', 'AWS_IAM']]);
    expect(block(text, '"aws_apigatewayv2_authorizer" "models"')).toMatch(/audience = \["models"\]\n +issuer += "https:\/\/id\.acme\.io"/);
  });
  it('are throttled and logged, encrypted', () => {
    expect(block(text, '"aws_apigatewayv2_stage" "models"')).toMatch(/throttling_burst_limit += 7\n +throttling_rate_limit += 8/);
    expect(block(text, '"aws_cloudwatch_log_group" "models"')).toMatch(/"\/aws\/api-gateway\/dev-models"\n +kms_key_id += aws_kms_key\.api_logs\.arn\n +retention_in_days = 30/);
  });
  it('take REST APIs from the document, behind the web ACL, with the role of the account', () => {
    expect(block(text, '"aws_api_gateway_rest_api" "features"')).toContain('file("${path.module}/../../../api/features.yaml")');
    expect(block(text, '"aws_wafv2_web_acl_association" "features"')).toContain('aws_wafv2_web_acl.us_east_1.arn');
    expect(file(files, 'terraform/account/111111111111/api-gateway.tf')).toMatch(/"aws_api_gateway_account" "us_east_1"/);
    const open = dev({ edge: { waf: { enabled: false }, api_gateway: said } });
    expect(everything(open)).not.toContain('web_acl_association');
  });
  it('leave no trace when off, in the account neither', () => {
    const off = dev({ edge: { api_gateway: { ...said, enabled: false } } });
    expect(everything(off)).not.toMatch(/api.?gateway/i);
    expect(off.has('terraform/account/111111111111/api-gateway.tf')).toBe(false);
  });
});

describe('who deploys', () => {
  const rights = block(file(rendered(platformFixture([{ tier: 'prod', clusters: 1 }])), 'terraform/account/333333333333/deploy.tf'), '"aws_iam_policy" "prod_apply_edge"');

  it('makes what is of the environment only, and changes only records that prove names or lead to endpoints', () => {
    expect(rights).toMatch(/NormalizedRecordNames" = "_\*"/);
    expect(rights).toMatch(/RecordTypes" = "A"[^]*NormalizedRecordNames" = "\*\.prod\.eks\.internal"/);
    expect(rights).toContain('"arn:aws:wafv2:*:333333333333:regional/webacl/prod-*/*"');
    expect(rights).toMatch(/Sid += "OwnAtTheEdge"[^]*"aws:ResourceTag\/argoeks:environment" = "prod"/);
  });
});
