import type { PolicyFact } from './policy.ts';

/**
 * External Secrets reading Secrets Manager and Parameter Store. Placeholders: partition, region, account, secretPrefix, parameterPrefix (a path
 * without leading slash), keyArn (string or list; an empty list drops the statement).
 */
export const externalSecretsPolicy: PolicyFact = {
  source:
    'external-secrets/external-secrets helm-chart-2.8.0 docs/provider/aws-secrets-manager.md and aws-parameter-store.md (ssm:GetParameter* spelt out). Added: kms:Decrypt, needed for a customer key.',
  read: '2026-11-24',
  statements: [
    { sid: 'ListSecrets', actions: ['secretsmanager:BatchGetSecretValue', 'secretsmanager:ListSecrets'], resources: ['*'] },
    {
      sid: 'ReadSecrets',
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy', 'secretsmanager:GetSecretValue', 'secretsmanager:ListSecretVersionIds'],
      resources: ['arn:<partition>:secretsmanager:<region>:<account>:secret:<secretPrefix>*'],
    },
    {
      sid: 'ReadParameters',
      actions: ['ssm:GetParameter', 'ssm:GetParameterHistory', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
      resources: ['arn:<partition>:ssm:<region>:<account>:parameter/<parameterPrefix>*'],
    },
    { sid: 'FindParameters', actions: ['ssm:DescribeParameters', 'tag:GetResources'], resources: ['*'] },
    {
      sid: 'Decrypt',
      actions: ['kms:Decrypt'],
      resources: ['<keyArn>'],
      conditions: { StringEquals: { 'kms:ViaService': ['secretsmanager.<region>.amazonaws.com', 'ssm.<region>.amazonaws.com'] } },
    },
  ],
};

const { source, read } = externalSecretsPolicy;

/** Reading single secrets by their whole names; Secrets Manager puts a hyphen and six characters behind a name. Placeholders: partition, region, account, secretName (string or list; an empty list drops it). */
export const readSecretPolicy: PolicyFact = {
  source,
  read,
  statements: [
    {
      sid: 'ReadNamedSecrets',
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy', 'secretsmanager:GetSecretValue', 'secretsmanager:ListSecretVersionIds'],
      resources: ['arn:<partition>:secretsmanager:<region>:<account>:secret:<secretName>-??????'],
    },
  ],
};

/** Writing one secret, and its copies in other regions, by a PushSecret that never deletes. Placeholders: partition, region, account, pushedName (string or list; an empty list drops it). */
export const pushOneSecretPolicy: PolicyFact = {
  source: 'external-secrets/external-secrets v2.8.0 docs/provider/aws-secrets-manager.md, "Permissions for PushSecret", without the rights for deletion and resource policies; providers/v1/aws/secretsmanager/secretsmanager.go patchTags needs UntagResource.',
  read: '2026-11-25',
  statements: [
    {
      sid: 'PushMeshAuthority',
      actions: ['secretsmanager:CreateSecret', 'secretsmanager:PutSecretValue', 'secretsmanager:RemoveRegionsFromReplication', 'secretsmanager:ReplicateSecretToRegions', 'secretsmanager:TagResource', 'secretsmanager:UntagResource'],
      resources: ['arn:<partition>:secretsmanager:<region>:<account>:secret:<pushedName>*'],
    },
  ],
};
