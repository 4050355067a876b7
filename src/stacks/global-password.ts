import { EphemeralAwsSecretsmanagerRandomPassword } from '#bindings/aws/ephemeral-aws-secretsmanager-random-password.js';
import { EphemeralAwsSsmParameter } from '#bindings/aws/ephemeral-aws-ssm-parameter.js';
import { SsmParameter } from '#bindings/aws/ssm-parameter.js';
import { Construct } from 'constructs';
import { because } from './root.ts';

/** A password that two regions know. */
export interface GlobalPasswordProps {
  readonly path: string;
  /** Another one is made when this changes. */
  readonly version: number;
  readonly regions: Readonly<Record<'primary' | 'secondary', { readonly region: string; readonly keyArn: string }>>;
}

/**
 * A password made once and kept in Parameter Store of two regions; in no state, plan or output. What needs it takes the one that was kept:
 * an apply that failed half way goes on with the same password, and not with another one for the rest.
 */
export class GlobalPassword extends Construct {
  /** Only for arguments that are written and never read. */
  readonly value: string;
  readonly parameterArns: Readonly<Record<'primary' | 'secondary', string>>;

  constructor(scope: Construct, id: string, { path, version, regions: { primary, secondary } }: GlobalPasswordProps) {
    super(scope, 'password');
    const fresh = because(new EphemeralAwsSecretsmanagerRandomPassword(this, `ephemeral-aws-secretsmanager-random-password.${id}`, { region: primary.region, passwordLength: 40, excludePunctuation: true }),
      'Another one each time, and used only when the version of the password changes.');
    const parameter = (place: 'primary' | 'secondary', value: string): SsmParameter => new SsmParameter(this, `ssm-parameter.${id}_password_${place}`, {
      region: { primary, secondary }[place].region, name: `${path}/password`, type: 'SecureString', keyId: { primary, secondary }[place].keyArn, valueWo: value, valueWoVersion: version,
    });
    const first = parameter('primary', fresh.randomPassword);
    this.value = new EphemeralAwsSsmParameter(this, `ephemeral-aws-ssm-parameter.${id}_password`, { region: primary.region, arn: first.arn }).value;
    this.parameterArns = { primary: first.arn, secondary: parameter('secondary', this.value).arn };
  }
}
