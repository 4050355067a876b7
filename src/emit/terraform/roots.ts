import { dataClusters, hasRoot, type OwnRoot } from '../../config/own-roots.ts';
import type { Environment, Organization, Platform } from '../../config/platform.ts';
import type { ClusterPlan, Plan } from '../../model/plan.ts';
import { ownStateKey, stateKey } from './deploy-rights.ts';
import { accountRegion, stateBucket } from './names.ts';
import { orgStateBucket } from './org-props.ts';
import type { Backend } from './versions.ts';

/** One Terraform root of the rendered output. */
export interface TerraformRoot {
  readonly kind: 'org' | 'account' | 'foundation' | 'cluster' | 'bootstrap' | OwnRoot;
  /** Folder relative to the repository; unique. */
  readonly path: string;
  readonly accountId: string;
  /** Absent for the organization and for accounts. */
  readonly environment?: string;
  /** Only for `cluster` and `bootstrap`. */
  readonly cluster?: string;
  readonly backend: Backend;
  /** Paths of the roots that must be applied before this one. */
  readonly after: readonly string[];
}

/** A root together with what it is decided from. */
export type PlannedRoot = TerraformRoot & (
  | { readonly kind: 'org'; readonly of: Organization }
  | { readonly kind: 'account' }
  | { readonly kind: 'foundation' | OwnRoot; readonly of: Environment }
  | { readonly kind: 'cluster' | 'bootstrap'; readonly of: ClusterPlan }
);

/** Folder of an account's root. The account id is part of it even when there is only one: a second account then moves nothing. */
export const accountPath = (accountId: string): string => `terraform/account/${accountId}`;

const orgPath = 'terraform/org';

const orgRootOf = (platform: Platform): readonly PlannedRoot[] => {
  const { organization } = platform;
  return organization === undefined ? [] : [{
    kind: 'org', path: orgPath, accountId: organization.managementAccountId, of: organization, after: [],
    backend: { bucket: orgStateBucket(platform, organization), key: 'org.tfstate', region: organization.settings.region },
  }];
};

const backendOf = (platform: Platform, environment: Environment, key: string): Backend =>
  ({ bucket: stateBucket(platform, environment), key, region: accountRegion(platform, environment.accountId) });

/**
 * Every root in an order that can be applied from first to last: the organization, accounts, foundations, buckets, then per cluster
 * `cluster` and `bootstrap`, the hub before its spokes so that Argo CD is there to take them, then what the environment has of its own. Pure.
 */
export const plannedRoots = ({ platform, environments }: Plan): readonly PlannedRoot[] => {
  const org = orgRootOf(platform);
  const accountIds = [...new Set(platform.environments.map(({ accountId }) => accountId))];
  const accounts = accountIds.map((accountId): PlannedRoot => {
    const first = platform.environments.find((environment) => environment.accountId === accountId);
    if (!first) throw new Error('an account is there because of an environment');
    return { kind: 'account', path: accountPath(accountId), accountId, backend: backendOf(platform, first, `account/${accountId}.tfstate`), after: org.map(({ path }) => path) };
  });
  const rest = environments.flatMap(({ environment, clusters }): readonly PlannedRoot[] => {
    const place = { accountId: environment.accountId, environment: environment.name };
    const path = `terraform/environments/${environment.name}`;
    const hub = `${path}/${environment.hub}/bootstrap`;
    const own = (kind: OwnRoot, after: readonly string[]): readonly PlannedRoot[] =>
      hasRoot(environment, kind) ? [{ ...place, kind, path: `${path}/${kind}`, of: environment, backend: backendOf(platform, environment, ownStateKey(environment, kind)), after: [path, ...after] }] : [];
    // Before nodes and their workloads: on the way back nobody writes to a bucket that is being emptied.
    const storage = own('storage', []);
    const perCluster = [...clusters].sort((a, b) => Number(b.cluster.hub) - Number(a.cluster.hub)).flatMap((of): readonly PlannedRoot[] => {
      const { name } = of.cluster;
      const at = { ...place, cluster: name, of };
      const isHub = name === environment.hub;
      return [
        { ...at, kind: 'cluster', path: `${path}/${name}/cluster`, backend: backendOf(platform, environment, stateKey(environment, name, 'cluster')), after: [path, ...(isHub ? [] : [`${path}/${environment.hub}/cluster`])] },
        { ...at, kind: 'bootstrap', path: `${path}/${name}/bootstrap`, backend: backendOf(platform, environment, stateKey(environment, name, 'bootstrap')), after: [`${path}/${name}/cluster`, ...(isHub ? [] : [hub]), ...storage.map((root) => root.path)] },
      ];
    });
    return [{ ...place, kind: 'foundation', path, of: environment, backend: backendOf(platform, environment, stateKey(environment)), after: [accountPath(environment.accountId)] }, ...storage, ...perCluster,
      ...own('data', dataClusters(environment).map(({ name }) => `${path}/${name}/cluster`)),
      ...own('alarms', [...clusters.map(({ cluster }) => `${path}/${cluster.name}/bootstrap`), ...(hasRoot(environment, 'data') ? [`${path}/data`] : [])])];
  });
  return [...org, ...accounts, ...rest];
};

/** The roots of the plan for whoever runs them: folders, states, order. Pure. */
export const terraformRoots = (plan: Plan): readonly TerraformRoot[] =>
  plannedRoots(plan).map(({ kind, path, accountId, environment, cluster, backend, after }) =>
    ({ kind, path, accountId, ...(environment === undefined ? {} : { environment }), ...(cluster === undefined ? {} : { cluster }), backend, after }));
