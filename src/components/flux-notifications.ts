import { z } from 'zod';
import { defineComponent, none } from '../model/component.ts';
import { fluxApi, fluxNamespace } from '../units/flux-names.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { platformTeam } from '../units/wellknown.ts';

const id = 'flux-notifications';

const settings = z.strictObject({
  severity: z.enum(['error', 'info']).default('error').meta({ description: 'What is told: failures, or everything that Flux does.' }),
});

/** Where Alertmanager takes alerts: its Service as chart kube-prometheus-stack 88.5.3 names it (`templates/alertmanager/service.yaml`) with our `fullnameOverride`. */
const alertmanagerUrl = 'http://kube-prometheus-alertmanager.monitoring:9093/api/v2/alerts/';

const metadata = { name: 'alertmanager', namespace: fluxNamespace };

const provider: KubeObject = { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Provider', metadata, spec: { type: 'alertmanager', address: alertmanagerUrl } };

/** Every kind of Flux that can fail, of the platform alone: an Alert sees no other namespace. */
const sources = [fluxApi.gitRepository, fluxApi.helmRepository, fluxApi.ociRepository, fluxApi.kustomization, fluxApi.helmRelease].map(({ kind }) => ({ kind, name: '*' }));

/** Failures of Flux as alerts: they take the way of every other alert, to Slack, PagerDuty or mail, by cluster, environment and team. */
export const fluxNotifications = defineComponent({
  id,
  summary: 'Tells Alertmanager what Flux could not do.',
  layer: 'observability',
  requires: ['flux', 'kube-prometheus-stack'],
  defaultOn: true,
  engine: 'flux',
  settings,
  infra: () => ({}),
  workload: ({ environment, cluster, settings: { severity } }) => ({
    namespaces: [],
    releases: [
      {
        kind: 'manifests',
        name: id,
        namespace: fluxNamespace,
        manifests: [provider],
        clusterManifests: [
          {
            apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
            kind: 'Alert',
            metadata,
            spec: {
              providerRef: { name: metadata.name },
              eventSeverity: severity,
              eventSources: sources,
              // Labels of the alert, but for the summary. Source: notification-controller, `internal/notifier/alertmanager.go`.
              eventMetadata: { environment: environment.name, cluster: cluster.name, team: platformTeam, summary: `Flux could not do its work on ${cluster.name}.` },
            },
          },
        ],
      },
    ],
  }),
  network: () => [{ from: 'flux/notification-controller', to: 'kube-prometheus-stack/alertmanager-kube-prometheus', port: 9093, why: 'sends alerts' }],
  alerts: () => none('its alerts come from Flux itself, not from a rule'),
  dashboards: () => none('Alertmanager shows its alerts'),
  cost: () => none('runs nothing of its own'),
  checks: [],
});
