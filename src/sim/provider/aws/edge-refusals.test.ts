import { describe, expect, test } from 'vitest';
import { simAccount } from '../../../../test/fixtures/sim-account.ts';
import { conformBlock } from '../schema/conform.ts';
import { loadSchema } from '../schema/schema-json.ts';
import type { Attributes } from '../values.ts';

const schema = loadSchema('aws');

/** An empty account, where `replan` gives what a change would plan. */
function account() {
  const { store, engine, make, drop } = simAccount();
  const replan = (type: string, given: Attributes, prior: Attributes): Attributes => {
    const config = conformBlock(schema.resources[type]?.block ?? {}, given);
    return engine.plan(type, config, config, prior).planned;
  };
  return { store, make, drop, replan };
}

const seen = [{ cloudwatch_metrics_enabled: true, metric_name: 'm', sampled_requests_enabled: true }];
const acl = (more: Attributes = {}): Attributes => ({ name: 'dev-argocd-waf', scope: 'REGIONAL', default_action: [{ allow: [{}] }], visibility_config: seen, ...more });
const rate = (name: string, priority: number, limit: number): Attributes => ({ name, priority, action: [{ block: [{}] }], visibility_config: seen, statement: [{ rate_based_statement: [{ limit }] }] });
const arnOf = (object: Attributes): string => String(object['arn']);

describe('what WAF refuses', () => {
  test('scopes, names, priorities and limits it does not take', async () => {
    const { make } = account();
    await expect(make('aws_wafv2_web_acl', acl({ scope: 'CLOUDFRONT', region: 'eu-west-1' }))).rejects.toThrow('The scope is not valid');
    await expect(make('aws_wafv2_web_acl', acl({ name: 'with space' }))).rejects.toThrow('invalid value');
    await expect(make('aws_wafv2_web_acl', acl({ rule: [rate('a', 1, 100), rate('b', 1, 100)] }))).rejects.toThrow('same priority');
    await expect(make('aws_wafv2_web_acl', acl({ rule: [rate('a', 1, 5)] }))).rejects.toThrow('10 - 2000000000');
    await make('aws_wafv2_web_acl', acl());
    await expect(make('aws_wafv2_web_acl', acl())).rejects.toThrow('WAFDuplicateItemException');
  });
  test('logs elsewhere than in a group whose name begins with aws-waf-logs-', async () => {
    const { make } = account();
    const { arn = null } = await make('aws_wafv2_web_acl', acl());
    const log = (name: string): Attributes => ({ resource_arn: arn, log_destination_configs: [`arn:aws:logs:us-east-1:111122223333:log-group:${name}`] });
    await expect(make('aws_wafv2_web_acl_logging_configuration', log('/aws/waf/dev'))).rejects.toThrow('The ARN isn\'t valid');
    await make('aws_wafv2_web_acl_logging_configuration', log('aws-waf-logs-dev'));
  });
  test('to lose an ACL that is in use, and to be associated with a distribution', async () => {
    const { make, drop } = account();
    const made = await make('aws_wafv2_web_acl', acl());
    await expect(make('aws_wafv2_web_acl_association', { web_acl_arn: arnOf(made), resource_arn: 'arn:aws:cloudfront::111122223333:distribution/E1' })).rejects.toThrow('names its web ACL itself');
    const used = await make('aws_wafv2_web_acl_association', { web_acl_arn: arnOf(made), resource_arn: 'arn:aws:apigateway:us-east-1::/restapis/a/stages/live' });
    await expect(drop('aws_wafv2_web_acl', made)).rejects.toThrow('WAFAssociatedItemException');
    await drop('aws_wafv2_web_acl_association', used);
    await drop('aws_wafv2_web_acl', made);
  });
});

