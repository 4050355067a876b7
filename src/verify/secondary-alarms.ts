import type { Sources } from '../config/sources.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';

const lists = ['alb_alarms_secondary', 'target_group_alarms_secondary', 's3_alarms_secondary', 'waf_alarms_secondary'] as const;

/** Lists of alarms for a second region that an environment does not have. Pure. */
export const secondaryAlarms = ({ platform, environments }: Sources): readonly Diagnostic[] =>
  platform.environments.filter(({ regions }) => regions.length < 2).flatMap(({ name, regions, settings, at }) =>
    lists.filter((list) => settings.monitoring[list].length > 0).map((list) => {
      const origin = environments.get(name)?.origin;
      return problem('verify/no-second-region', origin ? origin.source.span([...origin.path, 'monitoring', list], 'key') : at,
        `envs.${name}.monitoring.${list} makes no alarm: ${name} has the region ${regions.join(', ')} only.`, `Register a cluster of ${name} in a second region, or move the list to ${list.replace('_secondary', '_primary')}.`);
    }));
