import type { Environment, Platform } from '../../config/platform.ts';
import type { FoundationRootProps } from '../../stacks/foundation-root.ts';
import { connectivityProps } from './connectivity-props.ts';
import { edgeProps } from './edge-props.ts';
import { alertsProps } from './alerts-props.ts';
import { findingRules } from './findings-props.ts';
import { environmentAws } from './names.ts';
import { backupProps } from './backup-props.ts';
import { functionsProps } from './functions-props.ts';
import { pagerProps } from './pager-props.ts';
import { registryProps } from './registry-props.ts';
import { firewallAlarms } from './firewall-alarms-props.ts';
import { spendingProps } from './spending-props.ts';

/** Block of the empty VPC a private zone is created with: shared address space that no cluster's block is taken from, and nothing is routed to. */
const anchorCidr = '100.127.255.0/28';

/** True where the private zone may be deleted with records in it: controllers made them from what the clusters held. */
export const losesRecords = ({ tier }: Environment): boolean => tier !== 'prod';

/** Decides everything of an environment's foundation. Pure. */
export const foundationProps = (platform: Platform, environment: Environment): FoundationRootProps => {
  const edge = edgeProps(platform, environment);
  const connectivity = connectivityProps(platform, environment);
  const functions = functionsProps(platform, environment);
  const pager = pagerProps(environment);
  const registry = registryProps(environment);
  const backup = backupProps(platform, environment);
  return {
    aws: environmentAws(platform, environment),
    name: environment.name, domain: environment.domain, anchorCidr, losesRecords: losesRecords(environment),
    ...(edge ? { edge } : {}),
    ...(connectivity ? { connectivity } : {}),
    ...(functions ? { functions } : {}),
    ...(pager ? { pager } : {}),
    ...(registry ? { registry } : {}),
    ...(backup ? { backup } : {}),
    spending: spendingProps(platform, environment), firewallAlarms: firewallAlarms(environment),
    alerts: alertsProps(platform, environment),
    ...(environment.settings.security.finding_alerts ? { findings: findingRules(environment) } : {}),
  };
};
