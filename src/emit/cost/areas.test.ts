import { describe, expect, it } from 'vitest';
import { instances as instanceTypes } from '../../../catalog/instances.ts';
import { dataPrices, edgePrices, operationPrices, securityPrices } from '../../../catalog/service-prices.ts';
import { brokerMachines, cacheMachines, databaseMachines } from '../../../catalog/store-prices.ts';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import type { CostLine } from '../../model/component.ts';
import { estimate } from './environment-cost.ts';
import { securityCost } from './security-cost.ts';

type Settings = Readonly<Record<string, unknown>>;
const lines = (settings: Settings, tier: 'dev' | 'prod' = 'dev', regions: readonly string[] = ['us-east-1'], clusters = 1): ReadonlyMap<string, CostLine> => {
  const [one] = estimate(terraformPlan(platformFixture([{ tier, clusters, regions, settings }])));
  return new Map([...(one?.shared ?? []), ...(one?.clusters ?? []).flatMap(({ parts }) => parts)].flatMap(({ lines: own }) => own).map((line) => [line.what, line]));
};
const usd = (settings: Settings, what: string, tier?: 'dev' | 'prod'): number | undefined => lines(settings, tier).get(what)?.usd;
const on = { enabled: true };
const off = { edge: { waf: { enabled: false } } };

describe('data stores', () => {
  it('cost what their machines and volumes cost, with a standby twice', () => {
    const postgres = { ...on, instance_class: 'db.m6g.large', storage_gib: 100, max_storage_gib: 200 };
    const one = lines({ data: { postgres } });
    expect(one.get('PostgreSQL')).toMatchObject({ usd: 116.07, basis: '1 db.m6g.large, on demand' });
    expect(one.get('storage of PostgreSQL')?.usd).toBe(11.5);
    expect(one.get('growth of PostgreSQL')).toMatchObject({ usd: 0, usage: { mostUsd: 11.5 } });
    const two = lines({ data: { postgres: { ...postgres, multi_az: true } } });
    expect([two.get('PostgreSQL')?.usd, two.get('storage of PostgreSQL')?.usd]).toEqual([232.14, 23]);
    expect(usd({ data: { aurora: { ...on, min_capacity: 1, max_capacity: 4, instances: 2 } } }, 'Aurora')).toBe(175.2);
    expect(lines({ data: { aurora: { ...on, min_capacity: 1, max_capacity: 4, instances: 2 } } }).get('work of Aurora')?.usage?.mostUsd).toBe(525.6);
    const both = { min_capacity: 4, max_capacity: 8, instances: 1 };
    const wide = lines({ data: { aurora_global: { ...on, primary: both, secondary: both } } }, 'prod', ['us-east-1', 'eu-west-1'], 2);
    expect([wide.get('Aurora Global')?.usd, wide.get('work of Aurora Global')?.usage?.mostUsd, wide.get('key of the second region')?.usd]).toEqual([700.8, 700.8, 1]);
    expect([usd({ data: { redis: { ...on, replicas: 1 } } }, 'Valkey'), usd({ data: { redis: { ...on, engine: 'redis', replicas: 1 } } }, 'Redis')]).toEqual([37.38, 46.72]);
    expect(usd({ data: { memcached: { ...on, nodes: 2 } } }, 'Memcached')).toBe(46.72);
    expect(usd({ data: { msk: { ...on, volume_gib: 10 } } }, 'Kafka')).toBe(99.86);
    expect(usd({ data: { msk: { ...on, volume_gib: 10 } } }, 'volumes of Kafka')).toBe(3);
    expect(lines({ data: { feast: on } }).get('tables of Feast')).toMatchObject({ usd: 1, usage: {} });
  });
  it('are cheaper where they are stopped at night, and only then', () => {
    const data = { postgres: on, redis: on };
    const of = (schedule: Settings, what: string): number | undefined => usd({ data, schedule }, what);
    expect(of({ enabled: true }, 'PostgreSQL')).toBeCloseTo(23.36 * (65 / 168), 2);
    expect(of({ enabled: true, databases: false }, 'PostgreSQL')).toBe(23.36);
    expect(of({ enabled: true }, 'Valkey')).toBe(of({}, 'Valkey'));
    expect(of({ enabled: true }, 'storage of PostgreSQL')).toBe(of({}, 'storage of PostgreSQL'));
  });
  it('count nothing for a type without a price, and say so', () => {
    expect(lines({ data: { postgres: { ...on, instance_class: 'db.x2g.large' } } }).get('PostgreSQL')).toMatchObject({ usd: 0, usage: {}, basis: '1 db.x2g.large, whose price is not in the catalogue' });
  });
  it('have alarms, keys and secrets that are counted', () => {
    const found = lines({ data: { postgres: on, aurora: on } });
    expect([found.get('alarms')?.usd, found.get('secrets of databases')?.usd, found.get('key of data stores')?.usd]).toEqual([1.2, 0.8, 1]);
  });
});

