import { DynamodbTable } from '#bindings/aws/dynamodb-table.js';
import { Construct } from 'constructs';
import type { StoreSurroundings } from './store-surroundings.ts';
import { storeParameters } from './store-parameters.ts';
import { accepted } from './root.ts';

/** Tables of Feast's online store. */
export interface FeastTablesProps {
  /** Resource name → table. */
  readonly tables: Readonly<Record<string, { readonly name: string }>>;
  readonly pointInTimeRecovery: boolean;
  /** What Feast's `table_name_template` must be. */
  readonly template: string;
  readonly parameterPath: string;
}

/** DynamoDB tables with the key that Feast's online store reads by, paid per request. File `feast.tf`. */
export class FeastTables extends Construct {
  readonly tables: readonly DynamodbTable[];

  constructor(scope: Construct, { tables, pointInTimeRecovery, template, parameterPath }: FeastTablesProps, { keyArn, protection }: Omit<StoreSurroundings, 'network'>) {
    super(scope, 'feast');
    this.tables = Object.entries(tables).map(([id, { name }]) =>
      accepted(new DynamodbTable(this, `dynamodb-table.${id}`, {
        name, billingMode: 'PAY_PER_REQUEST', hashKey: 'entity_id', attribute: [{ name: 'entity_id', type: 'S' }], serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
        pointInTimeRecovery: { enabled: pointInTimeRecovery }, deletionProtectionEnabled: protection, tags: { Name: name },
      }), { CKV_AWS_28: 'on in production; elsewhere the online store is filled again from the offline one' }));
    storeParameters(this, 'feast', parameterPath, { 'table-name-template': template });
  }
}
