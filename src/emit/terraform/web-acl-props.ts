import type { Environment } from '../../config/platform.ts';
import type { WebAclProps } from '../../stacks/web-acl.ts';
import { webAclLogGroup } from './edge-names.ts';

/** A web ACL as the environment's settings say, under a name and in a place of its own. */
export const webAclOf = ({ name: environment, accountId, partition, settings: { cluster_name_prefix: prefix, edge: { waf } } }: Environment, name: string, scope: 'REGIONAL' | 'CLOUDFRONT', region: string): WebAclProps => ({
  name, scope, region, partition, accountId, description: scope === 'REGIONAL' ? `Load balancers of ${environment}` : `CloudFront distribution of ${environment}`,
  groups: waf.managed_groups.map((group, priority) => ({ name: group, priority, countOnly: waf.count_rules.filter((one) => one.group === group).map(({ rule }) => rule) })),
  rateLimit: waf.rate_limit, rateWindowSeconds: waf.rate_window_seconds, logGroupName: webAclLogGroup(name), retentionDays: waf.log_retention_days, keyAlias: `alias/${prefix}-waf-${scope.toLowerCase()}-logs`,
});
