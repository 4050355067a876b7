import type { Change, Reference, ResourceModel } from '../engine/model.ts';
import type { AwsFault, ProviderProblem } from '../problem.ts';
import { first, records, text } from '../values.ts';
import type { Attributes } from '../values.ts';
import { arnRule, between, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const fault = (service: string, operation: string, status: number, code: string, message: string): AwsFault => ({ service, operation, status, code, message });
const id10 = (c: Change, salt?: string): string => text(c.planned['id']) ?? c.letters(10, salt).toLowerCase();
const path = (c: Change, resource: string): string => `arn:${c.account.partition}:apigateway:${c.region}::/${resource}`;
const execute = (c: Change, resource: string): string => `arn:${c.account.partition}:execute-api:${c.region}:${c.account.accountId}:${resource}`;
const host = (c: Change, api: string): string => `${api}.execute-api.${c.region}.amazonaws.com`;
const ofApi: Reference = { path: 'api_id', type: 'aws_apigatewayv2_api', fault: (v) => fault('API Gateway v2', 'GetApi', 404, 'NotFoundException', `Invalid API identifier specified ${v}`) };
const ofRest: Reference = { path: 'rest_api_id', type: 'aws_api_gateway_rest_api', fault: (v) => fault('API Gateway', 'GetRestApi', 404, 'NotFoundException', `Invalid API identifier specified ${v}`) };

const httpApi: ResourceModel = {
  source: `${S}apigatewayv2/api.go`, label: 'API Gateway v2 API', forceNew: ['credentials_arn', 'protocol_type', 'route_key', 'target'],
  defaults: { api_key_selection_expression: '$request.header.x-api-key', route_selection_expression: '$request.method $request.path' },
  rules: { name: textRule(1, 128), description: textRule(0, 1024), version: textRule(1, 64), protocol_type: oneOf('HTTP', 'WEBSOCKET'), credentials_arn: arnRule },
  compute: (c) => {
    const id = id10(c);
    return { id, arn: path(c, `apis/${id}`), api_endpoint: `https://${host(c, id)}`, execution_arn: execute(c, id), ip_address_type: 'ipv4' };
  },
};

const authorizer: ResourceModel = {
  source: `${S}apigatewayv2/authorizer.go (read in the provider's documentation only); API Gateway v2 API reference, CreateAuthorizer`, label: 'API Gateway v2 Authorizer', forceNew: ['api_id'], rules: { name: textRule(1, 128), authorizer_type: oneOf('JWT', 'REQUEST') }, references: [ofApi],
  validate: (config): readonly ProviderProblem[] => (config['authorizer_type'] === 'JWT' && first(config['jwt_configuration']) === undefined ? [{ severity: 'error', summary: 'BadRequestException: a JWT authorizer needs issuer and audience', detail: '', path: ['jwt_configuration'] }] : []),
  compute: (c) => ({ id: id10(c), authorizer_result_ttl_in_seconds: 0 }),
};

const integration: ResourceModel = {
  source: `${S}apigatewayv2/integration.go`, label: 'API Gateway v2 Integration', forceNew: ['api_id', 'integration_subtype', 'integration_type'], defaults: { connection_type: 'INTERNET', passthrough_behavior: 'WHEN_NO_MATCH', payload_format_version: '1.0' }, references: [ofApi],
  rules: { connection_id: textRule(1, 1024), connection_type: oneOf('INTERNET', 'VPC_LINK'), integration_type: oneOf('AWS', 'HTTP', 'MOCK', 'HTTP_PROXY', 'AWS_PROXY'), payload_format_version: oneOf('1.0', '2.0'), integration_method: oneOf('ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'), credentials_arn: arnRule },
  compute: (c) => ({ id: id10(c), integration_response_selection_expression: '', timeout_milliseconds: 30_000 }),
  blockers: (o, { store }) => {
    const user = store.list('aws_apigatewayv2_route').find((r) => r.attributes['api_id'] === o.attributes['api_id'] && r.attributes['target'] === `integrations/${o.id}`);
    return user && fault('API Gateway v2', 'DeleteIntegration', 409, 'ConflictException', `Cannot delete Integration '${o.id}' - referenced by Route '${user.id}'.`);
  },
};

const route: ResourceModel = {
  source: `${S}apigatewayv2/route.go (read in the provider's documentation only); API Gateway v2 API reference, CreateRoute`, label: 'API Gateway v2 Route', forceNew: ['api_id'], defaults: { api_key_required: false, authorization_type: 'NONE' }, references: [ofApi],
  rules: { authorization_type: oneOf('NONE', 'AWS_IAM', 'CUSTOM', 'JWT'), target: textRule(1, 128), route_key: (v) => (typeof v !== 'string' || /^(\$(default|connect|disconnect)|(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) \/\S*|[\w-]+)$/.test(v) ? undefined : `BadRequestException: The provided route key is not formatted properly for HTTP protocol: ${v}`) },
  refuse: (c) => {
    const { planned, account } = c;
    if (planned['authorization_type'] === 'JWT' && text(planned['authorizer_id']) === undefined) return fault('API Gateway v2', 'CreateRoute', 400, 'BadRequestException', 'AuthorizerId is required when AuthorizationType is JWT');
    const rival = account.store.list('aws_apigatewayv2_route').find((r) => r.id !== planned['id'] && r.attributes['api_id'] === planned['api_id'] && r.attributes['route_key'] === planned['route_key']);
    return rival && fault('API Gateway v2', 'CreateRoute', 409, 'ConflictException', `Route with key ${text(planned['route_key']) ?? ''} already exists for this API`);
  },
  compute: (c) => ({ id: id10(c) }),
};

const stage: ResourceModel = {
  source: `${S}apigatewayv2/stage.go (whose id is the stage's name alone; here it has the API's before it, as the account keeps one object of an id)`, label: 'API Gateway v2 Stage', forceNew: ['api_id', 'name'], references: [ofApi], computedBlocks: ['default_route_settings'],
  defaults: { auto_deploy: false, 'default_route_settings.data_trace_enabled': false, 'default_route_settings.detailed_metrics_enabled': false, 'route_settings.data_trace_enabled': false, 'route_settings.detailed_metrics_enabled': false },
  rules: { name: textRule(1, 128, /^(\$default|[\w-]+)$/), description: textRule(0, 1024), 'access_log_settings.destination_arn': arnRule, 'default_route_settings.logging_level': oneOf('ERROR', 'INFO', 'OFF') },
  compute: (c) => {
    const [api, name] = [text(c.planned['api_id']) ?? '', text(c.planned['name']) ?? ''];
    return { id: `${api}/${name}`, arn: path(c, `apis/${api}/stages/${name}`), deployment_id: '', execution_arn: execute(c, `${api}/${name}`), invoke_url: `https://${host(c, api)}/${name === '$default' ? '' : name}`, default_route_settings: records(c.planned['default_route_settings']).map(() => ({ logging_level: '' })) };
  },
};

const asText = (v: Attributes[string]): string => (typeof v === 'string' ? v : '');

const restApi: ResourceModel = {
  source: `${S}apigateway/rest_api.go (forceNew and defaults read in the provider's documentation only); API Gateway API reference, CreateRestApi`, label: 'API Gateway REST API', computedBlocks: ['endpoint_configuration'],
  rules: { name: textRule(1, 1024), put_rest_api_mode: oneOf('merge', 'overwrite'), minimum_compression_size: (v) => between(-1, 10_485_760)(typeof v === 'string' ? Number(v) : v), 'endpoint_configuration.types': oneOf('EDGE', 'REGIONAL', 'PRIVATE'),
    body: (v) => (asText(v).trim() === '' || /"?(openapi|swagger)"?\s*:/.test(asText(v)) ? undefined : 'BadRequestException: Invalid OpenAPI input: neither "openapi" nor "swagger" stands in it') },
  compute: (c) => {
    const id = id10(c);
    return { id, arn: path(c, `restapis/${id}`), execution_arn: execute(c, id), root_resource_id: c.letters(10, 'root').toLowerCase(), created_date: c.account.now(), api_key_source: 'HEADER', binary_media_types: [], description: '', disable_execute_api_endpoint: false, minimum_compression_size: '', policy: '', security_policy: '', endpoint_configuration: [{ types: ['EDGE'], ip_address_type: 'ipv4', vpc_endpoint_ids: [] }] };
  },
};

const deployment: ResourceModel = {
  source: `${S}apigateway/deployment.go`, label: 'API Gateway Deployment', forceNew: ['rest_api_id', 'triggers', 'variables'], references: [ofRest],
  compute: (c) => ({ id: text(c.planned['id']) ?? c.letters(6, JSON.stringify(c.planned['triggers'] ?? null)).toLowerCase(), created_date: c.account.now() }),
  blockers: (o, { store }) => {
    const user = store.list('aws_api_gateway_stage').find((s) => s.attributes['rest_api_id'] === o.attributes['rest_api_id'] && s.attributes['deployment_id'] === o.id);
    return user && fault('API Gateway', 'DeleteDeployment', 400, 'BadRequestException', 'Active stages pointing to this deployment must be moved or deleted');
  },
};

const restStage: ResourceModel = {
  source: `${S}apigateway/stage.go; API Gateway developer guide, "Set up CloudWatch logging" (access logs need the account's CloudWatch role)`, label: 'API Gateway Stage', forceNew: ['rest_api_id', 'stage_name'], references: [ofRest],
  rules: { stage_name: textRule(1, 128, /^\w+$/), 'access_log_settings.destination_arn': arnRule },
  refuse: (c) => {
    const wantsLogs = first(c.planned['access_log_settings']) !== undefined;
    const hasRole = c.account.store.list('aws_api_gateway_account').some((o) => o.region === c.region && (text(o.attributes['cloudwatch_role_arn']) ?? '') !== '');
    return wantsLogs && !hasRole ? fault('API Gateway', 'UpdateStage', 400, 'BadRequestException', 'CloudWatch Logs role ARN must be set in account settings to enable logging') : undefined;
  },
  compute: (c) => {
    const [api, name] = [text(c.planned['rest_api_id']) ?? '', text(c.planned['stage_name']) ?? ''];
    return { id: `ags-${api}-${name}`, arn: path(c, `restapis/${api}/stages/${name}`), execution_arn: execute(c, `${api}/${name}`), invoke_url: `https://${host(c, api)}/${name}`, web_acl_arn: '' };
  },
};

const methodSettings: ResourceModel = {
  source: `${S}apigateway/method_settings.go (read in the provider's documentation only)`, label: 'API Gateway Method Settings', forceNew: ['method_path', 'rest_api_id', 'stage_name'], isShared: true, references: [ofRest],
  defaults: { 'settings.throttling_burst_limit': -1, 'settings.throttling_rate_limit': -1 }, rules: { 'settings.logging_level': oneOf('OFF', 'ERROR', 'INFO') },
  compute: (c) => ({ id: `${text(c.planned['rest_api_id']) ?? ''}-${text(c.planned['stage_name']) ?? ''}-${text(c.planned['method_path']) ?? ''}` }),
};

const account: ResourceModel = {
  source: `${S}apigateway/account.go (read in the provider's documentation only)`, label: 'API Gateway Account', isShared: true, rules: { cloudwatch_role_arn: arnRule },
  compute: () => ({ id: 'api-gateway-account', api_key_version: '4', cloudwatch_role_arn: '', features: ['UsagePlans'], throttle_settings: [{ burst_limit: 5000, rate_limit: 10_000 }] }),
};

/** HTTP and REST APIs. */
export const apiGatewayModels: Readonly<Record<string, ResourceModel>> = {
  aws_apigatewayv2_api: httpApi, aws_apigatewayv2_authorizer: authorizer, aws_apigatewayv2_integration: integration, aws_apigatewayv2_route: route, aws_apigatewayv2_stage: stage,
  aws_api_gateway_rest_api: restApi, aws_api_gateway_deployment: deployment, aws_api_gateway_stage: restStage, aws_api_gateway_method_settings: methodSettings, aws_api_gateway_account: account,
};
