import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { IotRoleAlias } from '#bindings/aws/iot-role-alias.js';
import { IotThingGroup } from '#bindings/aws/iot-thing-group.js';
import { Construct } from 'constructs';
import { policy, serviceTrust } from './policy.ts';
import type { PolicyStatement } from './policy.ts';

/** What Greengrass core devices of an environment need. */
export interface GreengrassProps {
  /** Name of thing group, role and alias. */
  readonly name: string;
  readonly description: string;
  readonly accountId: string;
  readonly boundaryArn: string;
  readonly credentialSeconds: number;
  readonly sessionSeconds: number;
  readonly allow: readonly PolicyStatement[];
}

/** Thing group of the devices, and the token exchange role with the alias that their certificates reach it by. File `greengrass.tf`. */
export class Greengrass extends Construct {
  readonly group: IotThingGroup;
  readonly alias: IotRoleAlias;

  constructor(scope: Construct, { name, description, accountId, boundaryArn, credentialSeconds, sessionSeconds, allow }: GreengrassProps) {
    super(scope, 'greengrass');
    this.group = new IotThingGroup(this, 'iot-thing-group.core_devices', { name, properties: { description } });
    const role = new IamRole(this, 'iam-role.token_exchange', { name, permissionsBoundary: boundaryArn, maxSessionDuration: sessionSeconds, assumeRolePolicy: serviceTrust('credentials.iot.amazonaws.com', accountId) });
    new IamRolePolicy(this, 'iam-role-policy.token_exchange', { name: 'work', role: role.name, policy: policy(allow) });
    this.alias = new IotRoleAlias(this, 'iot-role-alias.token_exchange', { alias: name, roleArn: role.arn, credentialDuration: credentialSeconds });
  }
}
