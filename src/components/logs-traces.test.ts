import { describe, expect, it } from 'vitest';
import { chartOf, exampleCluster, objectsOf, planned, rolesOf } from '../../test/fixtures/planned-components.ts';
import { validateObject } from '../verify/kubernetes/schemas.ts';
import { opentelemetryCollector } from './opentelemetry-collector.ts';

const at = (values: unknown, ...path: readonly string[]): unknown => path.reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>> | undefined)?.[key], values);
const collector = (settings: unknown, environment = 'dev') => chartOf(planned('opentelemetry-collector', exampleCluster(environment), settings), 'opentelemetry-collector').clusterValues;

describe('loki', () => {
  it('keeps each cluster below its own name in one bucket, with rights on that name only', () => {
    const plan = planned('loki', exampleCluster('prod', 1));
    const storage = at(chartOf(plan, 'loki').clusterValues, 'loki', 'storage');
    expect(storage).toMatchObject({ bucketNames: { chunks: 'argoeks-prod-loki-333333333333-us-east-1' }, object_store: { storage_prefix: 'prod-mlops-cluster-02', s3: { region: 'us-east-1' } } });
    const [role = expect.fail('no role')] = rolesOf(plan);
    const onObjects = role.allow.filter(({ actions }) => actions.some((one) => one.endsWith('Object')));
    expect(onObjects.map(({ on }) => on)).toEqual([['arn:aws:s3:::argoeks-prod-loki-333333333333-us-east-1/prod-mlops-cluster-02/*']]);
  });

  it('writes each line three times in prod, and lets one replica go', () => {
    const of = (environment: string) => chartOf(planned('loki', exampleCluster(environment)), 'loki').clusterValues;
    expect([at(of('prod'), 'loki', 'commonConfig', 'replication_factor'), at(of('prod'), 'singleBinary', 'podDisruptionBudget')]).toEqual([3, { enabled: true, maxUnavailable: 1 }]);
    expect([at(of('dev'), 'loki', 'commonConfig', 'replication_factor'), at(of('dev'), 'singleBinary', 'podDisruptionBudget', 'enabled')]).toEqual([1, false]);
  });

  it('reads files of root as root, with no capability beside', () => {
    expect(at(chartOf(planned('loki', exampleCluster('dev')), 'log-agent').values, 'securityContext')).toMatchObject({ runAsUser: 0, capabilities: { drop: ['ALL'] } });
  });
});

describe('the collector of traces', () => {
  it('sends to X-Ray of its region with a role that may do that alone', () => {
    expect(at(collector({}), 'config')).toEqual({ exporters: { debug: null, awsxray: { region: 'us-east-1', local_mode: true } }, service: { pipelines: { traces: { receivers: ['otlp'], exporters: ['awsxray'] } } } });
    expect(rolesOf(planned('opentelemetry-collector', exampleCluster('dev'))).flatMap(({ allow }) => allow.flatMap(({ actions }) => actions))).toEqual(['xray:PutTraceSegments']);
  });

  it('sends elsewhere, with a key that is never in a file, and needs no role then', () => {
    const settings = { xray: false, otlp: { endpoint: 'https://tempo.acme.io:4318', authorization_secret_name: '/dev/tempo' } };
    expect(at(collector(settings), 'config', 'exporters')).toEqual({ debug: null, otlp_http: { endpoint: 'https://tempo.acme.io:4318', headers: { authorization: '${env:OTLP_AUTHORIZATION}' } } });
    expect(at(collector(settings), 'extraEnvs')).toMatchObject([{ valueFrom: { secretKeyRef: { name: 'opentelemetry-collector-otlp', key: 'authorization', optional: true } } }]);
    const secrets = objectsOf(planned('opentelemetry-collector', exampleCluster('dev'), settings), 'opentelemetry-collector-otlp');
    expect(secrets.flatMap((one) => validateObject(one))).toEqual([]);
    expect(secrets).toMatchObject([{ kind: 'ExternalSecret', spec: { target: { name: 'opentelemetry-collector-otlp' }, data: [{ secretKey: 'authorization', remoteRef: { key: '/dev/tempo', property: 'authorization' } }] } }]);
    expect(rolesOf(planned('opentelemetry-collector', exampleCluster('dev'), settings))).toEqual([]);
  });

  it.each([[{ xray: false }], [{ otlp: { endpoint: 'http://tempo.acme.io' } }], [{ otlp: { endpoint: 'tempo.acme.io:4317' } }]])('refuses %j', (settings) => {
    expect(opentelemetryCollector.settings.safeParse(settings).success).toBe(false);
  });
});
