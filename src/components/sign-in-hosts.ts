import { issuerHosts } from '../../catalog/issuer-hosts.ts';

/** Hosts and ports that somebody who signs users in with `issuer` must reach: the issuer's own, those known to belong to it, and those that the configuration adds. Pure. */
export const signInHosts = (issuer: string, further: readonly string[]): readonly { readonly to: string; readonly port: number }[] => {
  const { hostname, port } = new URL(issuer);
  return [{ to: hostname, port: Number(port || 443) }, ...[...new Set([...issuerHosts(hostname), ...further])].filter((to) => to !== hostname).map((to) => ({ to, port: 443 }))];
};
