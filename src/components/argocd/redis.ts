import type { Values } from '../../model/workload.ts';

const budget = { podDisruptionBudget: { maxUnavailable: 1 } };
const small = { requests: { cpu: '50m', memory: '64Mi' } };

/** The cache: one Redis, or three behind a proxy on nodes of their own. What is lost with it is computed again. Pure. */
export const redisValues = (isHighlyAvailable: boolean): Values =>
  isHighlyAvailable ? { 'redis-ha': { enabled: true, ...budget, redis: { resources: small }, sentinel: { resources: { requests: { cpu: '20m', memory: '32Mi' } } }, haproxy: { ...budget, resources: small } } } : { redis: { resources: small } };
