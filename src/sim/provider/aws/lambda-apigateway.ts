import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { first, records, text, textMap } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, between, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const lambda = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'Lambda', operation, status, code, message });

/** Variables that Lambda keeps for itself. Source: Lambda developer guide, "Defined runtime environment variables". */
const reserved = new Set(['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR']);

const refuseFunction = ({ planned, prior, region, account }: Change): AwsFault | undefined => {
  const operation = prior ? 'UpdateFunctionConfiguration' : 'CreateFunction';
  const invalid = (message: string): AwsFault => lambda(operation, 400, 'InvalidParameterValueException', message);
  const name = text(planned['function_name']) ?? '';
  if (!prior && account.store.get('aws_lambda_function', region, name) !== undefined) return lambda(operation, 409, 'ResourceConflictException', `Function already exist: ${name}`);
  const role = account.store.list('aws_iam_role').find((r) => r.attributes['arn'] === planned['role']);
  if (role && !(text(role.attributes['assume_role_policy']) ?? '').includes('lambda.amazonaws.com')) return invalid('The role defined for the function cannot be assumed by Lambda.');
  const queue = text(first(planned['dead_letter_config'])?.['target_arn']);
  const allowed = account.store.list('aws_iam_role_policy').some((p) => p.attributes['role'] === role?.id && (text(p.attributes['policy']) ?? '').includes('sqs:SendMessage'));
  if (queue?.includes(':sqs:') === true && role && !allowed) return invalid('The provided execution role does not have permissions to call SendMessage on SQS');
  const variables = textMap(first(planned['environment'])?.['variables']);
  const kept = Object.keys(variables).filter((key) => reserved.has(key));
  if (kept.length > 0) return invalid(`Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${kept.join(', ')}`);
  if (Buffer.byteLength(JSON.stringify(variables)) > 4096) return invalid('Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.');
  return undefined;
};

const fn: ResourceModel = {
  source: `${S}lambda/function.go (arguments, defaults); Lambda API reference, CreateFunction (errors); sizes: Lambda quotas. The archive is not read: Terraform itself hashes it.`, label: 'Lambda Function', forceNew: ['function_name', 'package_type', 'tenancy_config'],
  defaults: { memory_size: 128, package_type: 'Zip', publish: false, reserved_concurrent_executions: -1, skip_destroy: false, timeout: 3, 'logging_config.application_log_level': '', 'logging_config.system_log_level': '', 'vpc_config.ipv6_allowed_for_dual_stack': false },
  computedBlocks: ['ephemeral_storage', 'logging_config', 'tracing_config'], exactlyOne: [['filename', 'image_uri', 's3_bucket']],
  recompute: { last_modified: ['*'], version: [], code_sha256: ['source_code_hash', 'filename'], source_code_size: ['source_code_hash', 'filename'] },
  rules: {
    function_name: textRule(1, 64, /^[\w-]+$/), handler: textRule(1, 128, /^\S+$/), architectures: oneOf('x86_64', 'arm64'), memory_size: between(128, 10240), timeout: between(1, 900), role: arnRule, kms_key_arn: arnRule,
    runtime: textRule(1, 40, /^(nodejs|java|python|dotnet|dotnetcore|go|ruby|provided)[\w.-]*$/), 'tracing_config.mode': oneOf('Active', 'PassThrough'), 'logging_config.log_format': oneOf('JSON', 'Text'), 'dead_letter_config.target_arn': arnRule, 'ephemeral_storage.size': between(512, 10240),
  },
  name: (a) => text(a['function_name']) ?? '',
  references: [
    { path: 'role', type: 'aws_iam_role', by: 'arn', fault: () => lambda('CreateFunction', 400, 'InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.') },
    { path: 'kms_key_arn', type: 'aws_kms_key', by: 'arn', fault: (v) => lambda('CreateFunction', 400, 'InvalidParameterValueException', `The KMS key ${v} is not found`) },
  ],
  refuse: refuseFunction,
  compute: (c) => {
    const name = text(c.planned['function_name']) ?? '';
    const own = arn(c, 'lambda', `function:${name}`);
    const invoke = (target: string, kind: string): string => `arn:${c.account.partition}:apigateway:${c.region}:lambda:path/2015-03-31/functions/${target}/${kind}`;
    return {
      id: name, arn: own, qualified_arn: `${own}:$LATEST`, invoke_arn: invoke(own, 'invocations'), qualified_invoke_arn: invoke(`${own}:$LATEST`, 'invocations'),
      response_streaming_invoke_arn: `arn:${c.account.partition}:apigateway:${c.region}:lambda:path/2021-11-15/functions/${own}/response-streaming-invocations`, version: '$LATEST', last_modified: c.account.now(),
      architectures: ['x86_64'], code_sha256: text(c.planned['source_code_hash']) ?? '', source_code_hash: '', source_code_size: 1024, signing_job_arn: '', signing_profile_version_arn: '',
      ephemeral_storage: [{ size: 512 }], tracing_config: [{ mode: 'PassThrough' }], logging_config: [{ application_log_level: '', log_format: 'Text', log_group: `/aws/lambda/${name}`, system_log_level: '' }],
    };
  },
};

