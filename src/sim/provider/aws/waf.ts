import { uuidOf } from '../engine/digest.ts';
import type { ResourceModel } from '../engine/model.ts';
import type { AwsFault, ProviderProblem } from '../problem.ts';
import { records, text, texts, valuesAt } from '../values.ts';
import type { Attributes } from '../values.ts';
import { arnRule, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/wafv2/';
const waf = (operation: string, code: string, message: string): AwsFault => ({ service: 'WAFV2', operation, status: 400, code, message });
const NAMES: readonly string[] = ['name', 'name_prefix'];

const ruleProblems = (config: Attributes): readonly ProviderProblem[] => {
  const rules = records(config['rule']);
  const priorities = rules.map((rule) => rule['priority']).filter((p) => typeof p === 'number');
  const limits = valuesAt(config, 'rule.statement.rate_based_statement.limit').filter((v) => typeof v === 'number');
  const windows = valuesAt(config, 'rule.statement.rate_based_statement.evaluation_window_sec').filter((v) => typeof v === 'number');
  const problem = (summary: string): ProviderProblem => ({ severity: 'error', summary, detail: '', path: ['rule'] });
  return [
    ...(new Set(priorities).size < priorities.length ? [problem('WAFInvalidParameterException: two rules of the web ACL have the same priority')] : []),
    ...limits.filter((v) => v < 10 || v > 2_000_000_000).map((v) => problem(`expected limit to be in the range (10 - 2000000000), got ${v}`)),
    ...windows.filter((v) => ![60, 120, 300, 600].includes(v)).map((v) => problem(`expected evaluation_window_sec to be one of [60 120 300 600], got ${v}`)),
    ...rules.filter((rule) => records(rule['action']).length === 0 && records(rule['override_action']).length === 0).map((rule) => problem(`WAFInvalidParameterException: the rule ${text(rule['name']) ?? ''} has neither action nor override_action`)),
  ];
};

const webAcl: ResourceModel = {
  source: `${S}web_acl.go; WAFV2 API reference, RateBasedStatement, Rule ("Action", "OverrideAction") and "Scope"`, label: 'WAFv2 WebACL', forceNew: [...NAMES, 'scope'], conflicts: [NAMES, ['rule', 'rule_json']],
  rules: { name: textRule(1, 128, /^[\w-]+$/), description: textRule(1, 256), scope: oneOf('REGIONAL', 'CLOUDFRONT'), 'rule.name': textRule(1, 128) }, validate: ruleProblems, recompute: { lock_token: ['*'] },
  defaults: { 'rule.statement.rate_based_statement.aggregate_key_type': 'IP', 'rule.statement.rate_based_statement.evaluation_window_sec': 300 },
  refuse: (c) => {
    if (c.planned['scope'] === 'CLOUDFRONT' && c.region !== 'us-east-1') return waf('CreateWebACL', 'WAFInvalidParameterException', `Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT (in ${c.region}; only us-east-1 has it)`);
    const rival = c.prior ? undefined : c.account.store.list('aws_wafv2_web_acl').find((o) => o.region === c.region && o.attributes['name'] === c.planned['name'] && o.attributes['scope'] === c.planned['scope']);
    return rival && waf('CreateWebACL', 'WAFDuplicateItemException', 'AWS WAF couldn\'t perform the operation because some resource in your request is a duplicate of an existing one.');
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? uuidOf(c.hex(32));
    const name = text(c.planned['name']) ?? `terraform-${c.hex(26, 'name')}`;
    const place = c.planned['scope'] === 'CLOUDFRONT' ? 'global' : 'regional';
    return { id, name, name_prefix: '', arn: `arn:${c.account.partition}:wafv2:${c.region}:${c.account.accountId}:${place}/webacl/${name}/${id}`, capacity: 1, application_integration_url: '', lock_token: uuidOf(c.hex(32, JSON.stringify(c.planned['rule'] ?? null))) };
  },
  blockers: (o, { store }) => {
    const users = [...store.list('aws_wafv2_web_acl_association').filter((x) => x.attributes['web_acl_arn'] === o.attributes['arn']), ...store.list('aws_cloudfront_distribution').filter((x) => x.attributes['web_acl_id'] === o.attributes['arn'])];
    return users[0] && waf('DeleteWebACL', 'WAFAssociatedItemException', 'AWS WAF couldn\'t perform the operation because your resource is being used by another resource or it\'s associated with another resource.');
  },
};

const noAcl = (operation: string) => (): AwsFault => waf(operation, 'WAFNonexistentItemException', 'AWS WAF couldn\'t perform the operation because your resource doesn\'t exist.');

const logging: ResourceModel = {
  source: `${S}web_acl_logging_configuration.go; AWS WAF developer guide, "Sending protection pack (web ACL) traffic logs": the destination's name begins with aws-waf-logs-`, label: 'WAFv2 WebACL Logging Configuration', forceNew: ['log_destination_configs', 'resource_arn'], isShared: true,
  rules: {
    resource_arn: arnRule,
    log_destination_configs: (v) => arnRule(v) ?? (typeof v !== 'string' || /[:/]aws-waf-logs-[^/]*$/.test(v) ? undefined : `WAFInvalidParameterException: Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: LOG_DESTINATION, parameter: ${v}`),
  },
  references: [{ path: 'resource_arn', type: 'aws_wafv2_web_acl', by: 'arn', fault: noAcl('PutLoggingConfiguration') }],
  compute: (c) => ({ id: text(c.planned['resource_arn']) ?? '' }),
};

const association: ResourceModel = {
  source: `${S}web_acl_association.go (AssociateWebACL takes no CloudFront distribution)`, label: 'WAFv2 WebACL Association', forceNew: ['resource_arn', 'web_acl_arn'],
  rules: { web_acl_arn: arnRule, resource_arn: (v) => arnRule(v) ?? (typeof v === 'string' && v.includes(':cloudfront:') ? 'WAFInvalidParameterException: a CloudFront distribution names its web ACL itself' : undefined) },
  references: [{ path: 'web_acl_arn', type: 'aws_wafv2_web_acl', by: 'arn', fault: noAcl('AssociateWebACL') }],
  compute: (c) => ({ id: texts([c.planned['web_acl_arn'] ?? null, c.planned['resource_arn'] ?? null]).join(',') }),
};

/** Web ACLs, their logs and what they stand before. */
export const wafModels: Readonly<Record<string, ResourceModel>> = { aws_wafv2_web_acl: webAcl, aws_wafv2_web_acl_logging_configuration: logging, aws_wafv2_web_acl_association: association };
