import type { Environment } from '../../config/platform.ts';
import { hasSlack } from './alerts-props.ts';

/**
 * Services that make a service-linked role as whoever uses them first: without the right to that, the first apply in an account is
 * refused. Sources: user guides of each service, "Using service-linked roles". Pure.
 */
export const linkedServices = (environment: Environment): readonly string[] => {
  const { connectivity: { transit_gateway: transit, lattice }, backup, observability: { amg } } = environment.settings;
  return [
    ...(transit.enabled ? ['transitgateway.amazonaws.com'] : []),
    ...(lattice.enabled ? ['vpc-lattice.amazonaws.com'] : []),
    ...(backup.enabled ? ['backup.amazonaws.com'] : []),
    ...(amg.enabled ? ['grafana.amazonaws.com'] : []),
    ...(hasSlack(environment) ? ['management.chatbot.amazonaws.com'] : []),
  ];
};
