import { z } from 'zod';
import { apiGatewaySettings } from './api-gateway-settings.ts';
import { certificateSettings, privateCaSettings } from './certificate-settings.ts';
import { greengrassSettings } from './greengrass-settings.ts';
import type { Tier } from './platform.ts';
import { retentionDays } from './retention-days.ts';
import { perTier } from './tier.ts';

/** Rule groups of AWS that every web ACL has unless told otherwise. Source: AWS WAF developer guide, "AWS Managed Rules rule groups list". */
const managedGroups = ['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet', 'AWSManagedRulesAmazonIpReputationList'];

/** The web application firewall. */
const wafSettings = (tier: Tier) =>
  z.strictObject({
    enabled: perTier(z.boolean().meta({ description: 'Creates the web ACL `<env>-argocd-waf` in each region of the environment; the same as `features.security.waf`. A web ACL costs 5 USD a month and 1 USD for each rule.' }), tier, { dev: true, qa: true, prod: true, sandbox: false }),
    managed_groups: z.array(z.string().regex(/^AWSManagedRules[A-Za-z]+$/, { error: 'is not a rule group of AWS such as "AWSManagedRulesCommonRuleSet"' })).min(1).default(managedGroups).meta({ description: 'Rule groups of AWS, in the order they are asked.' }),
    count_rules: z.array(z.strictObject({
      group: z.string().meta({ description: 'The rule group.' }),
      rule: z.string().regex(/^[\w-]{1,128}$/, { error: 'is not the name of a rule' }).meta({ description: 'The rule in it.' }),
    })).default([{ group: 'AWSManagedRulesCommonRuleSet', rule: 'SizeRestrictions_BODY' }]).meta({ description: 'Rules that only count. The default lets bodies over 8 KiB pass: artifacts and models are uploaded through the same load balancers.' }),
    rate_limit: z.int().min(10).max(2_000_000_000).default(2000).meta({ description: 'Most requests from one address within `rate_window_seconds`; beyond, they are refused.', unit: 'requests' }),
    rate_window_seconds: z.literal([60, 120, 300, 600]).default(300).meta({ description: 'Time over which requests of one address are counted.', unit: 's' }),
    log_retention_days: z.literal([...retentionDays]).default(400).meta({ description: 'How long its log is kept; one of the retentions CloudWatch Logs knows.', unit: 'days' }),
  }).superRefine(({ managed_groups: groups, count_rules: rules }, context) => {
    rules.forEach(({ group }, i) => {
      if (!groups.includes(group)) context.addIssue({ code: 'custom', path: ['count_rules', i, 'group'], message: 'is none of managed_groups' });
    });
  }).prefault({}).meta({ description: 'Web application firewall of the load balancers.' });

/** What stands between an environment and its users, besides CloudFront. */
export const edgeSettings = (tier: Tier) =>
  z.strictObject({
    waf: wafSettings(tier),
    certificates: certificateSettings(),
    private_ca: privateCaSettings(),
    api_gateway: apiGatewaySettings(),
    greengrass: greengrassSettings(),
  }).superRefine(({ certificates, private_ca: ca }, context) => {
    certificates.forEach(({ issuer }, i) => {
      if (issuer === 'private' && ca.arn === undefined && !ca.create) context.addIssue({ code: 'custom', path: ['certificates', i, 'issuer'], message: 'needs edge.private_ca.arn, or edge.private_ca.create' });
    });
  }).prefault({}).meta({ description: 'Firewall, certificates, API gateways and devices; the CloudFront distribution is the top-level key `edge`.' });
