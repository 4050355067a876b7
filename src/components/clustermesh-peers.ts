import type { Cluster, Environment } from '../config/platform.ts';

/** Id of the component by which a cluster joins the mesh of its environment. */
export const meshComponent = 'clustermesh';

/** True where the cluster joins the mesh of its environment. Pure. */
export const isMeshed = ({ components }: Pick<Cluster, 'components'>): boolean => components[meshComponent] !== undefined;

/** The other clusters of a cluster's mesh, sorted by name; empty where it joins none. Pure. */
export const meshPeers = ({ clusters }: Environment, cluster: Cluster): readonly Cluster[] => (isMeshed(cluster) ? clusters.filter((other) => other.name !== cluster.name && isMeshed(other)) : []);

/** Name in the private zone under which the others reach what a cluster tells its mesh. */
export const meshHost = ({ domain }: Pick<Environment, 'domain'>, cluster: string): string => `${cluster}.mesh.${domain}`;

/** Service, Deployment and first part of the Secrets of the chart. Source: Cilium 1.19.6, `templates/clustermesh-apiserver`. */
export const meshApiServer = 'clustermesh-apiserver';
export const meshPort = 2379;

/** Where the authority of an environment's mesh is kept: outside what External Secrets reads everywhere, since only clusters of the mesh may read it, and only the hub may write it. */
export const meshSecretName = (platform: string, environment: string): string => `${platform}-clustermesh/${environment}`;
