import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartOf, exampleCluster, objectsOf, planned } from '../../test/fixtures/planned-components.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { environmentSettings } from '../config/environment-settings.ts';
import { validateObject } from '../verify/kubernetes/schemas.ts';
import { notificationFlows } from './alertmanager.ts';
import { daysOf } from './alertmanager-silences.ts';
import type { Receiver } from './alertmanager-receivers.ts';
import type { Route } from './alertmanager-routes.ts';

const name = 'kube-prometheus-stack';
const everybody = {
  slack: true, smtp: { smarthost: 'mail.acme.io:587', from: 'a@acme.io', username: 'a' },
  teams: [{ name: 'research', slack: true, pagerduty: true, emails: ['r@acme.io'] }, { name: 'web', emails: ['w@acme.io'] }],
  silences: [{ name: 'move', match: { alertname: 'PodReadiness_Slow' }, from: '2026-11-30', until: '2026-12-02', why: 'The nodes are renewed.' }],
};
const withSettings = (alertmanager: unknown) => {
  const platform = platformFixture([{ tier: 'prod', clusters: 1, settings: { monitoring: { alertmanager } } }]);
  const cluster = platform.environments[0]?.clusters[0] ?? expect.fail('no cluster');
  return planned(name, cluster, {}, platform);
};
interface Alertmanager {
  readonly config: { readonly route: Route; readonly receivers: readonly Receiver[] };
  readonly alertmanagerSpec: Readonly<Record<string, unknown>>;
}
const alertmanager = (plan: ReturnType<typeof planned>): Alertmanager => chartOf(plan, name).clusterValues['alertmanager'] as Alertmanager;

const withFlows = (settings: unknown): readonly string[] => {
  const platform = platformFixture([{ tier: 'prod', clusters: 1, settings: { monitoring: { alertmanager: settings } } }]);
  const environment = platform.environments[0] ?? expect.fail('no environment');
  const cluster = environment.clusters[0] ?? expect.fail('no cluster');
  return notificationFlows(environment, cluster).map(({ to, port }) => `${to}:${port}`);
};

