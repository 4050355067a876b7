import { z } from 'zod';
import type { Environment } from './platform.ts';
import { retentionDays } from './retention-days.ts';
import type { Basics, PerTier } from './tier.ts';
import { perTier } from './tier.ts';

/** Standards that Security Hub checks, each in the version that is current. */
export const hubStandards = ['fsbp', 'cis', 'pci_dss', 'nist_800_53'] as const;
export type HubStandard = (typeof hubStandards)[number];

/** What Amazon Inspector looks at. */
export const inspectorScans = ['ec2', 'ecr', 'lambda', 'lambda_code'] as const;
export type InspectorScan = (typeof inspectorScans)[number];

/** Protection plans of GuardDuty that are switched one by one; on as long as GuardDuty is. */
export const guardDutyPlans = ['s3_data_events', 'eks_audit_logs', 'runtime_monitoring', 'malware_protection', 'rds_login_events', 'lambda_network_logs'] as const;

const flag = (description: string) => z.boolean().meta({ description });
const days = (description: string, least: number, most: number) => z.int().min(least).max(most).meta({ description, unit: 'days' });

const guardDuty = (services: (description: string) => z.ZodDefault<z.ZodBoolean>) =>
  z.strictObject({
    enabled: services('Looks for threats; the same as `features.security.guardduty`.'),
    s3_data_events: flag('Looks at reads and writes of objects in S3.').default(true),
    eks_audit_logs: flag('Looks at the audit logs of clusters.').default(true),
    runtime_monitoring: flag('Looks at processes, files and connections on nodes, through an agent.').default(true),
    manage_agent: flag('GuardDuty itself keeps its agent on every cluster of the account and region, with an endpoint in their VPCs that it removes only when `runtime_monitoring` is turned off, and that holds a VPC back from being deleted. Off: the component `guardduty-runtime` is the agent, and goes with its cluster; in a region where a cluster has it, GuardDuty makes none.').default(false),
    malware_protection: flag('Scans copies of the volumes of machines that a finding is about.').default(true),
    rds_login_events: flag('Looks at logins to databases.').default(true),
    lambda_network_logs: flag('Looks at connections of Lambda functions.').default(true),
  }).prefault({}).meta({ description: 'Amazon GuardDuty.' });

const recorder = (services: (description: string) => z.ZodDefault<z.ZodBoolean>) =>
  z.strictObject({
    enabled: services('Records how resources are configured; Security Hub\'s checks need it.'),
    frequency: z.enum(['continuous', 'daily']).default('continuous').meta({ description: 'Whether each change is recorded, or once a day what changed.' }),
    retention_days: days('How long what was recorded is kept.', 30, 2557).default(400),
    rules: z.array(z.string().regex(/^[A-Z][A-Z0-9_]{1,100}$/, { error: 'is not the identifier of a managed rule such as "ENCRYPTED_VOLUMES"' })).default([]).meta({ description: 'Identifiers of rules that AWS keeps and that need no parameter, besides those that Security Hub brings.' }),
    create_role: flag('False where the account has the role AWSServiceRoleForConfig already: AWS makes it once.').default(true),
  }).prefault({}).meta({ description: 'AWS Config.' });

const trail = (whereItCounts: PerTier<boolean>, { tier }: Basics) =>
  z.strictObject({
    enabled: z.boolean().optional().meta({ description: 'Records what is done in the account, in all regions. When absent: yes, unless `org.trail` records it already; AWS bills every trail but the first.' }),
    retention_days: days('How long the record is kept.', 90, 3650).default(400),
    log_group: perTier(flag('Also writes the record to CloudWatch Logs, to search it and to alarm on it.'), tier, whereItCounts),
    log_retention_days: z.literal([...retentionDays]).default(400).meta({ description: 'How long CloudWatch Logs keeps it.', unit: 'days' }),
  }).prefault({}).meta({ description: 'AWS CloudTrail of the account.' });

