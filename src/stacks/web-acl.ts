import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { Wafv2WebAcl } from '#bindings/aws/wafv2-web-acl.js';
import { Wafv2WebAclLoggingConfiguration } from '#bindings/aws/wafv2-web-acl-logging-configuration.js';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key.ts';
import { logsMayUse } from './key-use.ts';
import { nestedBlock } from './expression.ts';

/** One rule group of AWS, asked in the order of `priority`. */
export interface ManagedGroupProps {
  readonly name: string;
  readonly priority: number;
  /** Rules of the group that count and refuse nothing. */
  readonly countOnly: readonly string[];
}

/** A web ACL with its log. */
export interface WebAclProps {
  readonly name: string;
  readonly description: string;
  /** `REGIONAL` or `CLOUDFRONT`. */
  readonly scope: string;
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
  readonly groups: readonly ManagedGroupProps[];
  readonly rateLimit: number;
  readonly rateWindowSeconds: number;
  /** AWS takes only names that begin with `aws-waf-logs-`. */
  readonly logGroupName: string;
  readonly retentionDays: number;
  readonly keyAlias: string;
}

const seen = (metricName: string) => ({ cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });

/** Web ACL: what no rule refuses passes. Its log is encrypted, and keeps neither credentials nor cookies. */
export class WebAcl extends Construct {
  readonly acl: Wafv2WebAcl;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const { name, region, partition, accountId } = props;
    this.acl = new Wafv2WebAcl(this, `wafv2-web-acl.${id}`, {
      region, name, description: props.description, scope: props.scope, defaultAction: { allow: {} },
      rule: [
        ...props.groups.map((group) => ({
          name: group.name, priority: group.priority, overrideAction: { none: {} }, visibilityConfig: seen(group.name),
          statement: nestedBlock({ managed_rule_group_statement: nestedBlock({
            vendor_name: 'AWS', name: group.name,
            ...(group.countOnly.length === 0 ? {} : { rule_action_override: nestedBlock(group.countOnly.map((rule) => ({ name: rule, action_to_use: nestedBlock({ count: nestedBlock({}) }) }))) }),
          }) }),
        })),
        {
          name: 'rate', priority: props.groups.length, action: { block: {} }, visibilityConfig: seen('rate'),
          statement: nestedBlock({ rate_based_statement: nestedBlock({ limit: props.rateLimit, evaluation_window_sec: props.rateWindowSeconds, aggregate_key_type: 'IP' }) }),
        },
      ],
      visibilityConfig: seen(name), tags: { Name: name },
    });
    const key = new EncryptionKey(this, `${id}_logs`, {
      region, partition, accountId, alias: props.keyAlias, description: `Logs of ${name}`, services: [logsMayUse(partition, region, accountId, props.logGroupName)],
    });
    const logs = new CloudwatchLogGroup(this, `cloudwatch-log-group.${id}`, { region, name: props.logGroupName, retentionInDays: props.retentionDays, kmsKeyId: key.key.arn });
    new Wafv2WebAclLoggingConfiguration(this, `wafv2-web-acl-logging-configuration.${id}`, {
      region, resourceArn: this.acl.arn, logDestinationConfigs: [logs.arn],
      redactedFields: [{ singleHeader: { name: 'authorization' } }, { singleHeader: { name: 'cookie' } }],
    });
  }
}
