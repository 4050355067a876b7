import { AwsProvider } from '#bindings/aws/provider.js';
import { Construct } from 'constructs';

/** Account, region and default tags of a root. */
export interface AwsProps {
  readonly region: string;
  readonly accountId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Section `versions.tf` with the AWS provider: refuses any other account, tags everything. */
export class Aws extends Construct {
  constructor(scope: Construct, { region, accountId, tags }: AwsProps) {
    super(scope, 'versions');
    new AwsProvider(this, 'provider.aws', { region, allowedAccountIds: [accountId], defaultTags: [{ tags }] });
  }
}
