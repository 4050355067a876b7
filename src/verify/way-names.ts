import type { GatewaySettings } from '../components/gateway-api.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ClusterPlan, EnvironmentPlan, Plan } from '../model/plan.ts';
import { covers } from './has-certificate.ts';
import { servedByGateway, waysIn, type WayIn } from './ways-in.ts';

const isBelow = (name: string, domain: string): boolean => `.${name.replace(/^\*\./, '')}`.endsWith(`.${domain}`);

const gatewayFault = (plan: ClusterPlan, { what, host, via, hostKey, because }: WayIn): readonly Diagnostic[] => {
  if (via !== 'gateway') return [];
  const names = servedByGateway(plan);
  if (names === undefined) return [problem('verify/no-gateway', because, `${what} of ${plan.cluster.name} is to be reached through the shared gateway, which the cluster does not have.`, 'Set components.gateway-api: {}, or leave `via` out.')];
  // A listener's wildcard takes any number of labels, but its certificate has the same names.
  return names.some((name) => covers(name, host)) ? [] : [problem('verify/no-gateway', because, `${what} of ${plan.cluster.name} is to be reached by ${host}, and the shared gateway serves ${names.join(', ')} only.`, `Add the name to components.gateway-api.domains, or choose one of those with components.${hostKey}.`)];
};

/** ExternalDNS writes into the environment's private zone and nowhere else. */
const recordFaults = (plan: ClusterPlan, ways: readonly WayIn[]): readonly Diagnostic[] => {
  const { cluster: { name }, environment: { domain }, components } = plan;
  const outside = (host: string): string => `Nobody writes a record for ${host} of ${name}: ExternalDNS writes into the private zone ${domain} only.`;
  const fix = `Make the record yourself, as a CNAME of the load balancer (kubectl get ingress,gateway -A shows its address), or use a name below ${domain}.`;
  const gateway = components.find(({ id }) => id === 'gateway-api');
  const open = gateway && (gateway.settings as GatewaySettings).scheme === 'internet-facing';
  return [
    ...ways.filter(({ host }) => !isBelow(host, domain)).map(({ host, because }) => problem('verify/no-record', because, outside(host), fix)),
    ...(gateway ? (servedByGateway(plan) ?? []).filter((host) => !isBelow(host, domain)).map((host) => problem('verify/no-record', gateway.because, outside(host), fix)) : []),
    ...(open && (servedByGateway(plan) ?? []).some((host) => isBelow(host, domain)) ? [problem('verify/no-record', gateway.because, `The gateway of ${name} has addresses of the internet, and ExternalDNS writes its names into the private zone ${domain} only: nobody outside finds it.`, 'Make public records yourself, as CNAMEs of the load balancer (kubectl get gateway -n gateway shows its address), or leave `scheme` out.')] : []),
  ];
};

/** Two clusters can't have one name: the ExternalDNS of the second may not touch the record of the first. */
const sharedNames = (clusters: readonly (readonly [ClusterPlan, readonly WayIn[]])[]): readonly Diagnostic[] => {
  const first = new Map<string, string>();
  return clusters.flatMap(([{ cluster }, ways]) => ways.flatMap(({ what, host, hostKey, because }) => {
    const other = first.get(host);
    if (other === undefined) first.set(host, cluster.name);
    return other === undefined ? [] : [problem('verify/same-host', because, `${what} of ${cluster.name} and of ${other} are both to be reached by ${host}: only one of them would get the record.`, `Leave components.${hostKey} out, so that each has a name of its own, or set it for one cluster.`)];
  }));
};

const faultsOf = ({ clusters }: EnvironmentPlan): readonly Diagnostic[] => {
  const all = clusters.map((plan) => [plan, waysIn(plan)] as const);
  return [...all.flatMap(([plan, ways]) => [...ways.flatMap((way) => gatewayFault(plan, way)), ...recordFaults(plan, ways)]), ...sharedNames(all)];
};

/** Proves that names of the platform's pages lead to them: the gateway serves them, somebody writes their records, and no two clusters have the same. Pure. */
export const wayNames = ({ environments }: Plan): readonly Diagnostic[] => environments.flatMap(faultsOf);
