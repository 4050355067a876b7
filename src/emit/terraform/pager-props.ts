import { enabledFunctions, pagerFunction } from '../../config/function-settings.ts';
import type { Environment } from '../../config/platform.ts';
import type { PagerProps } from '../../stacks/pager.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';
import { alertRegions } from './alerts-props.ts';
import { namedFunctions } from './function-names.ts';
import { terraformName } from './names.ts';

/**
 * What the function that passes alerts on may do: read its key, also where a key of the user's encrypts it. Source: Systems Manager user
 * guide, "AWS KMS encryption for Parameter Store SecureString parameters" (encryption context `PARAMETER_ARN`). Pure.
 */
export const pagerRights = ({ partition, accountId, settings: { alerts: { pagerduty } } }: Environment, region: string): readonly PolicyStatement[] => {
  const parameter = `arn:${partition}:ssm:${region}:${accountId}:parameter${pagerduty.service_key_ssm ?? ''}`;
  return [
    { sid: 'ServiceKey', actions: ['ssm:GetParameter'], on: [parameter] },
    {
      sid: 'KeyOfServiceKey', actions: ['kms:Decrypt'], on: [`arn:${partition}:kms:${region}:${accountId}:key/*`],
      when: { StringEquals: [{ key: 'kms:ViaService', values: [`ssm.${region}.amazonaws.com`] }, { key: 'kms:EncryptionContext:PARAMETER_ARN', values: [parameter] }] },
    },
  ];
};

/** Decides how alerts reach PagerDuty; undefined where they do not. Pure. */
export const pagerProps = (environment: Environment): PagerProps | undefined => {
  const pager = pagerFunction(environment);
  const id = namedFunctions(enabledFunctions(environment)).find(([, { name }]) => name === pager?.name)?.[0];
  return id === undefined ? undefined : { function: { [id]: true }, topics: Object.fromEntries(alertRegions(environment).map((region) => [terraformName(region), { region }])) };
};
