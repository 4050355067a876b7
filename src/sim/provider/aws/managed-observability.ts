import { uuidOf } from '../engine/digest.ts';
import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { first, text, texts } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, jsonRule, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const fault = (service: string, operation: string, status: number, code: string, message: string): AwsFault => ({ service, operation, status, code, message });

const workspaceFault = (c: Change): AwsFault | undefined => {
  const key = text(c.planned['kms_key_arn']);
  if (!c.prior && key !== undefined && key !== '' && !c.account.store.list('aws_kms_key').some((one) => one.attributes['arn'] === key && one.region === c.region)) return fault('amp', 'CreateWorkspace', 400, 'ValidationException', `KMS key ${key} can not be used`);
  const group = text(first(c.planned['logging_configuration'])?.['log_group_arn']);
  if (group === undefined) return undefined;
  if (!group.endsWith(':*')) return fault('amp', 'CreateLoggingConfiguration', 400, 'ValidationException', 'logGroupArn must end with :*');
  return c.account.store.list('aws_cloudwatch_log_group').some((one) => `${text(one.attributes['arn']) ?? ''}:*` === group) ? undefined : fault('amp', 'CreateLoggingConfiguration', 404, 'ResourceNotFoundException', `The log group ${group} does not exist`);
};

const prometheus: ResourceModel = {
  source: `${S}amp/workspace.go; alias: AMP API reference, CreateWorkspace (1 to 100); log group: user guide, "Configuring CloudWatch Logs" (the ARN ends with :*)`, label: 'Prometheus Workspace',
  forceNew: ['kms_key_arn'], forceNewIf: (prior, planned) => ((text(prior['alias']) ?? '') !== '' && (text(planned['alias']) ?? '') === '' ? ['alias'] : []), name: (a) => text(a['alias']) ?? '',
  rules: { alias: textRule(0, 100, /^[0-9A-Za-z][-.0-9A-Z_a-z]*$/), kms_key_arn: arnRule, 'logging_configuration.log_group_arn': arnRule },
  refuse: workspaceFault,
  compute: (c) => {
    const id = text(c.planned['id']) ?? `ws-${uuidOf(c.hex(32))}`;
    return { id, arn: arn(c, 'aps', `workspace/${id}`), prometheus_endpoint: `https://aps-workspaces.${c.region}.amazonaws.com/workspaces/${id}/` };
  },
};

const grafanaFault = (c: Change): AwsFault | undefined => {
  const operation = c.prior ? 'UpdateWorkspace' : 'CreateWorkspace';
  const role = text(c.planned['role_arn']);
  if (c.planned['permission_type'] === 'CUSTOMER_MANAGED' && role === undefined) return fault('grafana', operation, 400, 'ValidationException', 'A role is required for workspaces with customer managed permissions');
  const name = text(c.planned['name']);
  const rival = c.prior || name === undefined ? undefined : c.account.store.list('aws_grafana_workspace').find((one) => one.region === c.region && one.attributes['name'] === name);
  return rival && fault('grafana', operation, 409, 'ConflictException', `Workspace with name ${name ?? ''} already exists`);
};

const grafana: ResourceModel = {
  source: `${S}grafana/workspace.go; names and enums: Managed Grafana API reference, CreateWorkspace`, label: 'Grafana Workspace', forceNew: ['authentication_providers', 'kms_key_id'],
  rules: {
    account_access_type: oneOf('CURRENT_ACCOUNT', 'ORGANIZATION'), authentication_providers: oneOf('AWS_SSO', 'SAML'), permission_type: oneOf('CUSTOMER_MANAGED', 'SERVICE_MANAGED'), configuration: jsonRule(65536), kms_key_id: arnRule, role_arn: arnRule,
    data_sources: oneOf('AMAZON_OPENSEARCH_SERVICE', 'CLOUDWATCH', 'PROMETHEUS', 'XRAY', 'TIMESTREAM', 'SITEWISE', 'ATHENA', 'REDSHIFT', 'TWINMAKER'), notification_destinations: oneOf('SNS'),
    name: textRule(1, 255, /^[\w.~-]+$/), description: textRule(0, 2048), grafana_version: textRule(1, 255, /^\d+\.\d+$/),
  },
  references: [{ path: 'role_arn', type: 'aws_iam_role', by: 'arn', anywhere: true, fault: (v) => fault('grafana', 'CreateWorkspace', 400, 'ValidationException', `The role ${v} can not be assumed`) }],
  refuse: grafanaFault,
  compute: (c) => {
    const id = text(c.planned['id']) ?? `g-${c.hex(10)}`;
    return { id, arn: arn(c, 'grafana', `/workspaces/${id}`), endpoint: `${id}.grafana-workspace.${c.region}.amazonaws.com`, configuration: '{"unifiedAlerting":{"enabled":false}}', grafana_version: '10.4', kms_key_id: '', name: id, saml_configuration_status: texts(c.planned['authentication_providers']).includes('SAML') ? 'NOT_CONFIGURED' : '' };
  },
};

const association: ResourceModel = {
  source: `${S}grafana/role_association.go; Managed Grafana API reference, UpdatePermissions`, label: 'Grafana Workspace Role Association', forceNew: ['role', 'workspace_id'], rules: { role: oneOf('ADMIN', 'EDITOR', 'VIEWER') },
  references: [{ path: 'workspace_id', type: 'aws_grafana_workspace', fault: (v) => fault('grafana', 'UpdatePermissions', 404, 'ResourceNotFoundException', `Workspace ${v} not found`) }], isShared: true,
  refuse: (c) => {
    const workspace = c.account.store.get('aws_grafana_workspace', c.region, text(c.planned['workspace_id']) ?? '');
    return workspace && !texts(workspace.attributes['authentication_providers']).includes('AWS_SSO') ? fault('grafana', 'UpdatePermissions', 400, 'ValidationException', 'Users and groups can be assigned only where the workspace uses IAM Identity Center') : undefined;
  },
  compute: (c) => ({ id: `${text(c.planned['workspace_id']) ?? ''}/${text(c.planned['role']) ?? ''}` }),
};

/** Amazon Managed Service for Prometheus and Amazon Managed Grafana. */
export const managedObservabilityModels: Readonly<Record<string, ResourceModel>> = { aws_prometheus_workspace: prometheus, aws_grafana_workspace: grafana, aws_grafana_role_association: association };
