import type { Alert } from '../../model/component.ts';
import type { RunbookUrl } from '../../model/runbook-url.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { platformTeam } from '../../units/wellknown.ts';

/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

/** An alert as Prometheus reads it. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated one after the other, each seeing what those before it recorded. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/**
 * An alert as a rule. Cluster and environment are external labels of each Prometheus, which it adds to every alert it sends: the text stays the
 * same for all clusters. `slo` marks what burns the same budget. Pure.
 */
export const alertingRule = ({ name, expr, forMinutes, severity, summary, runbook, team }: Alert, url: RunbookUrl, slo?: string): AlertingRule => ({
  alert: name,
  expr,
  for: `${forMinutes}m`,
  labels: { severity, team: team ?? platformTeam, ...(slo === undefined ? {} : { slo }) },
  annotations: { summary, runbook_url: url(runbook) },
});

/** A PrometheusRule of the platform. Pure. */
export const prometheusRule = (name: string, namespace: string, groups: readonly RuleGroup[]): KubeObject => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name, namespace },
  spec: { groups },
});
