import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Post { readonly url: string; readonly body: Readonly<Record<string, unknown>> }
interface Pager {
  relay(parts: { readKey(): Promise<string>; post(url: string, request: { readonly body: string }): Promise<{ readonly status: number }>; url: string; now?(): number }): (event: unknown) => Promise<void>;
}
// Ships as it is, in the runtime's own language.
const { relay } = (await import(join(import.meta.dirname, '../../build/functions/pagerduty/index.mjs'))) as Pager;

const notice = (message: unknown, more: Readonly<Record<string, unknown>> = {}) => ({ Records: [{ Sns: { Message: typeof message === 'string' ? message : JSON.stringify(message), MessageId: 'm1', TopicArn: 'arn:aws:sns:us-east-1:1:alerts', ...more } }] });
const world = (statuses: readonly number[] = [202]) => {
  const posts: Post[] = [];
  const seen = { reads: 0, time: 0 };
  const handler = relay({
    readKey: async () => `key-${(seen.reads += 1)}`, url: 'https://pager/v2/enqueue', now: () => seen.time,
    post: async (url, { body }) => {
      posts.push({ url, body: JSON.parse(body) as Post['body'] });
      return { status: statuses[Math.min(posts.length, statuses.length) - 1] ?? 202 };
    },
  });
  return { handler, posts, seen };
};
const alarm = (state: string) => ({ AlarmName: 'alb-5xx', AlarmDescription: 'Errors', NewStateValue: state, NewStateReason: 'Threshold crossed', AlarmArn: 'arn:aws:cloudwatch:us-east-1:1:alarm:alb-5xx' });

describe('what PagerDuty is told', () => {
  it('an alarm opens an incident and its end closes the same one', async () => {
    const { handler, posts } = world();
    for (const state of ['ALARM', 'OK', 'INSUFFICIENT_DATA']) await handler(notice(alarm(state)));
    expect(posts.map(({ body }) => [body['event_action'], body['dedup_key']])).toEqual([['trigger', alarm('OK').AlarmArn], ['resolve', alarm('OK').AlarmArn]]);
    expect(posts[0]).toMatchObject({ url: 'https://pager/v2/enqueue', body: { routing_key: 'key-1', payload: { severity: 'critical', summary: 'alb-5xx: Errors: Threshold crossed' } } });
  });

  it('an alert of a cluster opens an incident and its end closes the same one, if it is critical', async () => {
    const { handler, posts } = world();
    const alert = (status: string, severity: string) => ({
      version: '1.0', source: 'custom', content: { title: '[FIRING] CoreDnsDown', description: 'Names do not resolve.' },
      metadata: { relatedResources: ['prod-mlops-cluster-01'], additionalContext: { origin: 'alertmanager', status, severity, key: 'CoreDnsDown/prod-mlops-cluster-01' } },
    });
    for (const [status, severity] of [['firing', 'warning'], ['firing', 'critical'], ['resolved', 'critical']] as const) await handler(notice(alert(status, severity)));
    expect(posts.map(({ body }) => [body['event_action'], body['dedup_key']])).toEqual([['trigger', 'CoreDnsDown/prod-mlops-cluster-01'], ['resolve', 'CoreDnsDown/prod-mlops-cluster-01']]);
    expect(posts[0]).toMatchObject({ body: { payload: { severity: 'critical', source: 'prod-mlops-cluster-01', summary: '[FIRING] CoreDnsDown: Names do not resolve.' } } });
  });

  it.each([
    ['a critical finding of Security Hub', { 'detail-type': 'Security Hub Findings - Imported', source: 'aws.securityhub', id: 'e', detail: { findings: [{ Id: 'f1', Title: 'Root has no MFA', Severity: { Label: 'CRITICAL' } }] } }, 'f1', 'critical'],
    ['a high finding of GuardDuty', { 'detail-type': 'GuardDuty Finding', source: 'aws.guardduty', id: 'e', detail: { id: 'g1', title: 'Bitcoin', severity: 8 } }, 'g1', 'error'],
    ['an event of any other service', { 'detail-type': 'Backup Job State Change', source: 'aws.backup', id: 'e1', detail: { state: 'FAILED' } }, 'e1', 'error'],
    ['a notice of a budget', 'AWS Budgets: dev is over 80 %', 'm1', 'warning'], ['a notice that is no object', '[1]', 'm1', 'warning'],
  ])('%s opens an incident under its own key', async (_, message, key, severity) => {
    const { handler, posts } = world();
    await handler(notice(message));
    expect(posts).toMatchObject([{ body: { event_action: 'trigger', dedup_key: key, payload: { severity } } }]);
  });

  it('stays within PagerDuty\'s limits', async () => {
    const { handler, posts } = world();
    await handler(notice('x'.repeat(5000), { MessageId: 'y'.repeat(400) }));
    expect([String(posts[0]?.body['dedup_key']).length, (posts[0]?.body['payload'] as { summary: string }).summary.length]).toEqual([255, 1024]);
  });
});

describe('the key', () => {
  it('is read once for five minutes, and again after PagerDuty refused it', async () => {
    const { handler, posts, seen } = world([202, 202, 202, 400, 202]);
    await handler(notice('a'));
    await handler(notice('b'));
    expect(seen.reads).toBe(1);
    seen.time = 300_001;
    await handler(notice('c'));
    expect(seen.reads).toBe(2);
    await expect(handler(notice('d'))).rejects.toThrow('PagerDuty answered 400');
    await handler(notice('e'));
    expect(posts.at(-1)?.body['routing_key']).toBe('key-3');
  });

  it('stands in no error: a failure makes Lambda try again and says the status only', async () => {
    const { handler } = world([503]);
    await expect(handler(notice('a'))).rejects.toThrow(/^PagerDuty answered 503$/);
  });
});