const permission: ResourceModel = {
  source: `${S}lambda/permission.go`, label: 'Lambda Permission', name: (a) => `${text(a['function_name']) ?? ''}/${text(a['statement_id']) ?? ''}`,
  forceNew: ['action', 'event_source_token', 'function_name', 'function_url_auth_type', 'invoked_via_function_url', 'principal', 'principal_org_id', 'qualifier', 'source_account', 'source_arn', 'statement_id', 'statement_id_prefix'],
  rules: { action: textRule(1, 100, /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/), statement_id: textRule(1, 100, /^[\w-]+$/), source_arn: arnRule, source_account: textRule(12, 12, /^\d+$/) }, conflicts: [['statement_id', 'statement_id_prefix']],
  references: [{ path: 'function_name', type: 'aws_lambda_function', fault: (v) => lambda('AddPermission', 404, 'ResourceNotFoundException', `Function not found: ${v}`) }],
  refuse: ({ planned, prior, region, account }) => {
    const rival = prior ? undefined : account.store.list('aws_lambda_permission').find((p) => p.region === region && ['function_name', 'statement_id'].every((k) => p.attributes[k] === planned[k]));
    return rival && lambda('AddPermission', 409, 'ResourceConflictException', `The statement id (${text(planned['statement_id']) ?? ''}) provided already exists. Please provide a new statement id, or remove the existing statement.`);
  },
  compute: (c) => {
    const id = text(c.planned['statement_id']) ?? `terraform-${c.hex(26)}`;
    return { id: `${id}`, statement_id: id, statement_id_prefix: '' };
  },
};

const http = (operation: string, code: string, message: string, status = 400): AwsFault => ({ service: 'ApiGatewayV2', operation, status, code, message });
const noApi = (operation: string) => (v: string): AwsFault => http(operation, 'NotFoundException', `Invalid API identifier specified ${v}`, 404);
const shortId = (c: Change, length: number): string => c.letters(length).toLowerCase();
const place = (c: Change, resource: string): string => `arn:${c.account.partition}:apigateway:${c.region}::/${resource}`;

const api: ResourceModel = {
  source: `${S}apigatewayv2/api.go`, label: 'API Gateway v2 API', forceNew: ['credentials_arn', 'protocol_type', 'route_key', 'target'],
  defaults: { api_key_selection_expression: '$request.header.x-api-key', route_selection_expression: '$request.method $request.path' },
  rules: { name: textRule(1, 128), protocol_type: oneOf('HTTP', 'WEBSOCKET'), description: textRule(0, 1024), version: textRule(1, 64), ip_address_type: oneOf('ipv4', 'dualstack') },
  compute: (c) => {
    const id = text(c.planned['id']) ?? shortId(c, 10);
    return { id, arn: place(c, `apis/${id}`), api_endpoint: `https://${id}.execute-api.${c.region}.amazonaws.com`, execution_arn: arn(c, 'execute-api', id), ip_address_type: 'ipv4' };
  },
};

