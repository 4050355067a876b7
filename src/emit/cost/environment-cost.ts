import { prices } from '../../../catalog/prices.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { EnvironmentPlan, Plan } from '../../model/plan.ts';
import { hasRoot } from '../../config/own-roots.ts';
import { accountSecurityProps } from '../terraform/account-security-props.ts';
import { alarmsProps } from '../terraform/alarms-props.ts';
import { dataProps } from '../terraform/data-props.ts';
import { firewallAlarms } from '../terraform/firewall-alarms-props.ts';
import { spendingProps } from '../terraform/spending-props.ts';
import { clusterCost } from './cluster-cost.ts';
import { dataCost } from './data-cost.ts';
import { connectivityCost, edgeCost } from './edge-cost.ts';
import type { ClusterEstimate, CostPart, EnvironmentEstimate } from './estimate.ts';
import { addTotals, inCents, isOverBudget, totalsOf } from './estimate.ts';
import { operationsCost } from './operations-cost.ts';
import { accountSecurityCost } from './security-cost.ts';
import { backupCost, storageCost } from './storage-cost.ts';

const foundation = (_: Platform, environment: Environment): CostPart => ({
  part: 'foundation', lines: [{ what: 'private zone', usd: prices.hostedZone.usd, basis: environment.domain }],
});

/** Alarms of the foundation, and those on what applications made, of which nobody knows yet how many there will be. */
const alarms = (platform: Platform, environment: Environment): CostPart => {
  const { balancers, groups, buckets } = alarmsProps(platform, environment);
  const watched = [...Object.values(balancers).map(({ find, alarms: own }) => ({ isFound: find !== undefined, own })), ...Object.values(groups).map(({ find, alarms: own }) => ({ isFound: find !== undefined, own })), ...Object.values(buckets).map(({ alarms: own }) => ({ isFound: false, own }))];
  const count = (isFound: boolean): number => watched.filter((one) => one.isFound === isFound).reduce((sum, { own }) => sum + Object.keys(own).length, 0);
  const ofStores = hasRoot(environment, 'data') ? Object.keys(dataProps(platform, environment).alarms).length : 0;
  const fixed = count(false) + ofStores + Object.keys(firewallAlarms(environment)).length + (spendingProps(platform, environment).billing === undefined ? 0 : 1);
  const found = count(true);
  return {
    part: 'alarms',
    lines: [
      ...(fixed === 0 ? [] : [{ what: 'alarms', usd: prices.metricAlarm.usd * fixed, basis: `${fixed} of them` }]),
      ...(found === 0 ? [] : [{ what: 'alarms on what is found', usd: prices.metricAlarm.usd * found, basis: `${found} for each load balancer or target group; one of each assumed`, usage: {} }]),
    ],
  };
};

/** What an account has once is counted where its first environment is. */
const account = (platform: Platform, environment: Environment): CostPart => {
  if (platform.environments.find(({ accountId }) => accountId === environment.accountId)?.name !== environment.name) return { part: 'account', lines: [] };
  const security = accountSecurityProps(platform, environment.accountId);
  const volumes = Object.values(security?.defaults?.volumes ?? {}).filter(({ alias }) => alias !== undefined).length;
  return {
    part: 'account',
    lines: [
      { what: 'key of the Terraform state', usd: prices.kmsKey.usd, basis: 'one for each account' },
      ...(security?.records ? [{ what: 'key of the audit records', usd: prices.kmsKey.usd, basis: 'one for each account' }] : []),
      ...(volumes === 0 ? [] : [{ what: 'keys of volumes', usd: prices.kmsKey.usd * volumes, basis: 'one for each region' }]),
    ],
  };
};

/** What an environment has besides its clusters; each adds the lines of one area. */
const areas: readonly ((platform: Platform, environment: Environment) => CostPart)[] = [account, accountSecurityCost, foundation, operationsCost, alarms, storageCost, dataCost, backupCost, edgeCost, connectivityCost];

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
