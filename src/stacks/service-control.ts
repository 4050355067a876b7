import { OrganizationsPolicy } from '#bindings/aws/organizations-policy.js';
import { OrganizationsPolicyAttachment } from '#bindings/aws/organizations-policy-attachment.js';
import { Construct } from 'constructs';
import type { Organization } from './organization.ts';
import { policy } from './policy.ts';
import type { PolicyStatement } from './policy.ts';

/** Resource name → policy, and the resource names of the units it is attached to. */
export type ServiceControlProps = Readonly<Record<string, {
  readonly name: string;
  readonly description: string;
  readonly deny: readonly PolicyStatement[];
  readonly units: Readonly<Record<string, true>>;
}>>;

/** Service control policies, each attached to units and never to the root, so that each can be rolled out unit by unit. File `guardrails.tf`. */
export class ServiceControl extends Construct {
  constructor(scope: Construct, each: ServiceControlProps, { organization, units }: Organization) {
    super(scope, 'guardrails');
    for (const [id, { name, description, deny, units: targets }] of Object.entries(each)) {
      const rule = new OrganizationsPolicy(this, `organizations-policy.${id}`, { name, description, type: 'SERVICE_CONTROL_POLICY', content: policy(deny), dependsOn: [organization] });
      for (const target of Object.keys(targets)) {
        const unit = units.get(target);
        if (!unit) throw new Error(`${id} is attached to a unit that is not there`);
        new OrganizationsPolicyAttachment(this, `organizations-policy-attachment.${id}_${target}`, { policyId: rule.id, targetId: unit.id });
      }
    }
  }
}
