import { CeCostAllocationTag } from '#bindings/aws/ce-cost-allocation-tag.js';
import { Construct } from 'constructs';

/** Tags by which the account that pays can split its bill. File `cost-tags.tf`. */
export class CostTags extends Construct {
  /** Resource name → key. */
  constructor(scope: Construct, keys: Readonly<Record<string, string>>) {
    super(scope, 'cost-tags');
    for (const [id, tagKey] of Object.entries(keys)) new CeCostAllocationTag(this, `ce-cost-allocation-tag.${id}`, { tagKey, status: 'Active' });
  }
}
