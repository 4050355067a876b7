import { TerraformVariable } from 'cdktn';
import type { IResolvable } from 'cdktn';
import { Construct } from 'constructs';
import { unprotectVariable } from '../units/wellknown.ts';

/**
 * Deletion protection of a root's objects, on unless the variable says otherwise: a destroy that was agreed to turns it off without a change
 * of the rendered files. Made once for each root, in the file `variables.tf`.
 */
export const deletionProtection = (root: Construct): IResolvable => {
  const section = root.node.tryFindChild('variables') ?? new Construct(root, 'variables');
  const id = `variable.${unprotectVariable}`;
  const known = section.node.tryFindChild(id);
  const variable = known instanceof TerraformVariable ? known : new TerraformVariable(section, id, {
    type: 'bool', default: true, nullable: false, description: 'AWS refuses to delete what holds state; false only for a destroy that was agreed to',
  });
  return variable.booleanValue;
};
