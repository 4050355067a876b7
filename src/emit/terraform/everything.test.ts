import { describe, expect, it } from 'vitest';
import { environmentNames, filesOf, notOff, notOn, partsOf, platformOf } from '../../../test/fixtures/everything.ts';
import type { EnvironmentName } from '../../../test/fixtures/everything.ts';
import { laid, waysOf, withoutKey, withValue } from '../../../test/fixtures/switches.ts';
import type { Switch, Tree } from '../../../test/fixtures/switches.ts';
import { catalogFacts, chartPins } from '../../compile/catalog-facts.ts';
import { resolve } from '../../compile/compile.ts';
import { components } from '../../components/registry.ts';
import { environmentSettings } from '../../config/environment-settings.ts';
import type { Platform } from '../../config/platform.ts';
import { platformSettings } from '../../config/platform-settings.ts';
import { isActing, valueAt } from '../../config/schema-walk.ts';
import type { Plan } from '../../model/plan.ts';
import { emitCluster } from '../kubernetes.ts';
import { rootRenderer } from '../terraform.ts';
import { plannedRoots } from './roots.ts';
import type { PlannedRoot } from './roots.ts';

const facts = catalogFacts();
const rendered = rootRenderer(chartPins);
const textOf = (platform: Platform, root: PlannedRoot): string => rendered(platform, root).map(({ name, text }) => `${name}\n${text}`).join('\n');

const compiled = (names: readonly EnvironmentName[], platform: Tree) => resolve({ files: filesOf(names, platform), lock: undefined, components, facts });
const planOf = (names: readonly EnvironmentName[], platform: Tree): Plan => {
  const { value, diagnostics } = compiled(names, platform);
  return value?.plan ?? expect.fail(diagnostics.map(({ summary }) => summary).join('\n'));
};

const partsOfConfiguration = (name: EnvironmentName) => {
  const { environment, edge, org } = partsOf(name);
  return [{ at: ['envs', name], ...environment }, { at: ['edge', name, 'cloudfront'], switches: edge.switches.map(({ path, values }) => ({ path: path.slice(1), values })), rooms: edge.rooms.map((path) => path.slice(1)) }, { at: ['org'], ...org }];
};

const isFlag = ({ values }: Switch): boolean => values.includes(true);
const isKept = (kept: Readonly<Record<string, string>>, path: readonly string[], name: string): boolean => Object.hasOwn(kept, path.join('.')) || Object.hasOwn(kept, `${path.join('.')} ${name}`);
const size = (value: unknown): number => (Array.isArray(value) ? value.length : typeof value === 'object' && value !== null ? Object.keys(value).length : 0);

/** Lists and mappings that stay empty with everything on, with the reason. */
const leftEmpty: Readonly<Record<string, string>> = {
  'components.*': 'Settings of components have tests of their own.',
  'tenants.*.git.images.policies': 'On Flux only: src/components/image-automation.test.ts.',
  'tenants.*.git.images.credentials.known_hosts': 'On Flux only: src/components/image-automation.test.ts.',
  sns: 'Acts not yet.', chatbot: 'Acts not yet.',
};

/** Types that are there with everything off: state and who may deploy, network, control plane, nodes, names, who is told, what is spent. */
const bare = new RegExp(`^(helm_release|aws_(${[
  'iam_(openid_connect_provider|policy|role|role_policy|role_policy_attachment)', 'kms_(key|alias)', 's3_bucket(_lifecycle_configuration|_ownership_controls|_policy|_public_access_block|_server_side_encryption_configuration|_versioning)?',
  'vpc', 'subnets?', 'default_security_group', 'security_group', 'vpc_security_group_(e|in)gress_rule', 'eip', 'internet_gateway', 'nat_gateway', 'route', 'route_table(_association)?', 'vpc_peering_connection(_accepter)?',
  'eks_(access_entry|access_policy_association|addon|cluster|node_group)', 'launch_template', 'cloudwatch_log_group', 'route53_zone(_association)?', 'ssm_parameter', 'sns_topic(_policy)?', 'cloudwatch_metric_alarm', 'budgets_budget',
].join('|')}))$`);

