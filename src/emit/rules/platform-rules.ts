import type { GitOps } from '../../config/platform.ts';
import type { Absent, Alert } from '../../model/component.ts';
import type { ComponentPlan } from '../../model/plan.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { indicatorGroups, thresholdGroups } from './indicators.ts';
import { alertingRule, prometheusRule } from './rule.ts';
import { runbookUrl } from '../../model/runbook-url.ts';
import { sloGroup } from './slo.ts';
import { slos } from './slos.ts';

const isAbsent = (alerts: readonly Alert[] | Absent): alerts is Absent => 'absent' in alerts;

/**
 * Rules of every component of a platform and of its objectives, the same for all clusters. `planned` holds each component once, as any cluster
 * sees it: alerts are the same everywhere by contract (`Alert.expr`). Sorted by component. Pure.
 */
export const platformRules = (gitops: GitOps, planned: readonly Pick<ComponentPlan, 'id' | 'alerts'>[], namespace: string): readonly KubeObject[] => {
  const url = runbookUrl(gitops);
  const ofComponents = planned.toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap(({ id, alerts }) =>
    isAbsent(alerts) || alerts.length === 0 ? [] : [prometheusRule(`${id}-rules`, namespace, [{ name: id, rules: alerts.map((alert) => alertingRule(alert, url)) }])]);
  return [
    ...ofComponents,
    prometheusRule('sli-slo-rules', namespace, indicatorGroups(url)),
    prometheusRule('slo-rules', namespace, [...slos.map((slo) => sloGroup(slo, url)), ...thresholdGroups(url)]),
  ];
};
