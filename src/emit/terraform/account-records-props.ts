import type { Environment, Platform } from '../../config/platform.ts';
import { asking } from '../../config/security-settings.ts';
import type { AccountSecurityProps } from '../../stacks/account-security.ts';
import type { AccountTrailProps } from '../../stacks/account-trail.ts';
import type { ConfigurationRecorderProps } from '../../stacks/configuration-recorder.ts';
import { bounded } from '../../units/aws-names.ts';
import { accountRegion, boundaryArn, terraformName } from './names.ts';

/** True where the account keeps a record of its own: asked for, or not said and not recorded by the organization already. */
const recordsItself = (platform: Platform, { settings: { security } }: Environment): boolean => security.cloudtrail.enabled ?? platform.organization?.settings.trail.enabled !== true;

interface Trail {
  readonly arn: string;
  readonly retentionDays: number;
  readonly props: AccountTrailProps;
}

const trailOf = (platform: Platform, environments: readonly Environment[], first: Environment, home: string): Trail | undefined => {
  const said = environments.filter((environment) => recordsItself(platform, environment)).map(({ settings }) => settings.security.cloudtrail);
  if (said.length === 0) return undefined;
  const { partition, accountId } = first;
  const name = `${platform.name}-account`;
  const arn = `arn:${partition}:cloudtrail:${home}:${accountId}:trail/${name}`;
  const logged = said.filter(({ log_group: asks }) => asks);
  return {
    arn, retentionDays: Math.max(...said.map(({ retention_days: days }) => days)),
    props: {
      name,
      ...(logged.length === 0 ? {} : {
        logs: {
          name: `/aws/cloudtrail/${name}`, retentionDays: Math.max(...logged.map(({ log_retention_days: days }) => days)), roleName: bounded(`${platform.name}-trail-logs`, 64), boundaryArn: boundaryArn(platform, first),
          streams: `${accountId}_CloudTrail_*`,
        },
      }),
    },
  };
};

/** `ENCRYPTED_VOLUMES` → `encrypted-volumes`. */
const ruleName = (identifier: string): string => identifier.toLowerCase().replaceAll('_', '-');

const configOf = (environments: readonly Environment[], { partition, accountId }: Environment, home: string): ConfigurationRecorderProps | undefined => {
  const regions = [...new Set(environments.flatMap((environment) => environment.regions))].sort();
  const found = regions.map((region) => ({ region, said: asking(environments, region, ({ config }) => config.enabled).map(({ config }) => config) })).filter(({ said }) => said.length > 0);
  const global = found.find(({ region }) => region === home) ?? found[0];
  if (!global) return undefined;
  return {
    roleArn: `arn:${partition}:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
    createsRole: found.every(({ said }) => said.every(({ create_role: creates }) => creates)),
    regions: Object.fromEntries(found.map(({ region, said }) => [terraformName(region), {
      region, recordsGlobal: region === global.region, frequency: said.some(({ frequency }) => frequency === 'continuous') ? 'CONTINUOUS' : 'DAILY', retentionDays: Math.max(...said.map(({ retention_days: days }) => days)),
      rules: Object.fromEntries([...new Set(said.flatMap(({ rules }) => rules))].sort().map((identifier) => [terraformName(ruleName(identifier)), { name: ruleName(identifier), identifier }])),
    }])),
  };
};

/** Decides what an account records and where it keeps that; undefined where it records nothing. Pure. */
export const recordsOf = (platform: Platform, environments: readonly Environment[], first: Environment): AccountSecurityProps['records'] => {
  const { partition, accountId } = first;
  const home = accountRegion(platform, accountId);
  const trail = trailOf(platform, environments, first, home);
  const config = configOf(environments, first, home);
  if (!trail && !config) return undefined;
  const retentions = [...(trail ? [trail.retentionDays] : []), ...Object.values(config?.regions ?? {}).map(({ retentionDays: days }) => days)];
  return {
    store: {
      bucket: bounded(`${platform.name}-audit-${accountId}-${home}`, 63), alias: `alias/${platform.name}-audit`, partition, accountId, retentionDays: Math.max(...retentions), isForConfig: config !== undefined,
      ...(trail ? { trailArn: trail.arn } : {}), ...(trail?.props.logs ? { logGroup: { region: home, name: trail.props.logs.name } } : {}),
    },
    ...(trail ? { trail: trail.props } : {}), ...(config ? { config } : {}),
  };
};
