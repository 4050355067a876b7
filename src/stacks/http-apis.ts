import { Apigatewayv2Api } from '#bindings/aws/apigatewayv2-api.js';
import { Apigatewayv2Authorizer } from '#bindings/aws/apigatewayv2-authorizer.js';
import { Apigatewayv2Integration } from '#bindings/aws/apigatewayv2-integration.js';
import { Apigatewayv2Route } from '#bindings/aws/apigatewayv2-route.js';
import { Apigatewayv2Stage } from '#bindings/aws/apigatewayv2-stage.js';
import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import type { KmsKey } from '#bindings/aws/kms-key.js';
import { Construct } from 'constructs';
import { json } from './expression.ts';

/** What both kinds of API have. */
export interface ApiProps {
  readonly name: string;
  readonly burst: number;
  readonly rate: number;
  readonly logGroupName: string;
  readonly retentionDays: number;
}

/** An HTTP API that passes requests on. */
export interface HttpApiProps extends ApiProps {
  /** Resource name → method and path, and where they go. */
  readonly routes: Readonly<Record<string, { readonly route: string; readonly target: string }>>;
  /** Absent: callers sign with IAM. */
  readonly jwt?: { readonly issuer: string; readonly audience: readonly string[] };
}

/** What access logs hold of a request: no credential, no body. Source: API Gateway developer guide, "Customize HTTP API access logs". */
export const accessLog = json({
  requestId: '$context.requestId', ip: '$context.identity.sourceIp', time: '$context.requestTime', method: '$context.httpMethod', path: '$context.path', status: '$context.status', bytes: '$context.responseLength', protocol: '$context.protocol',
});

/** HTTP APIs, each route with an authorizer or IAM. */
export class HttpApis extends Construct {
  /** Resource name → address. */
  readonly endpoints: Readonly<Record<string, string>>;

  constructor(scope: Construct, key: KmsKey, each: Readonly<Record<string, HttpApiProps>>) {
    super(scope, 'http');
    this.endpoints = Object.fromEntries(Object.entries(each).map(([id, props]) => [id, this.#make(id, key, props)]));
  }

  #make(id: string, key: KmsKey, { name, routes, jwt, burst, rate, logGroupName, retentionDays }: HttpApiProps): string {
    const api = new Apigatewayv2Api(this, `apigatewayv2-api.${id}`, { name, protocolType: 'HTTP', tags: { Name: name } });
    const authorizer = jwt && new Apigatewayv2Authorizer(this, `apigatewayv2-authorizer.${id}`, {
      apiId: api.id, name: 'jwt', authorizerType: 'JWT', identitySources: ['$request.header.Authorization'], jwtConfiguration: { issuer: jwt.issuer, audience: [...jwt.audience] },
    });
    for (const [part, { route, target }] of Object.entries(routes)) {
      const integration = new Apigatewayv2Integration(this, `apigatewayv2-integration.${id}_${part}`, { apiId: api.id, integrationType: 'HTTP_PROXY', integrationMethod: 'ANY', integrationUri: target, payloadFormatVersion: '1.0' });
      new Apigatewayv2Route(this, `apigatewayv2-route.${id}_${part}`, {
        apiId: api.id, routeKey: route, target: `integrations/${integration.id}`,
        ...(authorizer === undefined ? { authorizationType: 'AWS_IAM' } : { authorizationType: 'JWT', authorizerId: authorizer.id }),
      });
    }
    const logs = new CloudwatchLogGroup(this, `cloudwatch-log-group.${id}`, { name: logGroupName, retentionInDays: retentionDays, kmsKeyId: key.arn });
    return new Apigatewayv2Stage(this, `apigatewayv2-stage.${id}`, {
      apiId: api.id, name: '$default', autoDeploy: true, accessLogSettings: { destinationArn: logs.arn, format: accessLog },
      defaultRouteSettings: { detailedMetricsEnabled: true, throttlingBurstLimit: burst, throttlingRateLimit: rate }, tags: { Name: name },
    }).invokeUrl;
  }
}
