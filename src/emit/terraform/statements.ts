import type { IamStatement } from '../../model/infra.ts';
import type { WorkloadStatement } from '../../stacks/workload-identities.ts';
import { privateZoneId } from '../../units/wellknown.ts';

/** What stands before the private zone's id, if the statement covers it. */
const zonePrefix = (on: readonly string[]): string | undefined => on.find((arn) => arn.endsWith(privateZoneId))?.slice(0, -privateZoneId.length);

/**
 * Statements of a component in the form constructs take: test keys as data, because their keys may hold a cluster's name, and the private
 * zone apart, because its id is Terraform's to fill in. Pure.
 */
export const policyStatements = (allow: readonly IamStatement[]): readonly WorkloadStatement[] =>
  allow.map(({ sid, actions, on, when }) => ({
    ...(sid === undefined ? {} : { sid }),
    actions, on: on.filter((arn) => !arn.endsWith(privateZoneId)),
    ...(zonePrefix(on) === undefined ? {} : { onPrivateZone: zonePrefix(on) ?? '' }),
    ...(when === undefined ? {} : { when: Object.fromEntries(Object.entries(when).map(([operator, keys]) => [operator, Object.entries(keys).map(([key, values]) => ({ key, values }))])) }),
  }));