describe('what certificates need', () => {
  test('a way to be proven or issued', async () => {
    const { make } = account();
    await expect(make('aws_acm_certificate', { domain_name: 'acme.io' })).rejects.toThrow('must be set when creating an ACM certificate');
    await expect(make('aws_acm_certificate', { domain_name: 'acme.io.', validation_method: 'DNS' })).rejects.toThrow('cannot end with a period');
    const made = await make('aws_acm_certificate', { domain_name: 'acme.io', subject_alternative_names: ['acme.io', '*.acme.io', 'api.acme.io'], validation_method: 'DNS' });
    const options = made['domain_validation_options'] as readonly Attributes[];
    const records = options.map((option) => String(option['resource_record_name']));
    expect(new Set(records).size).toBe(2);
    const validate = (fqdns: readonly string[]): Promise<Attributes> => make('aws_acm_certificate_validation', { certificate_arn: arnOf(made), validation_record_fqdns: fqdns });
    await expect(validate(records.slice(0, 1))).rejects.toThrow('DNS validation record');
    await validate(records);
  });
  test('a CA whose certificate is installed and whose algorithms fit', async () => {
    const { make } = account();
    const ca = (signing: string): Attributes => ({ type: 'ROOT', certificate_authority_configuration: [{ key_algorithm: 'RSA_4096', signing_algorithm: signing, subject: [{ common_name: 'x' }] }] });
    await expect(make('aws_acmpca_certificate_authority', ca('SHA256WITHECDSA'))).rejects.toThrow('does not match the key algorithm');
    await expect(make('aws_acmpca_certificate_authority', { ...ca('SHA256WITHRSA'), permanent_deletion_time_in_days: 3 })).rejects.toThrow('7 - 30');
    const made = await make('aws_acmpca_certificate_authority', ca('SHA256WITHRSA'));
    const leaf: Attributes = { domain_name: 'a.internal', certificate_authority_arn: arnOf(made) };
    await expect(make('aws_acm_certificate', leaf)).rejects.toThrow('it has no certificate');
    await make('aws_acmpca_certificate_authority_certificate', { certificate_authority_arn: arnOf(made), certificate: 'pem' });
    expect(await make('aws_acm_certificate', leaf)).toMatchObject({ type: 'PRIVATE', status: 'ISSUED' });
  });
});