describe('buckets and backups', () => {
  it('cost their keys, and by what they are assumed to hold', () => {
    const both = lines({ storage: { thanos: { enabled: false }, models: { ...on, replicate: true }, mlflow: on, replica_region: 'eu-west-1' }, backup: { ...on, copy: true, copy_region: 'eu-west-1' } });
    expect([both.get('keys of buckets')?.usd, both.get('objects')?.usd, both.get('copies in another region')?.usd, both.get('keys of vaults')?.usd, both.get('backups')?.usd]).toEqual([2, 2.3, 2.9, 2, 11]);
    const none = lines({ storage: { thanos: { enabled: false } }, backup: { enabled: false } });
    expect(['objects', 'backups', 'copies in another region'].filter((what) => none.has(what))).toEqual([]);
  });
});

describe('the edge', () => {
  it('costs what its web ACLs, authority, distribution and gateways cost', () => {
    const edge = { waf: { ...on, managed_groups: ['AWSManagedRulesCommonRuleSet'] }, private_ca: { create: true }, api_gateway: { ...on, http: [{ name: 'a', routes: [{ route: 'GET /', target: 'https://a.acme.io' }] }], rest: [{ name: 'b', openapi: 'api/b.yaml' }] } };
    const found = lines({ edge });
    expect(['web ACLs', 'rules of web ACLs', 'private CA', 'HTTP APIs', 'REST APIs', 'key of API logs'].map((what) => found.get(what)?.usd)).toEqual([5, 2, 400, 1, 3.5, 1]);
    expect(found.get('private CA')?.usage).toBeUndefined();
    const nothing = lines(off);
    expect(['web ACLs', 'private CA', 'HTTP APIs', 'CloudFront'].filter((what) => nothing.has(what))).toEqual([]);
  });
  it('and what joins clusters: attachments, peerings, endpoints of others', () => {
    const connectivity = { transit_gateway: { enabled: true, attach: true }, lattice: on, private_link: { endpoints: [{ name: 'vendor', service_name: 'com.amazonaws.vpce.us-east-1.vpce-svc-0a' }] } };
    const found = lines({ connectivity }, 'dev', ['us-east-1', 'eu-west-1']);
    expect(['attachment to the transit gateway', 'peerings of transit gateways', 'endpoints of PrivateLink', 'services in Lattice'].map((what) => found.get(what)?.usd)).toEqual([36.5, 73, 21.9, 18.25]);
  });
});

describe('functions, images, flow logs', () => {
  it('are counted where they are on', () => {
    const found = lines({ functions: [{ name: 'f', memory: 1024 }], registry: { repositories: [{ name: 'a/b' }], scanning: 'ENHANCED' }, network: { flow_logs: { enabled: true, traffic: 'ALL' } } });
    expect(['functions', 'alarms of functions', 'images', 'scans of images', 'flow logs'].map((what) => found.get(what)?.usd)).toEqual([1.87, 0.3, 1, 1.8, 10]);
    const none = lines({ network: { flow_logs: { enabled: false } } });
    expect(['functions', 'images', 'flow logs'].filter((what) => none.has(what))).toEqual([]);
  });
});

describe('security services', () => {
  const account = { instances: 4, vcpus: 32, clusters: 2, buckets: 5 };
  it('cost nothing that is off, and by use what is on', () => {
    expect(securityCost(account).lines).toEqual([]);
    const all = securityCost({ ...account, trail: { isFirst: false, dataEvents: true }, config: true, guardDuty: { s3: true, eksAudit: true, runtime: true, malware: true }, securityHub: { standards: 2 }, inspector: true, macie: true }).lines;
    expect(all.every(({ usage }) => usage !== undefined)).toBe(true);
    expect(all.find(({ what }) => what === 'GuardDuty at run time')?.usd).toBe(48);
    expect(all).toHaveLength(11);
    expect(securityCost({ ...account, trail: { isFirst: true, dataEvents: false } }).lines).toEqual([]);
  });
});

describe('security services of an account', () => {
  it('are counted once, with what all its environments ask for', () => {
    const ask = { security: { guardduty: { enabled: true, runtime_monitoring: true }, security_hub: { enabled: true, standards: ['fsbp'] } } };
    const found = lines(ask);
    expect(found.get('GuardDuty at run time')?.usd).toBeGreaterThan(0);
    expect(found.get('Security Hub')?.basis).toContain('1 standard each');
    expect(lines({ security: { guardduty: { enabled: false }, security_hub: { enabled: false } } }).has('GuardDuty')).toBe(false);
  });
});

describe('prices', () => {
  it('say where and when they were read, and are above zero', () => {
    for (const { usd: price, source, read } of [dataPrices, edgePrices, operationPrices, securityPrices].flatMap((group) => Object.values(group))) {
      expect(price).toBeGreaterThan(0);
      expect(source).toMatch(/https:\/\/aws\.amazon\.com\//);
      expect(read).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
  it('of managed machines are above those of the bare ones', () => {
    const bare = new Map(instanceTypes.map(({ type, usdPerHour }) => [type, usdPerHour]));
    for (const { usdPerHour } of [databaseMachines, cacheMachines, brokerMachines]) {
      for (const [type, price] of Object.entries(usdPerHour)) expect(price, type).toBeGreaterThan(bare.get(type.split('.').slice(1).join('.')) ?? 0);
    }
  });
});
