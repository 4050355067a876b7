import { ApiGatewayAccount } from '#bindings/aws/api-gateway-account.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicyAttachment } from '#bindings/aws/iam-role-policy-attachment.js';
import { Construct } from 'constructs';
import { serviceTrust } from './policy.ts';
import { because } from './root.ts';

/** What API Gateway needs once in an account to write access logs of REST APIs. */
export interface ApiGatewayAccountProps {
  readonly roleName: string;
  readonly boundaryArn: string;
  readonly policyArn: string;
  /** Resource name → region. */
  readonly regions: Readonly<Record<string, string>>;
}

/** Role for API Gateway's logs, set in each region that has REST APIs. File `api-gateway.tf`. */
export class ApiGatewayAccounts extends Construct {
  constructor(scope: Construct, { roleName, boundaryArn, policyArn, regions }: ApiGatewayAccountProps) {
    super(scope, 'api-gateway');
    const role = because(new IamRole(this, 'iam-role.api_gateway', { name: roleName, permissionsBoundary: boundaryArn, assumeRolePolicy: serviceTrust('apigateway.amazonaws.com') }),
      'API Gateway documents no condition for this role; only this account can hand it over.');
    const attached = new IamRolePolicyAttachment(this, 'iam-role-policy-attachment.api_gateway', { role: role.name, policyArn });
    for (const [id, region] of Object.entries(regions)) {
      because(new ApiGatewayAccount(this, `api-gateway-account.${id}`, { region, cloudwatchRoleArn: role.arn, dependsOn: [attached] }), 'A setting of the whole account and region: two environments that share them share it.');
    }
  }
}
