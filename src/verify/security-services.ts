import { asking } from '../config/security-settings.ts';
import type { SecuritySettings } from '../config/security-settings.ts';
import { writtenAt } from '../config/sources.ts';
import type { Sources } from '../config/sources.ts';
import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';

/** Where a key below `security` was written, else the nearest above it that was, else where the environment begins. */
const spanOf = (sources: Sources, name: string, path: readonly string[], otherwise: Span): Span =>
  writtenAt(sources, name, [['security', ...path], ['security', ...path.slice(0, 1)], []], otherwise);

/** Environments whose findings nobody finds, whose Security Hub looks at nothing, and whose clusters no agent watches. Services of an account are those of all environments in it. Pure. */
export const securityServices = (sources: Sources): readonly Diagnostic[] => {
  const { environments, organization } = sources.platform;
  const delegated = organization?.settings.delegated_administrators;
  return environments.flatMap(({ name, accountId, regions, clusters, at, settings: { security } }) => {
    const neighbours = environments.filter((other) => other.accountId === accountId);
    const without = (asks: (settings: SecuritySettings) => boolean): readonly string[] => regions.filter((region) => asking(neighbours, region, asks).length === 0);
    const unheard = security.finding_alerts && delegated?.guardduty === undefined && delegated?.security_hub === undefined ? without(({ guardduty, security_hub: hub }) => guardduty.enabled || hub.enabled) : [];
    const blind = security.security_hub.enabled && delegated?.config === undefined ? without(({ config }) => config.enabled) : [];
    const { enabled, runtime_monitoring: runtime, manage_agent: managed } = security.guardduty;
    const unwatched = enabled && runtime && !managed ? clusters.filter(({ components }) => components['guardduty-runtime'] === undefined).map((cluster) => cluster.name) : [];
    return [
      ...(unwatched.length === 0 ? [] : [problem('verify/runtime-without-agent', spanOf(sources, name, ['guardduty', 'runtime_monitoring'], at), `envs.${name}.security.guardduty.runtime_monitoring is on, but ${unwatched.join(' and ')} ${unwatched.length === 1 ? 'has' : 'have'} no agent.`, `Set envs.${name}.components.guardduty-runtime.enabled to true, or runtime_monitoring to false.`)]),
      ...(unheard.length === 0 ? [] : [problem('verify/unheard-findings', spanOf(sources, name, ['finding_alerts'], at), `envs.${name}.security.finding_alerts is on, but neither GuardDuty nor Security Hub is on in ${unheard.join(' and ')}.`, `Set envs.${name}.security.guardduty.enabled or security_hub.enabled to true, or finding_alerts to false.`)]),
      ...(blind.length === 0 ? [] : [problem('verify/hub-without-recorder', spanOf(sources, name, ['security_hub', 'enabled'], at), `envs.${name}.security.security_hub is on, but AWS Config records nothing in ${blind.join(' and ')}.`, `Set envs.${name}.security.config.enabled to true.`)]),
    ];
  });
};
