/**
 * Passes what the alert topics say on to PagerDuty's Events API v2. Its integration key stands in Parameter Store and nowhere else: it is
 * read when it is first needed, and again after PagerDuty refused it, so a new key needs no deployment.
 */

const keyLivesMs = 5 * 60 * 1000;
const longestSummary = 1024;
const longestDedupKey = 255;

const parsed = (text) => {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const ofAlarm = (alarm) => {
  const action = { ALARM: 'trigger', OK: 'resolve' }[alarm.NewStateValue];
  // Without data nobody knows: neither a reason to wake somebody nor to let go of an incident.
  return action && {
    action, key: alarm.AlarmArn ?? alarm.AlarmName, severity: 'critical', source: alarm.AlarmArn ?? alarm.AlarmName,
    summary: [alarm.AlarmName, alarm.AlarmDescription, alarm.NewStateReason].filter(Boolean).join(': '), details: alarm,
  };
};

const ofEvent = (event) => {
  const [finding] = event.detail?.findings ?? [];
  const title = finding?.Title ?? event.detail?.title ?? event['detail-type'];
  const isCritical = finding?.Severity?.Label === 'CRITICAL' || event.detail?.severity >= 9;
  return {
    action: 'trigger', key: finding?.Id ?? event.detail?.id ?? event.id, severity: isCritical ? 'critical' : 'error', source: `${event.source} ${event.account} ${event.region}`,
    summary: `${event['detail-type']}: ${title}`, details: event.detail,
  };
};

/** Only what is critical wakes somebody; the rest of what Alertmanager says is for mail and Slack. */
const ofAlertmanager = ({ content, metadata: { additionalContext: { status, severity, key }, relatedResources } }) => severity === 'critical' ? {
  action: status === 'resolved' ? 'resolve' : 'trigger', key, severity, source: relatedResources?.[0] ?? 'alertmanager',
  summary: [content.title, content.description].filter(Boolean).join(': '), details: content,
} : undefined;

/** What PagerDuty is told of one notification; undefined where there is nothing to tell. */
export const incidentOf = ({ Message: message, Subject: subject, MessageId: id, TopicArn: topic }) => {
  const body = parsed(message);
  if (body?.AlarmName !== undefined) return ofAlarm(body);
  if (body?.['detail-type'] !== undefined) return ofEvent(body);
  if (body?.metadata?.additionalContext?.origin === 'alertmanager') return ofAlertmanager(body);
  return { action: 'trigger', key: id, severity: 'warning', source: topic, summary: subject ?? message, details: { message } };
};

const eventOf = (routingKey, { action, key, severity, source, summary, details }) => ({
  routing_key: routingKey, event_action: action, dedup_key: key.slice(-longestDedupKey),
  payload: { summary: summary.slice(0, longestSummary), source, severity, custom_details: details },
});

/** A handler that reads the key with `readKey` and posts to `url` with `post`. What it throws makes Lambda try again, twice, and then keep the event. */
export const relay = ({ readKey, post, url, now = Date.now }) => {
  let known = { key: undefined, until: 0 };
  const send = async (incident) => {
    if (known.key === undefined || known.until < now()) known = { key: await readKey(), until: now() + keyLivesMs };
    const { status } = await post(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(eventOf(known.key, incident)) });
    if (status === 202) return;
    known = { key: undefined, until: 0 };
    // The answer may repeat the key: the status alone is logged.
    throw new Error(`PagerDuty answered ${status}`);
  };
  return async ({ Records: records }) => {
    for (const { Sns: notification } of records) {
      const incident = incidentOf(notification);
      if (incident) await send(incident);
    }
  };
};

const readParameter = async () => {
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const { Parameter: parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name: process.env.SERVICE_KEY_PARAMETER, WithDecryption: true }));
  return parameter.Value.trim();
};

export const handler = relay({ readKey: readParameter, post: (url, request) => fetch(url, request), url: `https://${process.env.PAGERDUTY_HOST}/v2/enqueue` });
