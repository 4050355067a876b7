import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accepted } from './accepted.ts';
import type { ComponentEntries } from './component-settings.ts';
import { explain } from './explain.ts';
import type { Facts, Loaded } from './load.ts';
import { load } from './load.ts';
import type { Cluster } from './platform.ts';
import { componentAskedAt } from './sources.ts';

const components: ComponentEntries = new Map([
  ['argocd', { settings: z.strictObject({ replicas: z.int().default(1) }), defaultOn: 'hub' }],
  ['karpenter', { settings: z.strictObject({ cpu_limit: z.int().default(2000), pools: z.strictObject({ gpu: z.boolean().default(false), spot: z.boolean().default(true) }).prefault({}) }), defaultOn: true }],
  ['keda', { settings: z.strictObject({ log_level: z.enum(['info', 'debug']) }), defaultOn: false }],
]);
const facts: Facts = { regions: {
  'us-east-1': { partition: 'aws', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d'] },
  'eu-west-1': { partition: 'aws', zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] },
} };

const platform = (body: string): string => `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n${body.split('\n').map((line) => `  ${line}`).join('\n')}\n`;
const registry = (...clusters: string[]): string => `apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n${clusters.map((text) => `    - ${text}\n`).join('')}`;
const hub = 'name: dev-mlops-cluster-01\n      region: us-east-1\n      labels: {environment: dev, hub: "true"}';
const spoke = (n: number, more = ''): string => `name: dev-mlops-cluster-0${n}\n      region: us-east-1\n      labels: {environment: dev}${more}`;
const dev = 'dev:\n  aws: {account_id: "314159265358"}';

const run = (envs: string, clusters: string, others: Readonly<Record<string, string>> = {}, lock?: string): ReturnType<typeof load> =>
  load(new Map(Object.entries({ 'configuration/platform.yaml': platform(envs), 'configuration/clusters/dev.yaml': clusters, ...others })), lock, components, facts);
const loaded = (...given: Parameters<typeof run>): Loaded => {
  const { value, diagnostics } = run(...given);
  if (!value) throw new Error(diagnostics.map((d) => d.summary).join('\n'));
  return value;
};
const cluster = ({ platform: { environments } }: Loaded, name: string): Cluster => {
  const found = environments.flatMap((environment) => environment.clusters).find((one) => one.name === name);
  if (!found) throw new Error(`no cluster ${name}`);
  return found;
};
const codesOf = (...given: Parameters<typeof run>): readonly string[] => run(...given).diagnostics.map((d) => d.code);

