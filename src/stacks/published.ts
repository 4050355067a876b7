import { SsmParameter } from '#bindings/aws/ssm-parameter.js';
import type { Construct } from 'constructs';
import { accepted } from './root.ts';

/** Writes what only Terraform knows to Parameter Store, where controllers and later roots of the environment read it. */
export const publish = (scope: Construct, id: string, { region, name, description }: { readonly region: string; readonly name: string; readonly description: string }, value: string): SsmParameter =>
  accepted(new SsmParameter(scope, `ssm-parameter.${id}`, { region, name, type: 'String', value, description }), { CKV2_AWS_34: 'names and addresses, no secret' });
