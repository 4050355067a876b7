import { prices } from '../../../catalog/prices.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { CostLine } from '../../model/component.ts';
import type { EnvironmentPlan, Plan } from '../../model/plan.ts';
import { spendingProps } from '../terraform/spending-props.ts';
import { clusterCost } from './cluster-cost.ts';
import type { ClusterEstimate, CostPart, EnvironmentEstimate } from './estimate.ts';
import { addTotals, inCents, isOverBudget, totalsOf } from './estimate.ts';

const foundation = (platform: Platform, environment: Environment): CostPart => {
  const alarms = spendingProps(platform, environment).billing === undefined ? 0 : 1;
  const lines: readonly CostLine[] = [
    { what: 'private zone', usd: prices.hostedZone.usd, basis: environment.domain },
    ...(alarms === 0 ? [] : [{ what: 'alarms', usd: prices.metricAlarm.usd * alarms, basis: 'estimated charges' }]),
  ];
  return { part: 'foundation', lines };
};

/** The key of the Terraform state is counted where the first environment of its account is. */
const account = (platform: Platform, environment: Environment): CostPart => ({
  part: 'account',
  lines: platform.environments.find(({ accountId }) => accountId === environment.accountId)?.name === environment.name ? [{ what: 'key of the Terraform state', usd: prices.kmsKey.usd, basis: 'one for each account' }] : [],
});

/** What an environment has besides its clusters; each adds the lines of one area. */
const areas: readonly ((platform: Platform, environment: Environment) => CostPart)[] = [account, foundation];

const shown = (parts: readonly CostPart[]): readonly CostPart[] => parts.filter(({ lines }) => lines.length > 0).map(({ part, lines }) => ({ part, lines: lines.map(inCents) }));

const environmentCost = (platform: Platform, { environment, clusters }: EnvironmentPlan): EnvironmentEstimate => {
  const shared = shown(areas.map((area) => area(platform, environment)));
  const each = clusters.map((plan): ClusterEstimate => {
    const parts = shown(clusterCost(platform, plan));
    return { cluster: plan.cluster.name, region: plan.cluster.region, parts, totals: totalsOf(parts) };
  });
  const totals = addTotals([totalsOf(shared), ...each.map((one) => one.totals)]);
  const { amount, currency } = environment.settings.budgets;
  return { environment: environment.name, shared, clusters: each, totals, budget: { amount, currency, isOver: isOverBudget(totals, amount, currency) } };
};

/** What each environment of the plan costs in a month, before anything is applied. Pure. */
export const estimate = ({ platform, environments }: Plan): readonly EnvironmentEstimate[] => environments.map((environment) => environmentCost(platform, environment));
