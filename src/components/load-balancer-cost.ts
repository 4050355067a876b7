import { hoursPerMonth } from '../../catalog/prices.ts';
import { edgePrices } from '../../catalog/service-prices.ts';
import type { CostLine } from '../model/component.ts';

/** A load balancer that the platform itself asks for, besides the one that is assumed of applications. Pure. */
export const loadBalancerCost = (what: string): CostLine => ({ what, usd: edgePrices.loadBalancer.usd * hoursPerMonth + edgePrices.loadBalancerUse.usd, basis: 'at all hours, with one capacity unit; more traffic costs more', usage: {} });
