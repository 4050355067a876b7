import { SsmParameter } from '#bindings/aws/ssm-parameter.js';
import type { Construct } from 'constructs';
import { accepted } from './root.ts';

/** Writes where a store is found below its path in Parameter Store, for External Secrets and applications. Values are addresses and ARNs, never secrets. `region`: where it is not the root's own. */
export const storeParameters = (scope: Construct, id: string, path: string, values: Readonly<Record<string, string>>, region?: string): void => {
  for (const [name, value] of Object.entries(values)) {
    accepted(new SsmParameter(scope, `ssm-parameter.${id}_${name.replace(/-/g, '_')}`, { ...(region === undefined ? {} : { region }), name: `${path}/${name}`, type: 'String', value }), { CKV2_AWS_34: 'addresses and ARNs, no secret' });
  }
};