const integration: ResourceModel = {
  source: `${S}apigatewayv2/integration.go; 30 s for HTTP APIs: API Gateway quotas`, label: 'API Gateway v2 Integration', forceNew: ['api_id', 'integration_subtype', 'integration_type'], defaults: { connection_type: 'INTERNET', passthrough_behavior: 'WHEN_NO_MATCH', payload_format_version: '1.0' },
  rules: { integration_type: oneOf('AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK'), connection_type: oneOf('INTERNET', 'VPC_LINK'), payload_format_version: oneOf('1.0', '2.0'), timeout_milliseconds: between(50, 30_000) },
  references: [{ path: 'api_id', type: 'aws_apigatewayv2_api', fault: noApi('CreateIntegration') }],
  compute: (c) => ({ id: shortId(c, 7), integration_response_selection_expression: '', timeout_milliseconds: 30_000 }),
};

const route: ResourceModel = {
  source: `${S}apigatewayv2/route.go; form of keys: API Gateway developer guide, "Create routes for HTTP APIs"`, label: 'API Gateway v2 Route', forceNew: ['api_id'], defaults: { api_key_required: false, authorization_type: 'NONE' },
  rules: { authorization_type: oneOf('NONE', 'AWS_IAM', 'CUSTOM', 'JWT'), target: textRule(1, 128) },
  references: [{ path: 'api_id', type: 'aws_apigatewayv2_api', fault: noApi('CreateRoute') }],
  refuse: ({ planned, prior, region, account }) => {
    const owner = account.store.get('aws_apigatewayv2_api', region, text(planned['api_id']) ?? '');
    const key = text(planned['route_key']) ?? '';
    if (owner?.attributes['protocol_type'] === 'HTTP' && !/^(\$default|(ANY|GET|HEAD|OPTIONS|PATCH|POST|PUT|DELETE) \/\S*)$/.test(key)) return http('CreateRoute', 'BadRequestException', `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"`);
    const rival = prior ? undefined : account.store.list('aws_apigatewayv2_route').find((r) => r.region === region && r.attributes['api_id'] === planned['api_id'] && r.attributes['route_key'] === key);
    return rival && http('CreateRoute', 'ConflictException', `Route with key ${key} already exists for this API`, 409);
  },
  compute: (c) => ({ id: shortId(c, 7) }),
};

const stage: ResourceModel = {
  source: `${S}apigatewayv2/stage.go`, label: 'API Gateway v2 Stage', forceNew: ['api_id', 'name'], rules: { name: textRule(1, 128, /^(\$default|[\w-]+)$/), 'access_log_settings.destination_arn': arnRule, description: textRule(0, 1024) },
  defaults: { auto_deploy: false, 'default_route_settings.data_trace_enabled': false, 'default_route_settings.detailed_metrics_enabled': false, 'route_settings.data_trace_enabled': false, 'route_settings.detailed_metrics_enabled': false },
  references: [{ path: 'api_id', type: 'aws_apigatewayv2_api', fault: noApi('CreateStage') }],
  refuse: ({ planned, account, region }) => {
    const destination = text(first(planned['access_log_settings'])?.['destination_arn']);
    const isThere = destination === undefined || !destination.includes(':logs:') || account.store.list('aws_cloudwatch_log_group').some((g) => g.region === region && g.attributes['arn'] === destination.replace(/:\*$/, ''));
    return isThere ? undefined : http('CreateStage', 'BadRequestException', `Invalid ARN specified in the request. ARNs must start with 'arn:${account.partition}:' and the log group must exist: ${destination}`);
  },
  compute: (c) => {
    const name = text(c.planned['name']) ?? '';
    const id = text(c.planned['api_id']) ?? '';
    return {
      id: name, arn: place(c, `apis/${id}/stages/${name}`), deployment_id: shortId(c, 6), execution_arn: arn(c, 'execute-api', `${id}/${name}`), invoke_url: `https://${id}.execute-api.${c.region}.amazonaws.com/${name === '$default' ? '' : name}`,
      default_route_settings: records(c.planned['default_route_settings']).map((s) => ({ ...s, logging_level: text(s['logging_level']) ?? '' })),
    };
  },
};

/** Lambda functions and the HTTP APIs in front of them. */
export const functionModels: Readonly<Record<string, ResourceModel>> = {
  aws_lambda_function: fn, aws_lambda_permission: permission, aws_apigatewayv2_api: api, aws_apigatewayv2_integration: integration, aws_apigatewayv2_route: route, aws_apigatewayv2_stage: stage,
};
