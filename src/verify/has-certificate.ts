import type { Environment } from '../config/platform.ts';

const covers = (name: string, host: string): boolean => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1));

/** Whether a certificate of the environment covers a host in a region, where its load balancer looks for one. Pure. */
export const hasCertificate = ({ settings, regions }: Environment, at: string, host: string): boolean =>
  settings.edge.certificates.some(({ domain, alternative_names: others, region = regions[0] }) => region === at && [domain, ...others].some((name) => covers(name, host)));
