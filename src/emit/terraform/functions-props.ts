import { enabledFunctions, functionArchive, pagerFunction } from '../../config/function-settings.ts';
import type { FunctionSettings } from '../../config/function-settings.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import type { FunctionProps, FunctionsProps } from '../../stacks/functions.ts';
import { alertTopicArn, bounded } from '../../units/aws-names.ts';
import { namedFunctions } from './function-names.ts';
import { boundaryArn, environmentAws } from './names.ts';
import { pagerRights } from './pager-props.ts';

/** The way from `terraform/environments/<env>` to the repository. */
const repository = '../../..';
/** Requests an HTTP API takes at once and in a second. */
const throttle = { burst: 500, ratePerSecond: 1000 };

/** Role of a function. Begins like every role that the environment may make. */
export const functionRoleName = ({ settings }: Environment, name: string): string => bounded(`${settings.cluster_name_prefix}-fn-${name}`, 64);

/** Alias of the key for logs and variables of an environment's functions, with `alias/`. */
const functionsKeyAlias = ({ settings }: Environment): string => `alias/${settings.cluster_name_prefix}-functions`;

const functionProps = (environment: Environment, one: FunctionSettings, region: string): FunctionProps => {
  const alarm = (kind: string): string => `${environment.settings.cluster_name_prefix}-fn-${one.name}-${kind}`;
  return {
    name: one.name, roleName: functionRoleName(environment, one.name), archive: `${repository}/${functionArchive(environment, one)}`,
    runtime: one.runtime, handler: one.handler, memoryMb: one.memory, timeoutS: one.timeout, architecture: one.architectures[0] ?? 'x86_64',
    variables: Object.entries(one.env).map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1)),
    allow: one.name === pagerFunction(environment)?.name ? pagerRights(environment, region) : [],
    alarms: { errors: alarm('errors'), throttles: alarm('throttles') },
    ...(one.http_api.enabled ? { api: { name: one.name, routes: one.http_api.routes, authorization: one.http_api.authorization, ...throttle } } : {}),
  };
};

/** Decides everything of an environment's Lambda functions; undefined where it has none. Pure. */
export const functionsProps = (platform: Platform, environment: Environment): FunctionsProps | undefined => {
  const functions = enabledFunctions(environment);
  if (functions.length === 0) return undefined;
  const { partition, accountId, settings } = environment;
  const { region } = environmentAws(platform, environment);
  return {
    region, partition, accountId, alias: functionsKeyAlias(environment), boundaryArn: boundaryArn(platform, environment), logRetentionDays: 400, alertTopicArn: alertTopicArn(environment, region),
    failures: { queueName: `${settings.cluster_name_prefix}-functions-failed`, alarmName: `${settings.cluster_name_prefix}-functions-failed` },
    each: Object.fromEntries(namedFunctions(functions).map(([id, one]) => [id, functionProps(environment, one, region)])),
  };
};