describe('what CloudFront refuses', () => {
  const distribution = (more: Attributes = {}): Attributes => ({
    enabled: true, origin: [{ origin_id: 'lb', domain_name: 'lb.acme.io', custom_origin_config: [{ http_port: 80, https_port: 443, origin_protocol_policy: 'https-only', origin_ssl_protocols: ['TLSv1.2'] }] }],
    default_cache_behavior: [{ target_origin_id: 'lb', viewer_protocol_policy: 'https-only', allowed_methods: ['GET', 'HEAD'], cached_methods: ['GET', 'HEAD'], cache_policy_id: 'x' }],
    restrictions: [{ geo_restriction: [{ restriction_type: 'none' }] }], viewer_certificate: [{ cloudfront_default_certificate: true }], ...more,
  });
  test('origins that are none, behaviours without a policy, certificates of other regions, aliases without one', async () => {
    const { make } = account();
    const behaviour = (more: Attributes): Attributes => ({ target_origin_id: 'lb', viewer_protocol_policy: 'https-only', allowed_methods: ['GET', 'HEAD'], cached_methods: ['GET', 'HEAD'], ...more });
    await expect(make('aws_cloudfront_distribution', distribution({ default_cache_behavior: [behaviour({ target_origin_id: 'gone', cache_policy_id: 'x' })] }))).rejects.toThrow('NoSuchOrigin');
    await expect(make('aws_cloudfront_distribution', distribution({ default_cache_behavior: [behaviour({})] }))).rejects.toThrow('needs a cache policy');
    await expect(make('aws_cloudfront_distribution', distribution({ aliases: ['app.acme.io'] }))).rejects.toThrow('InvalidViewerCertificate');
    await expect(make('aws_cloudfront_distribution', distribution({ viewer_certificate: [{ acm_certificate_arn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a', ssl_support_method: 'sni-only' }] }))).rejects.toThrow('isn\'t in us-east-1');
    await expect(make('aws_cloudfront_distribution', distribution({ web_acl_id: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/none/1' }))).rejects.toThrow('InvalidWebACLId');
  });
  test('to lose functions in use; and a second plan finds the origins of the first again', async () => {
    const { make, drop, replan } = account();
    const fn = await make('aws_cloudfront_function', { name: 'f', runtime: 'cloudfront-js-2.0', code: 'function handler(e) { return e.request }' });
    const config = distribution({ default_cache_behavior: [{ target_origin_id: 'lb', viewer_protocol_policy: 'https-only', allowed_methods: ['GET', 'HEAD'], cached_methods: ['GET', 'HEAD'], cache_policy_id: 'x', function_association: [{ event_type: 'viewer-request', function_arn: arnOf(fn) }] }] });
    const made = await make('aws_cloudfront_distribution', config);
    expect(replan('aws_cloudfront_distribution', config, made)).toEqual(made);
    await expect(drop('aws_cloudfront_function', fn)).rejects.toThrow('FunctionInUse');
    await drop('aws_cloudfront_distribution', made);
    await drop('aws_cloudfront_function', fn);
  });
});

describe('what API Gateway refuses', () => {
  test('routes of a wrong form, twice, or without the authorizer they ask for', async () => {
    const { make } = account();
    const { id = null } = await make('aws_apigatewayv2_api', { name: 'a', protocol_type: 'HTTP' });
    await expect(make('aws_apigatewayv2_route', { api_id: id, route_key: 'FETCH /x' })).rejects.toThrow('not formatted properly');
    await expect(make('aws_apigatewayv2_route', { api_id: id, route_key: 'GET /x', authorization_type: 'JWT' })).rejects.toThrow('AuthorizerId is required');
    await make('aws_apigatewayv2_route', { api_id: id, route_key: 'GET /x' });
    await expect(make('aws_apigatewayv2_route', { api_id: id, route_key: 'GET /x' })).rejects.toThrow('already exists');
    await expect(make('aws_apigatewayv2_route', { api_id: 'none', route_key: 'GET /x' })).rejects.toThrow('Invalid API identifier');
  });
  test('access logs of REST stages before the account has its role', async () => {
    const { make } = account();
    const { id = null } = await make('aws_api_gateway_rest_api', { name: 'a', body: '{"openapi":"3.0.1"}' });
    const { id: deployment = null } = await make('aws_api_gateway_deployment', { rest_api_id: id });
    const stage: Attributes = { rest_api_id: id, deployment_id: deployment, stage_name: 'live', access_log_settings: [{ destination_arn: 'arn:aws:logs:us-east-1:111122223333:log-group:x', format: '$context.requestId' }] };
    await expect(make('aws_api_gateway_stage', stage)).rejects.toThrow('CloudWatch Logs role ARN must be set');
    await make('aws_api_gateway_account', { cloudwatch_role_arn: 'arn:aws:iam::111122223333:role/api' });
    await make('aws_api_gateway_stage', stage);
    await expect(make('aws_api_gateway_rest_api', { name: 'b', body: 'paths: {}' })).rejects.toThrow('Invalid OpenAPI input');
  });
});

describe('what joins networks', () => {
  test('a gateway with attachments stays; a VPC is attached and associated once; routes lead to what was accepted', async () => {
    const { make, drop } = account();
    const vpc = await make('aws_vpc', { cidr_block: '10.0.0.0/16' });
    const subnet = await make('aws_subnet', { vpc_id: vpc['id'] ?? null, cidr_block: '10.0.0.0/24', availability_zone: 'us-east-1a' });
    const twin = await make('aws_subnet', { vpc_id: vpc['id'] ?? null, cidr_block: '10.0.1.0/24', availability_zone: 'us-east-1a' });
    const gateway = await make('aws_ec2_transit_gateway', {});
    const attach = (subnets: readonly Attributes[]): Promise<Attributes> => make('aws_ec2_transit_gateway_vpc_attachment', { transit_gateway_id: gateway['id'] ?? null, vpc_id: vpc['id'] ?? null, subnet_ids: subnets.map((one) => one['id'] ?? null) });
    await expect(attach([subnet, twin])).rejects.toThrow('Duplicate Subnets for same AZ');
    const attached = await attach([subnet]);
    await expect(attach([subnet])).rejects.toThrow('DuplicateTransitGatewayAttachment');
    await expect(drop('aws_ec2_transit_gateway', gateway)).rejects.toThrow('non-deleted attachments');
    const route = (target: Attributes | string): Attributes => ({ transit_gateway_route_table_id: gateway['association_default_route_table_id'] ?? null, destination_cidr_block: '10.1.0.0/16', transit_gateway_attachment_id: typeof target === 'string' ? target : (target['id'] ?? null) });
    await expect(make('aws_ec2_transit_gateway_route', route('tgw-attach-none'))).rejects.toThrow('invalid state');
    await make('aws_ec2_transit_gateway_route', route(attached));
    const network = await make('aws_vpclattice_service_network', { name: 'dev-services' });
    const associate = (): Promise<Attributes> => make('aws_vpclattice_service_network_vpc_association', { service_network_identifier: network['id'] ?? null, vpc_identifier: vpc['id'] ?? null });
    await associate();
    await expect(associate()).rejects.toThrow('already associated');
    await expect(drop('aws_vpclattice_service_network', network)).rejects.toThrow('has VPC associations');
    await expect(make('aws_vpclattice_service_network', { name: 'Upper' })).rejects.toThrow('invalid value');
  });
  test('an endpoint service has load balancers of its own region', async () => {
    const { make } = account();
    const service = (region: string): Promise<Attributes> => make('aws_vpc_endpoint_service', { acceptance_required: true, network_load_balancer_arns: [`arn:aws:elasticloadbalancing:${region}:111122223333:loadbalancer/net/a/1`] });
    await expect(service('eu-west-1')).rejects.toThrow('Invalid load balancer ARN');
    expect(String((await service('us-east-1'))['service_name'])).toMatch(/^com\.amazonaws\.vpce\.us-east-1\.vpce-svc-/);
  });
});
