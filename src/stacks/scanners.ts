import { Inspector2Enabler } from '#bindings/aws/inspector2-enabler.js';
import { Macie2Account } from '#bindings/aws/macie2-account.js';
import { Construct } from 'constructs';

/** What looks into machines, images, functions and buckets. Each by resource name of the region. */
export interface ScannersProps {
  readonly accountId: string;
  readonly inspector: Readonly<Record<string, { readonly region: string; readonly types: readonly string[] }>>;
  readonly macie: Readonly<Record<string, string>>;
}

/** Amazon Inspector and Amazon Macie. File `scanners.tf`. */
export class Scanners extends Construct {
  constructor(scope: Construct, { accountId, inspector, macie }: ScannersProps) {
    super(scope, 'scanners');
    for (const [place, { region, types }] of Object.entries(inspector)) new Inspector2Enabler(this, `inspector2-enabler.${place}`, { region, accountIds: [accountId], resourceTypes: [...types] });
    for (const [place, region] of Object.entries(macie)) new Macie2Account(this, `macie2-account.${place}`, { region, status: 'ENABLED', findingPublishingFrequency: 'FIFTEEN_MINUTES' });
  }
}