/** Values of switches that change nothing, or that nothing takes, when they alone are changed, with the reason. */
const alone: Readonly<Record<string, string>> = {
  'envs.dev.aws.partition aws': 'The others are refused with its regions.',
  'envs.dev.aws.partition aws-cn': 'Refused with a region of another partition.',
  'envs.dev.aws.partition aws-us-gov': 'Refused with a region of another partition.',
  'envs.dev.nodes.ami_type AL2023_ARM_64_STANDARD': 'Refused with instance types of another architecture.',
  'envs.dev.nodes.ami_type BOTTLEROCKET_ARM_64': 'Refused with instance types of another architecture.',
  'envs.dev.features.infrastructure.eks false': 'Refused while clusters are registered: it leaves the environment out.',
  'envs.dev.features.infrastructure.eks true': 'The same as absent.',
  'envs.dev.network.endpoints.for_nodes none': 'The same as absent in dev.',
  'envs.dev.gitops_engine argocd': 'What it is where nothing is said.',
  'envs.dev.network.policies true': 'Changes what Argo CD brings, not a root (src/verify/network/reachability.test.ts).',
  'envs.dev.network.policies false': 'Changes what Argo CD brings, not a root (src/verify/network/reachability.test.ts).',
  'envs.dev.data.aurora_global.enabled true': 'Refused without a cluster in a second region; on in prod, above.',
  'envs.dev.data.aurora_global.enabled false': 'Refused without a cluster in a second region; on in prod, above.',
  'envs.dev.tenants.*.git.images.credentials.kind github-app': 'On Flux only: src/components/image-automation.test.ts.',
  'envs.dev.tenants.*.git.images.credentials.kind token': 'On Flux only: src/components/image-automation.test.ts.',
  'envs.dev.tenants.*.git.images.credentials.kind ssh': 'On Flux only: src/components/image-automation.test.ts.',
  'envs.dev.tenants.*.git.images.policies.*.order semver': 'On Flux only: src/components/image-automation.test.ts.',
  'envs.dev.tenants.*.git.images.policies.*.order numerical': 'On Flux only: src/components/image-automation.test.ts.',
  'envs.dev.tenants.*.git.images.policies.*.order alphabetical': 'On Flux only: src/components/image-automation.test.ts.',
  'envs.dev.tenants.*.git.credentials.kind github-app': 'Refused without the ids of the App.',
  'envs.dev.tenants.*.git.credentials.kind ssh': 'Refused with a URL of HTTPS.',
  'envs.dev.tenants.*.git.credentials.kind token': 'The others are refused with the same URL.',
  'envs.dev.edge.certificates.*.issuer public': 'Refused without zone_id.',
  'envs.dev.edge.certificates.*.issuer private': 'Refused with zone_id.',
  'edge.dev.cloudfront.behaviors.*.is_default true': 'Exactly one behaviour is the default.',
  'edge.dev.cloudfront.behaviors.*.is_default false': 'Exactly one behaviour is the default.',
};

/** What a switch can't be moved without. */
const company: Readonly<Record<string, Tree>> = {
  'envs.dev.features.infrastructure.karpenter': { envs: { dev: { components: { 'nvidia-device-plugin': { enabled: false } } } } },
  'envs.dev.security.guardduty.manage_agent': { envs: { dev: { components: { 'guardduty-runtime': { enabled: false } } } } },
  'envs.dev.observability.amg.authentication': { envs: { dev: { observability: { amg: { admin_groups: [], editor_groups: [], viewer_groups: [] } } } } },
  'envs.dev.registry.scanning': { envs: { dev: { security: { inspector: { enabled: false } } } } },
  'envs.dev.connectivity.transit_gateway.attach': { envs: { dev: { connectivity: { transit_gateway: { cluster_mesh: false } } } } },
};