describe('layering', () => {
  it('the tier decides what the file leaves out', () => {
    const envs = `${dev}\nprod:\n  aws: {account_id: "271828182845"}`;
    const value = loaded(envs, registry(hub, 'name: prod-mlops-cluster-01\n      region: us-east-1\n      labels: {environment: prod, hub: "true"}'));
    expect(cluster(value, 'dev-mlops-cluster-01')).toMatchObject({ nodes: { instance_types: ['t3.large'], min: 1, desired: 2, max: 6 }, network: { nat: 'single' }, kubernetes: { deletion_protection: false }, cidr: '10.0.0.0/16', meshId: 1 });
    expect(cluster(value, 'prod-mlops-cluster-01')).toMatchObject({ nodes: { instance_types: ['m5.2xlarge'], min: 4, desired: 4, max: 12 }, network: { nat: 'per_zone' }, kubernetes: { deletion_protection: true, api: { public: false, private: true } }, cidr: '10.128.0.0/16', meshId: 1 });
    expect(value.platform.environments.map((environment) => [environment.name, environment.tier, environment.domain])).toEqual([['dev', 'dev', 'dev.eks.local'], ['prod', 'prod', 'prod.eks.internal']]);
  });
  it('an environment of another name names its tier and addresses', () => {
    const value = loaded('staging:\n  tier: qa\n  base_cidr: 100.64.0.0/12\n  aws: {account_id: "314159265358"}', registry('name: staging-mlops-a\n      region: us-east-1\n      labels: {environment: staging, hub: "true"}'));
    expect(cluster(value, 'staging-mlops-a')).toMatchObject({ tier: 'qa', cidr: '100.64.0.0/16', nodes: { instance_types: ['m5.xlarge'] } });
  });
  it('a cluster overrides its environment key by key, and only itself', () => {
    const value = loaded(`${dev}\n  kubernetes: {version: "1.34", log_retention_days: 30}\n  components: {karpenter: {cpu_limit: 10, pools: {gpu: true}}}`,
      registry(hub, spoke(2, '\n      spec:\n        kubernetes: {version: "1.35"}\n        nodes: {size: large}\n        network: {zones: 2}\n        components: {karpenter: {pools: {spot: false}}, keda: {log_level: debug}}'), spoke(3)));
    const two = cluster(value, 'dev-mlops-cluster-02');
    expect(two).toMatchObject({ kubernetes: { version: '1.35', log_retention_days: 30 }, nodes: { instance_types: ['m5.2xlarge'], min: 1 }, zones: ['us-east-1a', 'us-east-1b'] });
    expect(two.components).toEqual({ karpenter: { cpu_limit: 10, pools: { gpu: true, spot: false } }, keda: { log_level: 'debug' } });
    expect(cluster(value, 'dev-mlops-cluster-03')).toMatchObject({ kubernetes: { version: '1.34' }, nodes: { instance_types: ['t3.large'] }, components: { karpenter: { pools: { spot: true } } } });
    expect(cluster(value, 'dev-mlops-cluster-03').components).not.toHaveProperty('keda');
  });
  it('an engine is the platform\'s unless the environment or the cluster says otherwise, and its components follow', () => {
    const withFlux: ComponentEntries = new Map([...components, ['argocd', { settings: z.strictObject({}), defaultOn: 'hub', engine: 'argocd' }], ['flux', { settings: z.strictObject({}), defaultOn: true, engine: 'flux' }]]);
    const engines = (top: string, env: string, ...registered: readonly string[]) => {
      const { value } = load(new Map([['configuration/platform.yaml', platform(env).replace('gitops: {', `gitops: {${top}`)], ['configuration/clusters/dev.yaml', registry(...registered)]]), undefined, withFlux, facts);
      return value?.platform.environments.flatMap(({ clusters }) => clusters.map(({ engine, components: on }) => [engine, 'argocd' in on, 'flux' in on]));
    };
    expect(engines('', dev, hub, spoke(2, '\n      spec: {gitops_engine: flux}'))).toEqual([['argocd', true, false], ['flux', false, true]]);
    expect(engines('engine: flux, ', dev, hub)).toEqual([['flux', false, true]]);
    expect(engines('engine: flux, ', `${dev}\n  gitops_engine: argocd`, hub)).toEqual([['argocd', true, false]]);
  });
  it('problems of an override point at the line of the registry', () => {
    const { diagnostics } = run(dev, registry(hub, spoke(2, '\n      spec:\n        kubernetes: {versoin: "1.35"}\n        components: {keda: {log_level: loud}, karpenter: {cpu_limt: 3}}')));
    expect(diagnostics.map((d) => `${d.at.file.split('/').at(-1)}:${d.at.line} ${d.code}`)).toEqual(['dev.yaml:13 config/unknown-key', 'dev.yaml:14 config/wrong-value', 'dev.yaml:14 config/unknown-key']);
  });
});

describe('components', () => {
  it('are on by default, on the hub, or when set', () => {
    const value = loaded(dev, registry(hub, spoke(2)));
    expect(Object.keys(cluster(value, 'dev-mlops-cluster-01').components)).toEqual(['argocd', 'karpenter']);
    expect(Object.keys(cluster(value, 'dev-mlops-cluster-02').components)).toEqual(['karpenter']);
  });
  it('are turned off for an environment and on again for a cluster', () => {
    const value = loaded(`${dev}\n  components: {karpenter: {enabled: false}}`, registry(hub, spoke(2, '\n      spec: {components: {karpenter: {enabled: true}}}')));
    expect(Object.keys(cluster(value, 'dev-mlops-cluster-01').components)).toEqual(['argocd']);
    expect(Object.keys(cluster(value, 'dev-mlops-cluster-02').components)).toEqual(['karpenter']);
  });
  it('a switch of `features` does the same, and may not contradict', () => {
    const off = 'features: {infrastructure: {karpenter: false, vpc_endpoints: false}}';
    const one = cluster(loaded(`${dev}\n  ${off}`, registry(hub)), 'dev-mlops-cluster-01');
    expect(one.components).not.toHaveProperty('karpenter');
    expect(one.network.endpoints.enabled).toBe(false);
    expect(codesOf(`${dev}\n  ${off}\n  network: {endpoints: {enabled: true}}`, registry(hub))).toEqual(['config/contradiction']);
  });
  it('a required key is only demanded where the component is on', () => {
    expect(codesOf(`${dev}\n  components: {keda: {enabled: false}}`, registry(hub))).toEqual([]);
    expect(codesOf(`${dev}\n  components: {keda: {enabled: true}}`, registry(hub))).toEqual(['config/missing-key']);
    expect(codesOf(`${dev}\n  components: {keda: {enabled: false, log_level: loud}}`, registry(hub))).toEqual(['config/wrong-value']);
  });
  it('know the line that asked for them', () => {
    const value = loaded(`${dev}\n  components:\n    karpenter: {cpu_limit: 10}`, registry(hub, spoke(2, '\n      spec: {components: {karpenter: {cpu_limit: 5}}}')));
    const askedAt = (name: string, id: string): string => {
      const { file, line } = componentAskedAt(value.sources, name, id);
      return `${file.split('/').at(-1)}:${line}`;
    };
    expect([askedAt('dev-mlops-cluster-02', 'karpenter'), askedAt('dev-mlops-cluster-01', 'karpenter'), askedAt('dev-mlops-cluster-01', 'argocd')]).toEqual(['dev.yaml:12', 'platform.yaml:6', 'dev.yaml:6']);
  });
});

