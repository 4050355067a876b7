import type { Cluster, Environment } from './platform.ts';

/** How many nodes of a cluster's managed node group run at any hour: outside working hours fewer stay, never more than by day. Pure. */
export const nightNodes = ({ settings: { schedule } }: Pick<Environment, 'settings'>, { nodes }: Pick<Cluster, 'nodes'>): number => (schedule.enabled ? Math.min(schedule.nodes, nodes.desired) : nodes.desired);
