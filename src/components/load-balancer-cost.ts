import { hoursPerMonth } from '../../catalog/prices.ts';
import { edgePrices } from '../../catalog/service-prices.ts';
import type { CostLine } from '../model/component.ts';

/** What a load balancer of the component's own costs. Pure. */
export const loadBalancerCost = (what: string): readonly CostLine[] =>
  [{ what, usd: edgePrices.loadBalancer.usd * hoursPerMonth + edgePrices.loadBalancerUse.usd, basis: 'at all hours, with one capacity unit; more traffic costs more', usage: {} }];
