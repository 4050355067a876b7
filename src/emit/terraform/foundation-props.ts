import type { Environment, Platform } from '../../config/platform.ts';
import type { FoundationRootProps } from '../../stacks/foundation-root.ts';
import { alertsProps } from './alerts-props.ts';
import { findingRules } from './findings-props.ts';
import { environmentAws } from './names.ts';

/** Block of the empty VPC a private zone is created with: shared address space that no cluster's block is taken from, and nothing is routed to. */
const anchorCidr = '100.127.255.0/28';

/** True where the private zone may be deleted with records in it: controllers made them from what the clusters held. */
export const losesRecords = ({ tier }: Environment): boolean => tier !== 'prod';

/** Decides everything of an environment's foundation. Pure. */
export const foundationProps = (platform: Platform, environment: Environment): FoundationRootProps => {
  return {
    aws: environmentAws(platform, environment),
    name: environment.name, domain: environment.domain, anchorCidr, losesRecords: losesRecords(environment),
    alerts: alertsProps(platform, environment),
    ...(environment.settings.security.finding_alerts ? { findings: findingRules(environment) } : {}),
  };
};