const passwords = () =>
  z.strictObject({
    enabled: flag('Sets rules for passwords of IAM users.').default(true),
    min_length: z.int().min(8).max(128).default(14).meta({ description: 'Least length.', unit: 'characters' }),
    max_age_days: days('Age at which a password must be changed; 0 means never.', 0, 1095).default(90),
    remembered: z.int().min(1).max(24).default(24).meta({ description: 'Former passwords that may not be used again.', unit: 'passwords' }),
  }).prefault({}).meta({ description: 'Passwords of IAM users.' });

/**
 * Security services of an environment. AWS has them once in an account or in a region of it: where several environments share an
 * account, each gets what any of them asks for, and the stricter value.
 */
export const securitySettings = (basics: Basics) => {
  const whereItCounts = { dev: false, qa: true, prod: true, sandbox: false };
  const services = (description: string) => perTier(flag(description), basics.tier, whereItCounts);
  return z.strictObject({
    finding_alerts: services('Sends findings of Security Hub (high and critical) and GuardDuty (severity 7 and more) to the alert topic of their region.'),
    guardduty: guardDuty(services),
    security_hub: z.strictObject({
      enabled: services('Collects findings and checks standards.'),
      standards: z.array(z.enum(hubStandards)).default(['fsbp', 'cis', 'pci_dss']).meta({ description: 'Standards that are checked: AWS Foundational Security Best Practices, CIS AWS Foundations Benchmark 3.0, PCI DSS 4.0.1, NIST SP 800-53 Rev. 5.' }),
    }).prefault({}).meta({ description: 'AWS Security Hub.' }),
    inspector: z.strictObject({
      enabled: services('Looks for known vulnerabilities.'),
      scans: z.array(z.enum(inspectorScans)).min(1).default(['ec2', 'ecr', 'lambda']).meta({ description: 'What is looked at; "ecr" makes the scan of the registry "ENHANCED", "lambda_code" needs "lambda".' }),
    }).refine(({ scans }) => !scans.includes('lambda_code') || scans.includes('lambda'), { error: 'scans "lambda_code" only together with "lambda"' }).prefault({}).meta({ description: 'Amazon Inspector.' }),
    macie: z.strictObject({ enabled: flag('Looks for sensitive data in S3; paid for each bucket and gigabyte.').default(false) }).prefault({}).meta({ description: 'Amazon Macie.' }),
    access_analyzer: z.strictObject({
      enabled: flag('Finds what others than the account can reach. Costs nothing.').default(true),
      unused_access: flag('Finds roles, keys and permissions that nobody uses; paid for each role and user.').default(false),
      unused_access_days: days('Time after which they count as unused.', 1, 365).default(90),
    }).prefault({}).meta({ description: 'IAM Access Analyzer.' }),
    config: recorder(services),
    cloudtrail: trail(whereItCounts, basics),
    public_access_block: flag('No bucket of the account can be made public, whatever its own settings say.').default(true),
    ebs_encryption: z.strictObject({
      enabled: flag('Encrypts every new volume, also those that do not ask for it.').default(true),
      own_key: flag('With a key of its own in each region, instead of AWS\'s.').default(false),
    }).prefault({}).meta({ description: 'Encryption of EBS volumes.' }),
    password_policy: passwords(),
  }).prefault({}).meta({ description: 'Security services of the account, in the regions of the environment.' });
};

/** Security settings of one environment. */
export type SecuritySettings = z.infer<ReturnType<typeof securitySettings>>;

/** Settings of all given environments that use the region and ask for something, in their order. Pure. */
export const asking = (environments: readonly Environment[], region: string, asks: (settings: SecuritySettings) => boolean): readonly SecuritySettings[] =>
  environments.filter(({ regions }) => regions.includes(region)).map(({ settings }) => settings.security).filter(asks);

/** What Amazon Inspector looks at in a region of an account, given all its environments. Sorted; empty where it is off. Pure. */
export const scansIn = (environments: readonly Environment[], region: string): readonly InspectorScan[] =>
  inspectorScans.filter((scan) => asking(environments, region, ({ inspector }) => inspector.enabled && inspector.scans.includes(scan)).length > 0);
