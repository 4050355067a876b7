import { describe, expect, it } from 'vitest';
import { organizationFixture } from '../../../test/fixtures/organization.ts';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';
import { payerTags } from './cost-tags-props.ts';

const tagsIn = (text: string | undefined): readonly (string | undefined)[] => [...(text ?? '').matchAll(/resource "aws_ce_cost_allocation_tag" "[^"]+" \{\n +status += "Active"\n +tag_key += "([^"]+)"/g)].map(([, key]) => key);
const keys = ['CostCenter', 'Owner', 'Team', 'argoeks:cluster', 'argoeks:environment', 'argoeks:platform'];

describe('cost allocation tags', () => {
  it('are activated by the account that pays for all, when it is told to', () => {
    const org = (said: Readonly<Record<string, unknown>>) => new Map(emitTerraform(terraformPlan({ ...platformFixture(), organization: organizationFixture(said) }), chartPins).map(({ path, text }) => [path, text]));
    expect(tagsIn(org({}).get('terraform/org/cost-tags.tf'))).toEqual(keys);
    expect(org({ cost_allocation_tags: false }).has('terraform/org/cost-tags.tf')).toBe(false);
  });
  it('or by an account that pays its own, once, whatever environments share it', () => {
    const account = (one: boolean, other: boolean) => {
      const environments = [{ tier: 'dev', clusters: 1, settings: { budgets: { activate_tags: one } } }, { tier: 'qa', clusters: 1, accountId: '111111111111', settings: { budgets: { activate_tags: other } } }] as const;
      return new Map(emitTerraform(terraformPlan(platformFixture(environments)), chartPins).map(({ path, text }) => [path, text])).get('terraform/account/111111111111/cost-tags.tf');
    };
    expect(tagsIn(account(true, true))).toEqual(keys);
    expect(tagsIn(account(false, true))).toEqual(keys);
    expect(account(false, false)).toBeUndefined();
  });
  it('have names in Terraform that differ, in whatever alphabet they are', () => {
    const [environment] = platformFixture([{ tier: 'dev', clusters: 1 }]).environments;
    if (!environment) expect.fail('no environment');
    const tags = { 'cost-center': 'a', cost_center: 'b', 部門: 'c' };
    const ids = Object.keys(payerTags({ ...platformFixture(), environments: [{ ...environment, clusters: [], tags }] }, true) ?? {});
    expect(ids).toHaveLength(5);
    for (const id of ids) expect(id).toMatch(/^[a-z_][a-z0-9_]*$/);
  });
});
