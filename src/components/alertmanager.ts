import type { Cluster, Environment } from '../config/platform.ts';
import type { Flow } from '../model/component.ts';
import type { IamStatement } from '../model/infra.ts';
import type { Values } from '../model/workload.ts';
import { alertTopicArn, alertTopicName } from '../units/aws-names.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { secretStore } from '../units/wellknown.ts';
import { receivers, receiversFolder, secretKeys } from './alertmanager-receivers.ts';
import type { Outside } from './alertmanager-receivers.ts';
import { rootRoute } from './alertmanager-routes.ts';
import { timeIntervals } from './alertmanager-silences.ts';
import { remoteRef } from './remote-ref.ts';

/** Secret with what receivers need, made by External Secrets. */
const receiversSecret = 'alertmanager-receivers';

const outsideOf = (environment: Environment, { region }: Pick<Cluster, 'region'>): Outside => ({
  topicArn: alertTopicArn(environment, region), region,
  pagerdutyHost: environment.settings.alerts.pagerduty.service_region === 'eu' ? 'events.eu.pagerduty.com' : 'events.pagerduty.com',
});

/** What Alertmanager's configuration has of its own on one cluster; `inhibitRules` are the same on all. Pure. */
export const alertmanagerConfig = (environment: Environment, cluster: Pick<Cluster, 'region'>): Values => {
  const settings = environment.settings.monitoring.alertmanager;
  return {
    route: rootRoute(settings),
    receivers: receivers(settings, outsideOf(environment, cluster)),
    ...(settings.silences.length > 0 ? { time_intervals: timeIntervals(settings.silences) } : {}),
  };
};

/** Keys of the secret that a cluster's receivers read; without any there is no secret. Pure. */
export const receiverKeys = (environment: Environment, cluster: Pick<Cluster, 'region'>): readonly string[] => secretKeys(environment.settings.monitoring.alertmanager, outsideOf(environment, cluster));

/**
 * What Alertmanager's role may do: publish to the topic of its region, and use the key of that topic. Source: SNS developer guide, "Key management",
 * "Enable compatibility between event sources … and encrypted topics" (a publisher needs `kms:GenerateDataKey` and `kms:Decrypt`). Pure.
 */
export const publishRights = (environment: Environment, { partition, accountId, region }: Pick<Cluster, 'partition' | 'accountId' | 'region'>): readonly IamStatement[] => [
  { sid: 'Publish', actions: ['sns:Publish'], on: [alertTopicArn(environment, region)] },
  { sid: 'KeyOfTopic', actions: ['kms:GenerateDataKey', 'kms:Decrypt'], on: [`arn:${partition}:kms:${region}:${accountId}:key/*`], when: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [`alias/${alertTopicName(environment)}`] } } },
];

/** Mounts the secret's keys as files. It may be absent: Alertmanager starts without it, and only what needs the key fails until it is there. */
export const receiverVolume = {
  volumes: [{ name: 'receivers', secret: { secretName: receiversSecret, optional: true } }],
  volumeMounts: [{ name: 'receivers', mountPath: receiversFolder, readOnly: true }],
};

/**
 * Makes the secret from one entry of Secrets Manager. A key that is still to be written must not hold the bring-up of everything behind it:
 * its alert says so, and the topic works without it. Pure.
 */
export const receiversFrom = (environment: Environment, namespace: string, keys: readonly string[]): KubeObject => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: receiversSecret, namespace, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
  spec: {
    refreshInterval: '1h0m0s',
    secretStoreRef: { kind: 'ClusterSecretStore', name: secretStore.secretsManager },
    target: { name: receiversSecret, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    data: keys.map((key) => ({
      secretKey: key,
      remoteRef: remoteRef(environment.settings.monitoring.alertmanager_secret_name, key),
    })),
  },
});

/** Where Alertmanager must be let through to. Pure. */
export const notificationFlows = (environment: Environment, { region }: Pick<Cluster, 'region'>): readonly Omit<Flow, 'from'>[] => {
  const { slack, pagerduty, smtp, teams } = environment.settings.monitoring.alertmanager;
  const [host = '', port = ''] = smtp?.smarthost.split(':') ?? [];
  return [
    { to: `sns.${region}.amazonaws.com`, port: 443, why: 'tells the environment\'s topic' },
    ...(slack || teams.some((team) => team.slack) ? [{ to: 'hooks.slack.com', port: 443, why: 'tells Slack' }] : []),
    ...(pagerduty || teams.some((team) => team.pagerduty) ? [{ to: outsideOf(environment, { region }).pagerdutyHost, port: 443, why: 'tells PagerDuty' }] : []),
    ...(smtp ? [{ to: host, port: Number(port), why: 'sends mail' }] : []),
  ];
};
