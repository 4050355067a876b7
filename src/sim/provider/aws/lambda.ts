import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { first, text, textMap } from '../values.ts';
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
  source: `${S}lambda/permission.go (whose id is the statement's alone; here it has the function's name before it, as the account keeps one object of an id)`, label: 'Lambda Permission', name: (a) => `${text(a['function_name']) ?? ''}/${text(a['statement_id']) ?? ''}`,
  forceNew: ['action', 'event_source_token', 'function_name', 'function_url_auth_type', 'invoked_via_function_url', 'principal', 'principal_org_id', 'qualifier', 'source_account', 'source_arn', 'statement_id', 'statement_id_prefix'],
  rules: { action: textRule(1, 100, /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/), statement_id: textRule(1, 100, /^[\w-]+$/), source_arn: arnRule, source_account: textRule(12, 12, /^\d+$/) }, conflicts: [['statement_id', 'statement_id_prefix']],
  references: [{ path: 'function_name', type: 'aws_lambda_function', fault: (v) => lambda('AddPermission', 404, 'ResourceNotFoundException', `Function not found: ${v}`) }],
  refuse: ({ planned, prior, region, account }) => {
    const rival = prior ? undefined : account.store.list('aws_lambda_permission').find((p) => p.region === region && ['function_name', 'statement_id'].every((k) => p.attributes[k] === planned[k]));
    return rival && lambda('AddPermission', 409, 'ResourceConflictException', `The statement id (${text(planned['statement_id']) ?? ''}) provided already exists. Please provide a new statement id, or remove the existing statement.`);
  },
  compute: (c) => {
    const id = text(c.planned['statement_id']) ?? `terraform-${c.hex(26)}`;
    return { id: `${text(c.planned['function_name']) ?? ''}/${id}`, statement_id: id, statement_id_prefix: '' };
  },
};

const noFunction = (operation: string) => (v: string): AwsFault => lambda(operation, 404, 'ResourceNotFoundException', `Function not found: ${v}`);

const alias: ResourceModel = {
  source: `${S}lambda/alias.go (not read; arguments from the schema, limits from memory of the API reference)`, label: 'Lambda Alias', forceNew: ['function_name', 'name'], rules: { name: textRule(1, 128, /^(?!\d+$)[\w-]+$/), description: textRule(0, 256) },
  references: [{ path: 'function_name', type: 'aws_lambda_function', fault: noFunction('CreateAlias') }],
  compute: (c) => {
    const own = arn(c, 'lambda', `function:${text(c.planned['function_name']) ?? ''}:${text(c.planned['name']) ?? ''}`);
    return { id: own, arn: own, invoke_arn: `arn:${c.account.partition}:apigateway:${c.region}:lambda:path/2015-03-31/functions/${own}/invocations` };
  },
};

const invokeConfig: ResourceModel = {
  source: `${S}lambda/function_event_invoke_config.go (not read; arguments from the schema, limits from memory of the API reference)`, label: 'Lambda Function Event Invoke Config', forceNew: ['function_name', 'qualifier'], isShared: true, name: (a) => text(a['function_name']) ?? '',
  defaults: { maximum_retry_attempts: 2 }, rules: { maximum_event_age_in_seconds: between(60, 21_600), maximum_retry_attempts: between(0, 2) },
  references: [{ path: 'function_name', type: 'aws_lambda_function', fault: noFunction('PutFunctionEventInvokeConfig') }],
  compute: (c) => ({ id: [text(c.planned['function_name']), text(c.planned['qualifier'])].filter(Boolean).join(':') }),
};

const layer: ResourceModel = {
  source: `${S}lambda/layer_version.go (not read; arguments from the schema, limits from memory of the API reference)`, label: 'Lambda Layer Version', name: (a) => text(a['layer_name']) ?? '', rules: { layer_name: textRule(1, 140, /^[\w:.-]+$/) }, exactlyOne: [['filename', 's3_bucket']],
  forceNew: ['compatible_architectures', 'compatible_runtimes', 'description', 'filename', 'layer_name', 'license_info', 's3_bucket', 's3_key', 's3_object_version', 'source_code_hash'], defaults: { skip_destroy: false },
  compute: (c) => {
    const own = arn(c, 'lambda', `layer:${text(c.planned['layer_name']) ?? ''}`);
    return { id: `${own}:1`, arn: `${own}:1`, layer_arn: own, version: '1', created_date: c.account.now(), code_sha256: text(c.planned['source_code_hash']) ?? '', source_code_hash: '', source_code_size: 1024, signing_job_arn: '', signing_profile_version_arn: '' };
  },
};

/** Lambda functions. Words of refusals are from memory of the API where no page is named. */
export const functionModels: Readonly<Record<string, ResourceModel>> = {
  aws_lambda_function: fn, aws_lambda_permission: permission, aws_lambda_alias: alias, aws_lambda_function_event_invoke_config: invokeConfig, aws_lambda_layer_version: layer,
};
