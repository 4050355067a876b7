import { ApiGatewayDeployment } from '#bindings/aws/api-gateway-deployment.js';
import { ApiGatewayMethodSettings } from '#bindings/aws/api-gateway-method-settings.js';
import { ApiGatewayRestApi } from '#bindings/aws/api-gateway-rest-api.js';
import { ApiGatewayStage } from '#bindings/aws/api-gateway-stage.js';
import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import type { KmsKey } from '#bindings/aws/kms-key.js';
import type { Wafv2WebAcl } from '#bindings/aws/wafv2-web-acl.js';
import { Wafv2WebAclAssociation } from '#bindings/aws/wafv2-web-acl-association.js';
import { Fn } from 'cdktn';
import { Construct } from 'constructs';
import { expression } from './expression.ts';
import { accessLog } from './http-apis.ts';
import type { ApiProps } from './http-apis.ts';
import { accepted, because } from './root.ts';

/** A REST API from an OpenAPI document. */
export interface RestApiProps extends ApiProps {
  /** The document, relative to the root's folder. */
  readonly document: string;
}

/** REST APIs, each behind the web ACL where there is one. */
export class RestApis extends Construct {
  /** Resource name → address. */
  readonly endpoints: Readonly<Record<string, string>>;

  constructor(scope: Construct, key: KmsKey, each: Readonly<Record<string, RestApiProps>>, webAcl: Wafv2WebAcl | undefined) {
    super(scope, 'rest');
    this.endpoints = Object.fromEntries(Object.entries(each).map(([id, props]) => [id, this.#make(id, key, props, webAcl)]));
  }

  #make(id: string, key: KmsKey, { name, document, burst, rate, logGroupName, retentionDays }: RestApiProps, webAcl: Wafv2WebAcl | undefined): string {
    const api = new ApiGatewayRestApi(this, `api-gateway-rest-api.${id}`, {
      name, body: expression(`file("${expression('path.module')}/${document}")`), endpointConfiguration: { types: ['REGIONAL'] }, tags: { Name: name }, lifecycle: { createBeforeDestroy: true },
    });
    const deployment = because(new ApiGatewayDeployment(this, `api-gateway-deployment.${id}`, { restApiId: api.id, triggers: { body: Fn.sha256(api.body) }, lifecycle: { createBeforeDestroy: true } }),
      'A stage shows what was deployed, so every change of the document is a deployment.');
    const logs = new CloudwatchLogGroup(this, `cloudwatch-log-group.rest_${id}`, { name: logGroupName, retentionInDays: retentionDays, kmsKeyId: key.arn });
    const stage = because(new ApiGatewayStage(this, `api-gateway-stage.${id}`, {
      restApiId: api.id, deploymentId: deployment.id, stageName: 'live', accessLogSettings: { destinationArn: logs.arn, format: accessLog }, tags: { Name: name },
    }), 'Access logs need the role that the root of the account gives API Gateway.');
    accepted(stage, {
      CKV_AWS_73: 'what stands behind the API traces', CKV_AWS_120: 'answers are not cached: they depend on who asks', CKV2_AWS_51: 'callers sign or show tokens', CKV2_AWS_77: 'the web ACL holds AWSManagedRulesKnownBadInputsRuleSet unless told otherwise',
      CKV2_AWS_4: 'access logs say who asked; execution logs would go to a group that no root makes or deletes',
    });
    accepted(new ApiGatewayMethodSettings(this, `api-gateway-method-settings.${id}`, { restApiId: api.id, stageName: stage.stageName, methodPath: '*/*', settings: { metricsEnabled: true, throttlingBurstLimit: burst, throttlingRateLimit: rate } }), { CKV_AWS_225: 'answers are not cached: they depend on who asks' });
    if (webAcl) new Wafv2WebAclAssociation(this, `wafv2-web-acl-association.${id}`, { resourceArn: stage.arn, webAclArn: webAcl.arn });
    return stage.invokeUrl;
  }
}