describe('Alertmanager by default', () => {
  const plan = planned(name, exampleCluster('dev'));

  it('tells the topic of its region, with a role that may do nothing else', () => {
    const { arn } = plan.infra['alertmanager'] as { arn: string };
    expect(alertmanager(plan).config.receivers.find((one) => one.name === 'platform')).toMatchObject({ sns_configs: [{ topic_arn: `arn:aws:sns:us-east-1:${exampleCluster('dev').accountId}:argoeks-dev-alerts`, sigv4: { region: 'us-east-1' } }] });
    expect(plan.infra['alertmanager']).toMatchObject({ serviceAccount: 'alertmanager', allow: [{ actions: ['sns:Publish'], on: [expect.stringMatching(/:argoeks-dev-alerts$/)] }, { when: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': ['alias/argoeks-dev-alerts'] } } }] });
    expect(chartOf(plan, name).clusterValues).toMatchObject({ alertmanager: { serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': arn } } } });
  });

  it('reads no secret', () => {
    expect(objectsOf(plan, 'alertmanager-receivers')).toEqual([]);
    expect(alertmanager(plan).alertmanagerSpec).not.toHaveProperty('volumes');
  });
});

describe('Alertmanager with teams', () => {
  const plan = withSettings(everybody);

  it('holds names of files and no secret, each file a secret of its own, so that a missing key takes no other along', () => {
    const text = JSON.stringify(alertmanager(plan).config);
    const files = [...new Set([...text.matchAll(/"\/etc\/alertmanager\/receivers\/([\w-]+)"/g)].map(([, key]) => key))].toSorted();
    const secrets = objectsOf(plan, 'alertmanager-receivers');
    expect(secrets.flatMap((one) => validateObject(one))).toEqual([]);
    const data = secrets.flatMap((one) => (one['spec'] as { data: readonly { secretKey: string; remoteRef: { key: string } }[] }).data);
    expect(secrets.map(({ metadata: { name: own } }) => own)).toEqual(files.map((key) => `alertmanager-receivers-${key}`));
    expect(files).toEqual(['research-pagerduty-key', 'research-slack-url', 'slack-url', 'smtp-password']);
    expect(data.map(({ secretKey }) => secretKey)).toEqual(files);
    expect(new Set(data.map(({ remoteRef }) => remoteRef.key))).toEqual(new Set(['/prod/alertmanager/config']));
    expect(text).not.toMatch(/"(api_url|routing_key|auth_password)"/);
  });

  it('starts without the secrets', () => {
    const names = objectsOf(plan, 'alertmanager-receivers').map(({ metadata: { name: secret } }) => secret);
    expect(alertmanager(plan).alertmanagerSpec).toMatchObject({ volumes: [{ projected: { sources: names.map((secret) => ({ secret: { name: secret, optional: true } })) } }] });
  });

  it('has every receiver that a route names, and no other', () => {
    const { route, receivers } = alertmanager(plan).config;
    const named = (one: Route): readonly string[] => [...(one.receiver === undefined ? [] : [one.receiver]), ...(one.routes ?? []).flatMap(named)];
    expect([...new Set(named(route))].toSorted()).toEqual(receivers.map((one) => one.name).toSorted());
  });

  it('mutes a silence and all below it, and nothing else', () => {
    const mutes = (one: Route): readonly boolean[] => [one.mute_time_intervals !== undefined, ...(one.routes ?? []).flatMap(mutes)];
    for (const one of alertmanager(plan).config.route.routes ?? []) expect(new Set(mutes(one)), JSON.stringify(one.matchers)).toEqual(new Set([one.matchers?.join() === 'alertname="PodReadiness_Slow"']));
  });

  it('may reach whom it tells', () => {
    expect(new Set(withFlows(everybody))).toEqual(new Set(['hooks.slack.com:443', 'events.pagerduty.com:443', 'mail.acme.io:587', 'sns.us-east-1.amazonaws.com:443']));
  });
});

describe('settings of Alertmanager', () => {
  const parse = (alertmanager: unknown) => environmentSettings({ name: 'dev', tier: 'dev', domain: 'x.y' }).safeParse({ aws: { account_id: '314159265358' }, monitoring: { alertmanager } }).error?.issues.map(({ message }) => message);
  const silence = everybody.silences[0];

  it.each([
    ['a silence without an end in sight', { silences: [{ ...silence, until: '2027-06-01' }] }, /longer than 92 days/],
    ['a silence that ends before it begins', { silences: [{ ...silence, until: '2026-11-29' }] }, /ends before/],
    ['a silence of everything', { silences: [{ ...silence, match: {} }] }, /at least one label/],
    ['a team that nobody tells', { teams: [{ name: 'x' }] }, /needs one of/],
    ['addresses without a mail server', { teams: [{ name: 'x', emails: ['x@acme.io'] }] }, /no smtp/],
    ['the platform\'s own team', { teams: [{ name: 'platform', slack: true }] }, /own team/],
  ])('refuse %s', (_, settings, message) => expect(parse(settings)).toEqual([expect.stringMatching(message)]));

  it('take everything together', () => expect(parse(everybody)).toBeUndefined());
});

describe('the days of a silence', () => {
  it('go over the ends of months and years', () => expect(daysOf({ from: '2026-11-30', until: '2027-01-02' })).toEqual([
    { years: ['2026'], months: ['11'], days_of_month: ['30:30'] }, { years: ['2026'], months: ['12'], days_of_month: ['1:31'] }, { years: ['2027'], months: ['1'], days_of_month: ['1:2'] },
  ]));

  it('are each day once', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 91 }), (start, length) => {
      const at = (days: number) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
      const days = daysOf({ from: at(start), until: at(start + length) }).flatMap(({ years, months, days_of_month: [range = ''] }) => {
        const [first = 0, last = 0] = range.split(':').map(Number);
        return Array.from({ length: last - first + 1 }, (_, i) => new Date(Date.UTC(Number(years[0]), Number(months[0]) - 1, first + i)).toISOString().slice(0, 10));
      });
      expect(days).toEqual(Array.from({ length: length + 1 }, (_, i) => at(start + i)));
    }));
  });
});
