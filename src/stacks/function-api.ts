import { Apigatewayv2Api } from '#bindings/aws/apigatewayv2-api.js';
import { Apigatewayv2Integration } from '#bindings/aws/apigatewayv2-integration.js';
import { Apigatewayv2Route } from '#bindings/aws/apigatewayv2-route.js';
import { Apigatewayv2Stage } from '#bindings/aws/apigatewayv2-stage.js';
import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import type { KmsKey } from '#bindings/aws/kms-key.js';
import type { LambdaFunction } from '#bindings/aws/lambda-function.js';
import { LambdaPermission } from '#bindings/aws/lambda-permission.js';
import type { Construct } from 'constructs';
import { json } from './expression.ts';

/** HTTP API in front of one function. */
export interface FunctionApiProps {
  readonly name: string;
  readonly routes: readonly string[];
  /** `AWS_IAM` or `NONE`. */
  readonly authorization: string;
  readonly burst: number;
  readonly ratePerSecond: number;
}

/** Fields of an access log line. Source: API Gateway developer guide, "Customize HTTP API access logs". */
const logLine = {
  requestId: '$context.requestId', time: '$context.requestTime', ip: '$context.identity.sourceIp', caller: '$context.identity.userArn', route: '$context.routeKey', status: '$context.status',
  length: '$context.responseLength', latencyMs: '$context.responseLatency', error: '$context.integrationErrorMessage',
};

/** API with one stage that deploys itself, throttled, with access logs. */
export class FunctionApi {
  readonly stage: Apigatewayv2Stage;

  constructor(scope: Construct, id: string, target: LambdaFunction, key: KmsKey, logRetentionDays: number, props: FunctionApiProps) {
    const api = new Apigatewayv2Api(scope, `apigatewayv2-api.${id}`, { name: props.name, protocolType: 'HTTP' });
    const logs = new CloudwatchLogGroup(scope, `cloudwatch-log-group.${id}_api`, { name: `/aws/vendedlogs/apigateway/${props.name}`, retentionInDays: logRetentionDays, kmsKeyId: key.arn });
    const integration = new Apigatewayv2Integration(scope, `apigatewayv2-integration.${id}`, { apiId: api.id, integrationType: 'AWS_PROXY', integrationUri: target.invokeArn, payloadFormatVersion: '2.0' });
    for (const [i, routeKey] of props.routes.entries()) {
      new Apigatewayv2Route(scope, `apigatewayv2-route.${id}_${i + 1}`, { apiId: api.id, routeKey, target: `integrations/${integration.id}`, authorizationType: props.authorization });
    }
    this.stage = new Apigatewayv2Stage(scope, `apigatewayv2-stage.${id}`, {
      apiId: api.id, name: '$default', autoDeploy: true,
      defaultRouteSettings: { throttlingBurstLimit: props.burst, throttlingRateLimit: props.ratePerSecond, detailedMetricsEnabled: true },
      accessLogSettings: { destinationArn: logs.arn, format: json(logLine) },
    });
    new LambdaPermission(scope, `lambda-permission.${id}_api`, {
      statementId: 'http-api', action: 'lambda:InvokeFunction', functionName: target.functionName, principal: 'apigateway.amazonaws.com', sourceArn: `${api.executionArn}/*/*`,
    });
  }
}
