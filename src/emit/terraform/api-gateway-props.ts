import type { Environment, Platform } from '../../config/platform.ts';
import type { ApiGatewayAccountProps } from '../../stacks/api-gateway-account.ts';
import type { ApiGatewayProps } from '../../stacks/api-gateway.ts';
import { bounded } from '../../units/aws-names.ts';
import { distinctNames } from './distinct-names.ts';
import { apiLogGroup } from './edge-names.ts';
import { boundaryArn, managedPolicyArn, terraformName } from './names.ts';

/** The way from `terraform/environments/<env>` to the repository. */
const repository = '../../..';

/** Decides the API gateways of an environment; undefined where there is none. Pure. */
export const apiGatewayProps = ({ name: environment, partition, accountId, regions: [region = ''], settings: { cluster_name_prefix: prefix, edge: { api_gateway: said } } }: Environment): ApiGatewayProps | undefined => {
  if (!said.enabled || said.http.length + said.rest.length === 0) return undefined;
  const common = ({ name, burst, rate }: { readonly name: string; readonly burst: number; readonly rate: number }) =>
    ({ name: `${environment}-${name}`, burst, rate, logGroupName: apiLogGroup(`${environment}-${name}`), retentionDays: said.log_retention_days });
  return {
    partition, accountId, region, keyAlias: `alias/${prefix}-api-gateway-logs`, logGroupNames: apiLogGroup(`${environment}-*`),
    http: Object.fromEntries(said.http.map((api) => {
      const names = distinctNames(api.routes.map(({ route }) => route.replace('$', '')));
      return [terraformName(api.name), { ...common(api), routes: Object.fromEntries(api.routes.map(({ route, target }, i) => [names[i] ?? '', { route, target }])), ...(api.jwt === undefined ? {} : { jwt: api.jwt }) }];
    })),
    rest: Object.fromEntries(said.rest.map((api) => [terraformName(api.name), { ...common(api), document: `${repository}/${api.openapi}` }])),
  };
};

const hasRest = ({ settings: { edge: { api_gateway: said } } }: Environment): boolean => said.enabled && said.rest.length > 0;

/** Decides what API Gateway gets once in an account; undefined where no environment has a REST API. Pure. */
export const apiGatewayAccountProps = (platform: Platform, environments: readonly Environment[]): ApiGatewayAccountProps | undefined => {
  const using = environments.filter(hasRest);
  const [first] = using;
  if (first === undefined) return undefined;
  return {
    roleName: bounded(`${platform.name}-api-gateway-logs`, 64), boundaryArn: boundaryArn(platform, first), policyArn: managedPolicyArn(first.partition, 'service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
    regions: Object.fromEntries([...new Set(using.map(({ regions: [region = ''] }) => region))].map((region) => [terraformName(region), region])),
  };
};