describe('registries', () => {
  it('two files that speak of the same cluster are merged', () => {
    const value = loaded(dev, registry(hub), { 'configuration/clusters/clusters.yaml': registry('name: dev-mlops-cluster-01\n      region: us-east-1\n      labels: {tenancy: shared}\n      spec: {nodes: {size: medium}}') });
    expect(cluster(value, 'dev-mlops-cluster-01')).toMatchObject({ labels: { tenancy: 'shared', environment: 'dev', hub: 'true' }, nodes: { instance_types: ['m5.xlarge'] } });
  });
  it('several documents in one file are several registries; empty files are none', () => {
    const value = loaded(dev, `${registry(hub)}---\n${registry(spoke(2))}`, { 'configuration/clusters/empty.yaml': '# nothing\n' });
    expect(value.platform.environments[0]?.clusters).toHaveLength(2);
  });
  it('the primary region comes first, others as they appear', () => {
    const value = loaded(`${dev}\n  region: us-east-1`, registry('name: dev-mlops-b\n      region: eu-west-1\n      labels: {environment: dev}', hub));
    expect(value.platform.environments[0]?.regions).toEqual(['us-east-1', 'eu-west-1']);
  });
  it('an environment that is not built has no clusters and is left out', () => {
    const qa = 'qa:\n  aws: {account_id: "314159265358"}\n  features: {infrastructure: {eks: false}}';
    expect(loaded(`${dev}\n${qa}`, registry(hub)).platform.environments.map((one) => one.name)).toEqual(['dev']);
    expect(codesOf(`${dev}\n${qa}`, registry(hub, 'name: qa-mlops-a\n      region: us-east-1\n      labels: {environment: qa, hub: "true"}'))).toEqual(['config/contradiction']);
  });
});

describe('load', () => {
  it('reports everything at once, sorted, and gives no value', () => {
    const { value, diagnostics } = run(`${dev}\n  budgts: {}\n  network: {nat: x}`, registry('name: X\n      region: nowhere\n      labels: {environment: dev, hub: "true"}'), { 'configuration/tags.yaml': 'common: {"aws:x": "1"}\n' });
    expect(value).toBeUndefined();
    expect(diagnostics.map((d) => d.code)).toEqual(['config/cluster-name', 'config/unknown-region', 'config/unknown-key', 'config/wrong-value', 'config/illegal-tag']);
  });
  it('gives the same value and lock whatever the order of the files', () => {
    const files: [string, string][] = [['configuration/platform.yaml', platform(dev)], ['configuration/clusters/a.yaml', registry(hub)], ['configuration/clusters/b.yaml', registry(spoke(2))]];
    const [one, two] = [files, files.toReversed()].map((list) => load(new Map(list), undefined, components, facts).value);
    expect(one?.platform).toEqual(two?.platform);
    expect(one?.lock).toBe(two?.lock);
  });
  it('the value is frozen, and a second load with the written lock changes nothing', () => {
    const value = loaded(dev, registry(hub, spoke(2)));
    expect(Object.isFrozen(value.platform.environments[0]?.clusters[0]?.kubernetes.api)).toBe(true);
    expect(loaded(dev, registry(hub, spoke(2)), {}, value.lock).lock).toBe(value.lock);
  });
  it('ignores keys without a value, other files, and a polluted prototype', () => {
    expect(codesOf(`${dev}\n  alerts:\n  components:`, registry(hub), { 'README.md': '[[', 'configuration/clusters/notes.txt': '[' })).toEqual([]);
    expect(codesOf(`${dev}\n  __proto__: {tier: prod}`, registry(hub))).toEqual(['config/unknown-key']);
    expect(codesOf(`${dev}\n  constructor: {tier: prod}`, registry(hub))).toEqual(['config/unknown-key']);
  });
  it('names placeholders in tags and in what a cluster overrides', () => {
    const { value, diagnostics } = run(dev, registry(hub, spoke(2, '\n      spec: {kubernetes: {admin_role_arns: ["arn:aws:iam::111122223333:role/admin"]}}')), { 'configuration/tags.yaml': 'common: {Owner: REPLACE_ME}\n' });
    expect(value).toBeDefined();
    expect(diagnostics.map((d) => `${d.at.file.split('/').at(-1)}:${d.at.line} ${d.code}`)).toEqual(['dev.yaml:12 config/placeholder', 'tags.yaml:1 config/placeholder']);
  });
  it('a broken registry hides nothing else and invents nothing', () => {
    expect(codesOf(`${dev}\n  budgts: {}`, 'spec: [\n')).toEqual(['config/yaml-syntax', 'config/unknown-key']);
  });
});

