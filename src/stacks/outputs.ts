import { TerraformOutput } from 'cdktn';
import { Construct } from 'constructs';

/** What a root tells people and scripts: name → value and what it is. File `outputs.tf`. */
export class Outputs extends Construct {
  constructor(scope: Construct, each: Readonly<Record<string, { readonly value: unknown; readonly description: string }>>) {
    super(scope, 'outputs');
    for (const [id, { value, description }] of Object.entries(each)) new TerraformOutput(this, `output.${id}`, { value, description });
  }
}