describe('the configuration with everything on', () => {
  it.each(environmentNames)('turns on every switch of %s, or says why not', (name) => {
    const tree = platformOf([name], 'on');
    const open = partsOfConfiguration(name).flatMap(({ at, switches }) => switches.filter(isFlag).filter(({ path }) => !isKept(notOn, path, name) && !waysOf(tree, [...at, ...path]).some((way) => valueAt(tree, way) === true)).map(({ path }) => [...at, ...path].join('.')));
    expect(open).toEqual([]);
  });
  it('fills every list and mapping that is empty unless somebody says otherwise', () => {
    const tree = platformOf(environmentNames, 'on');
    const settings = environmentSettings({ name: 'dev', tier: 'dev', domain: 'x.y' }).parse({ aws: { account_id: '314159265358' } });
    const isFilled = (path: readonly string[]): boolean => waysOf(tree, path).some((way) => size(valueAt(tree, way)) > 0);
    const anywhere = (at: readonly string[]): readonly (readonly string[])[] => environmentNames.map((name) => at.map((step) => (step === 'dev' ? name : step)));
    const empty = partsOfConfiguration('dev').flatMap(({ at, rooms }) => rooms
      .filter((path) => !Object.hasOwn(leftEmpty, path.join('.')) && !(at[0] === 'envs' && size(valueAt(settings, path)) > 0) && !anywhere(at).some((root) => isFilled([...root, ...path])))
      .map((path) => [...at, ...path].join('.')));
    expect(empty).toEqual([]);
  });
  it('has roots of fewer than 250 resources', () => {
    const { platform, ...plan } = planOf(environmentNames, platformOf(environmentNames, 'on'));
    const counts = plannedRoots({ platform, ...plan }).map((root) => ({ path: root.path, resources: textOf(platform, root).match(/^resource "/gm)?.length ?? 0 }));
    expect(counts.filter(({ resources }) => resources >= 250)).toEqual([]);
    expect(counts.length).toBeGreaterThan(20);
  });
});

describe('the configuration with everything off', () => {
  it.each(environmentNames)('turns off every switch of %s, or says why not', (name) => {
    const tree = platformOf([name], 'off');
    const open = partsOfConfiguration(name).flatMap(({ at, switches }) => switches.filter(isFlag).filter(({ path }) => !path.includes('*') && !isKept(notOff, path, name) && valueAt(tree, [...at, ...path]) !== false).map(({ path }) => [...at, ...path].join('.')));
    expect(open).toEqual([]);
  });
  it.each(environmentNames)('leaves nothing of any area in %s: only what a cluster cannot be without', (name) => {
    const { platform, ...plan } = planOf([name], platformOf([name], 'off'));
    const roots = plannedRoots({ platform, ...plan });
    const types = new Set(roots.flatMap((root) => [...textOf(platform, root).matchAll(/^(?:resource|data) "(\w+)"/gm)].map(([, type]) => type ?? '')));
    expect([...types].filter((type) => !bare.test(type)).toSorted()).toEqual([]);
    expect(roots.filter(({ kind }) => !['account', 'foundation', 'cluster', 'bootstrap'].includes(kind)).map(({ path }) => path)).toEqual([]);
  });
});

/** All that a plan hands to the clusters. */
const objectsOf = (plan: Plan): string => plan.environments.flatMap(({ clusters }) => clusters.flatMap((cluster) => emitCluster(plan, cluster, chartPins).map(({ text }) => text))).join('\n');

describe('every switch', () => {
  const baseOf = (tree: Tree) => {
    const plan = planOf(['dev'], tree);
    return { tree, plan, texts: new Map(plannedRoots(plan).map((root) => [root.path, textOf(plan.platform, root)])), objects: objectsOf(plan) };
  };
  type Base = ReturnType<typeof baseOf>;
  const bases = (['on', 'default'] as const).map((extent) => baseOf(platformOf(['dev'], extent)));

  /** What the loaded base says at a way into the file. */
  const effective = ({ plan: { platform }, tree }: Base, way: readonly string[]): unknown => {
    const [top, ...rest] = way;
    if (top === 'envs') return valueAt(platform.environments[0]?.settings, rest.slice(1));
    return valueAt(platformSettings.parse(tree), way);
  };
  /** Whether one value in place of the base's changes any file; undefined where the configuration is then refused. */
  const changes = (base: Base, way: readonly string[], value: unknown): boolean | undefined => {
    let tree = withValue(base.tree, way, value);
    let { value: found, diagnostics } = compiled(['dev'], tree as Tree);
    for (const [, one = '', other = ''] of diagnostics.flatMap(({ code, summary }) => (code === 'config/contradiction' ? [/^(\S+) is .*, but (\S+) is/.exec(summary) ?? []] : []))) {
      // Two keys that say the same: the other one is left out.
      const twin = [one, `envs.dev.${other}`].find((key) => key !== way.join('.')) ?? '';
      tree = withoutKey(tree, twin.split('.'));
      ({ value: found, diagnostics } = compiled(['dev'], tree as Tree));
    }
    if (!found) return undefined;
    const roots = plannedRoots(found.plan);
    const cheapFirst = roots.toSorted((a, b) => rank(a) - rank(b));
    return roots.length !== base.texts.size || cheapFirst.some((root) => base.texts.get(root.path) !== textOf(found.plan.platform, root)) || base.objects !== objectsOf(found.plan);
  };
  const rank = ({ kind }: PlannedRoot): number => ['foundation', 'alarms', 'data', 'storage', 'org', 'bootstrap', 'cluster', 'account'].indexOf(kind);

  /** Values of one switch that this base can't tell from its own; all of them where it has no such key. */
  const idleIn = (base: Base, path: readonly string[], values: readonly unknown[]): readonly unknown[] => {
    const [way] = path.includes('*') ? waysOf(base.tree, path) : [path];
    if (!way) return values;
    const now = effective(base, way);
    const idle = values.filter((value) => value !== now && changes(base, way, value) !== true);
    return values.includes(now) && idle.length === values.length - 1 ? values : idle;
  };
  const isActive = ({ at, path }: { readonly at: readonly string[]; readonly path: readonly string[] }): boolean => at[0] !== 'envs' || isActing(environmentSettings({ name: 'dev', tier: 'dev', domain: 'x.y' }), path);
  const all = partsOfConfiguration('dev').flatMap(({ at, switches }) => switches.map((one) => ({ ...one, at })).filter(isActive).map(({ path, values }) => ({ key: [...at, ...path].join('.'), path: [...at, ...path], values })));

  it.each(all)('$key changes the output, whatever its value', ({ key, path, values }) => {
    const together = company[key];
    const idle = bases.reduce<readonly unknown[]>((left, base) => (left.length === 0 ? left : idleIn(together ? baseOf(laid(base.tree, together)) : base, path, values).filter((value) => left.includes(value))), values);
    expect(idle.filter((value) => !Object.hasOwn(alone, `${key} ${String(value)}`))).toEqual([]);
  });
});