describe('explain', () => {
  const value = loaded(`${dev}\n  region: us-east-1\n  budgets: {amount: 700}\n  components: {karpenter: {cpu_limit: 10}}\n  features: {infrastructure: {vpc_endpoints: false}}\n  kubeflow: {enabled: true}`, registry(hub, spoke(2, '\n      spec: {kubernetes: {version: "1.34"}}')));
  const at = (path: string): string => {
    const { value: found, diagnostics } = explain(value.sources, path);
    if (!found) return diagnostics.map((d) => d.fix).join();
    const where = found.origin.from === 'file' ? `${found.origin.at.file.split('/').at(-1)}:${found.origin.at.line}:${found.origin.at.column}` : found.origin.text;
    return `${JSON.stringify(found.value)} ${where}${found.unit === undefined ? '' : ` ${found.unit}`}`;
  };
  it.each([
    ['envs.dev.budgets.amount', '700 platform.yaml:6:23 currency/month'],
    ['envs.dev.budgets.currency', '"USD" default of tier dev'],
    ['envs.dev.aws.region', '"us-east-1" platform.yaml:5:13'],
    ['envs.dev.network.endpoints.enabled', 'false platform.yaml:8:48'],
    ['envs.dev.components.karpenter.cpu_limit', '10 platform.yaml:7:41'],
    ['envs.dev.components.karpenter.pools.spot', 'true default of the component karpenter'],
    ['envs.dev.components.argocd.enabled', 'true default of the component argocd'],
    ['clusters.dev-mlops-cluster-02.kubernetes.version', '"1.34" dev.yaml:12:36'],
    ['clusters.dev-mlops-cluster-01.kubernetes.version', '"1.35" default of tier dev'],
    ['clusters.dev-mlops-cluster-01.kubernetes.api.public', 'false private, as kubernetes.api.public_cidrs is empty'],
    ['clusters.dev-mlops-cluster-01.labels.hub', '"true" dev.yaml:8:39'],
    ['clusters.dev-mlops-cluster-02.components.argocd.enabled', 'false default of the component argocd'],
    ['gitops.target_revision', '"main" default'],
    ['envs.dev.budgets.amonut', 'Did you mean "amount"?'],
    ['envs.dev.components.karpentr', 'Did you mean "karpenter"?'],
    ['clusters.dev-mlops-cluster-03', 'Did you mean "dev-mlops-cluster-01"?'],
    ['gitopps', 'Did you mean "gitops"?'],
  ])('%s', (path, expected) => {
    expect(at(path)).toBe(expected);
  });
  it('lists accepted keys that do not act yet, and no other', () => {
    expect(accepted(value.sources).map((one) => one.key)).toEqual(['envs.dev.kubeflow.enabled']);
  });
});

