import { TerraformStack } from 'cdktn';
import type { TerraformElement } from 'cdktn';
import { RootConstruct } from 'constructs';
import type { Construct } from 'constructs';

/**
 * One Terraform root in memory. A direct child of it is a section, printed to `<section id>.tf`; an element inside has an id
 * such as `subnet.private_1`, whose part behind the last dot is its name in Terraform. Nothing is written or read: the printer
 * walks the tree.
 */
export class Root extends TerraformStack {
  constructor() {
    // cdktn's App would make its output folder in the working directory at once; nothing of it is needed.
    const scope = new RootConstruct();
    scope.node.setContext('targetVersions', { terraform: '>=1.11.0' });
    super(scope, 'root');
  }

  protected override allocateLogicalId(element: TerraformElement | Construct['node']): string {
    const id = 'node' in element ? element.node.id : element.id;
    return id.slice(id.lastIndexOf('.') + 1).replace(/[^A-Za-z0-9_]/g, '_');
  }
}

/** Metadata type under which `because` keeps a comment. */
export const reasonMetadata = 'argoeks:reason';

/** Writes a reason above the block in the rendered file: one or more plain lines of our own, never of data. Returns the element. */
export const because = <E extends TerraformElement>(element: E, reason: string): E => {
  element.node.addMetadata(reasonMetadata, reason);
  return element;
};

/** Metadata type under which `accepted` keeps a finding. */
export const findingMetadata = 'argoeks:finding';

/** Accepts a finding of checkov where it stands: printed inside the block with the reason, which is text of our own. Returns the element. */
export const accepted = <E extends TerraformElement>(element: E, findings: Readonly<Record<string, string>>): E => {
  for (const [check, reason] of Object.entries(findings)) element.node.addMetadata(findingMetadata, `checkov:skip=${check}:${reason}`);
  return element;
};
