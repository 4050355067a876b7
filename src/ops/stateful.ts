import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import type { PlannedChange } from '../ports/terraform.ts';

/**
 * Types whose loss loses data, locks people out or takes a cluster down: replacing or destroying one must be allowed by name.
 * Kept by hand: the provider's schema does not say which objects hold state.
 */
const statefulTypes: ReadonlySet<string> = new Set([
  'aws_vpc', 'aws_eks_cluster', 'aws_eks_node_group', 'aws_iam_openid_connect_provider',
  'aws_kms_key', 'aws_route53_zone', 'aws_secretsmanager_secret', 'aws_ssm_parameter', 'aws_acm_certificate', 'aws_acmpca_certificate_authority', 'aws_cloudfront_distribution',
  'aws_s3_bucket', 'aws_ebs_volume', 'aws_efs_file_system', 'aws_fsx_lustre_file_system', 'aws_ecr_repository',
  'aws_db_instance', 'aws_rds_cluster', 'aws_rds_global_cluster', 'aws_dynamodb_table', 'aws_elasticache_replication_group', 'aws_elasticache_cluster', 'aws_msk_cluster',
  'aws_opensearch_domain', 'aws_prometheus_workspace', 'aws_grafana_workspace', 'aws_cloudwatch_log_group', 'aws_cloudtrail', 'aws_guardduty_detector', 'aws_securityhub_account', 'aws_macie2_account', 'aws_backup_vault', 'aws_organizations_account',
]);

/** True when losing an object of this type loses something that Terraform can't make again. Pure. */
export const isStateful = (type: string): boolean => statefulTypes.has(type);

/** Replacements and destructions of stateful objects that nobody allowed. `allowed` holds addresses, or `<root>:<address>` for one root only. Pure. */
export const forbiddenLosses = (root: string, label: string, changes: readonly PlannedChange[], allowed: readonly string[], at: Span): readonly Diagnostic[] =>
  changes
    .filter((c) => (c.action === 'replace' || c.action === 'destroy') && !c.tainted && isStateful(c.type) && !allowed.includes(c.address) && !allowed.includes(`${root}:${c.address}`))
    .map((c) => ({
      code: 'ops/stateful-loss',
      severity: 'error',
      at,
      summary: `The plan of ${label} would ${c.action} ${c.address}${c.forcedBy ? ` (because of ${c.forcedBy.join(', ')})` : ''}, which holds state that is lost with it.`,
      fix: `If that is what you want, add --allow-destroy '${root}:${c.address}'; else undo the change of the configuration.`,
    }));