describe('all problems at once', () => {
  it('a broken environment does not hide what is wrong with its clusters', () => {
    const envs = 'dev:\n  aws: {account_id: "1"}\n  network: {zones: "3", nat: singel}\n  base_cidr: 7\n  nodes: {ami_type: AL2023_ARM_64_STANDARD, instance_types: m7g.large}\n  components: {karpnter: {}}';
    expect([...codesOf(envs, registry('name: dev-mlops-cluster-01\n      region: us-esat-1\n      labels: {environment: dev}\n      spec: {nodes: {sise: large}}'))].sort()).toEqual([
      'config/no-hub', 'config/unknown-component', 'config/unknown-key', 'config/unknown-region', 'config/wrong-type', 'config/wrong-type', 'config/wrong-type', 'config/wrong-value', 'config/wrong-value',
    ]);
  });
  it('an environment that lacks its account shows what else is wrong, and nothing that only follows from the lack', () => {
    expect(codesOf('dev:\n  aws: {region: mars-1}', registry(hub))).toEqual(['config/missing-key', 'config/unknown-region']);
  });
  it('a file that defines no environment is one problem, not one for each cluster', () => {
    expect(load(new Map([['configuration/platform.yaml', '- a\n'], ['configuration/clusters/dev.yaml', registry(hub)]]), undefined, components, facts).diagnostics.map((d) => d.code)).toEqual(['config/wrong-type']);
  });
  it('edge of an environment that does not exist', () => {
    const { diagnostics } = load(new Map([['configuration/platform.yaml', `${platform(dev)}edge: {dve: {cloudfront: {enabled: false}}}\n`], ['configuration/clusters/dev.yaml', registry(hub)]]), undefined, components, facts);
    expect(diagnostics).toMatchObject([{ code: 'config/unknown-environment', at: { line: 5, column: 8 }, fix: 'Did you mean "dev"?' }]);
  });
});

describe('explain', () => {
  const value = loaded(`${dev}\n  nodes: {size: large}\n  functions: [{name: f}]`, registry(hub, spoke(2, '\n      spec: {nodes: {desired: 5}}')));
  const origin = (key: string): unknown => explain(value.sources, key).value?.origin;
  it('names the key a node count was computed from', () => {
    expect(origin('clusters.dev-mlops-cluster-01.nodes.max')).toEqual({ from: 'default', text: 'computed from size (configuration/platform.yaml:5:19)' });
    expect(origin('clusters.dev-mlops-cluster-02.nodes.max')).toEqual({ from: 'default', text: 'computed from desired (configuration/clusters/dev.yaml:12:31)' });
    expect(explain(value.sources, 'clusters.dev-mlops-cluster-01.nodes.size').value?.value).toBe('large');
  });
  it('lists every component, whether or not the file names it', () => {
    expect(explain(value.sources, 'envs.dev.components').value?.keys).toEqual(['argocd', 'karpenter', 'keda']);
  });
  it('says which keys an item may have, and that an empty list has none', () => {
    expect(explain(value.sources, 'envs.dev.functions').value?.itemKeys).toContain('memory');
    expect(explain(value.sources, 'envs.dev.monitoring.alb_alarms.0.service').diagnostics).toMatchObject([{ fix: 'The list is empty. Ask for the list itself: envs.dev.monitoring.alb_alarms' }]);
  });
});

describe('buckets and data stores', () => {
  const stored = (more: string): string => `${dev}\n${more}`;

  it('are switched by the original platform\'s features too', () => {
    const { settings } = loaded(stored('  features: {storage: {s3: true, redis: true}}'), registry(hub)).platform.environments[0] ?? expect.fail('no environment');
    expect([settings.storage.data_lake.enabled, settings.data.redis.enabled]).toEqual([true, true]);
    expect(codesOf(stored('  features: {storage: {redis: true}}\n  data: {redis: {enabled: false}}'), registry(hub))).toEqual(['config/contradiction']);
  });

  it('are copied to another region that exists', () => {
    const copy = (region: string): string => stored(`  storage: {models: {enabled: true, replicate: true}${region}}`);
    expect(codesOf(copy(', replica_region: eu-west-1'), registry(hub))).toEqual([]);
    expect(codesOf(copy(''), registry(hub))).toEqual(['config/wrong-value']);
    expect(codesOf(copy(', replica_region: us-east-1'), registry(hub))).toEqual(['config/wrong-value']);
    expect(codesOf(copy(', replica_region: eu-west-9'), registry(hub))).toEqual(['config/unknown-region']);
  });

  it('are refused where AWS would refuse them', () => {
    for (const data of ['postgres: {storage_gib: 100, max_storage_gib: 105}', 'aurora: {min_capacity: 4, max_capacity: 2}', 'aurora: {min_capacity: 0.7}', 'redis: {node_type: t4g.small}', 'feast: {tables: [a, a]}', 'postgres: {version: "9.6"}']) {
      expect(codesOf(stored(`  data: {${data}}`), registry(hub)), data).toEqual(['config/wrong-value']);
    }
  });
});
