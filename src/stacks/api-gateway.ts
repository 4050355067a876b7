import type { Wafv2WebAcl } from '#bindings/aws/wafv2-web-acl.js';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key.ts';
import { logsMayUse } from './key-use.ts';
import { HttpApis } from './http-apis.ts';
import type { HttpApiProps } from './http-apis.ts';
import { RestApis } from './rest-apis.ts';
import type { RestApiProps } from './rest-apis.ts';

/** The API gateways of an environment. */
export interface ApiGatewayProps {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  readonly keyAlias: string;
  /** Names of all their log groups, with `*`. */
  readonly logGroupNames: string;
  readonly http: Readonly<Record<string, HttpApiProps>>;
  readonly rest: Readonly<Record<string, RestApiProps>>;
}

/** HTTP and REST APIs with encrypted access logs. File `api-gateway.tf`. */
export class ApiGateway extends Construct {
  /** Resource name → address. */
  readonly endpoints: Readonly<Record<string, string>>;

  constructor(scope: Construct, { partition, accountId, region, keyAlias, logGroupNames, http, rest }: ApiGatewayProps, webAcl: Wafv2WebAcl | undefined) {
    super(scope, 'api-gateway');
    const { key } = new EncryptionKey(this, 'api_logs', { partition, accountId, alias: keyAlias, description: 'Access logs of the API gateways', services: [logsMayUse(partition, region, accountId, logGroupNames)] });
    this.endpoints = { ...new HttpApis(this, key, http).endpoints, ...new RestApis(this, key, rest, webAcl).endpoints };
  }
}
