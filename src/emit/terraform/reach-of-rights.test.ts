import { describe, expect, it } from 'vitest';
import { environmentNames, filesOf, platformOf } from '../../../test/fixtures/everything.ts';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { RenderedStatement } from '../../../test/fixtures/rendered-policies.ts';
import { renderedPolicies } from '../../../test/fixtures/rendered-policies.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { catalogFacts, chartPins as allCharts } from '../../compile/catalog-facts.ts';
import { resolve } from '../../compile/compile.ts';
import { components } from '../../components/registry.ts';
import { emitTerraform } from '../terraform.ts';
import { linkedServices } from './linked-roles.ts';

const plan = resolve({ files: filesOf(environmentNames, platformOf(environmentNames, 'on')), lock: undefined, components, facts: catalogFacts() }).value?.plan ?? expect.fail('the configuration with everything on is refused');
const files = emitTerraform(plan, allCharts);
const inAccounts = files.filter(({ path }) => path.startsWith('terraform/account/'));
const of = (environment: string, what: 'plan' | 'apply'): readonly RenderedStatement[] =>
  inAccounts.flatMap(({ path, text }) => renderedPolicies(path, text)).filter(({ address }) => new RegExp(`\\.${environment}_${what}_`).test(address)).flatMap(({ statements }) => statements);
const allowing = (action: string, environment = 'prod', what: 'plan' | 'apply' = 'apply'): readonly RenderedStatement[] =>
  of(environment, what).filter(({ Effect, Action }) => Effect === 'Allow' && Action?.includes(action) === true);

describe('rights of CI', () => {
  // Source: Service Authorization Reference: "Resource types" of these actions is empty, so that a statement on an ARN never allows them.
  it.each(['aps:CreateWorkspace', 'grafana:CreateWorkspace', 'cloudfront:CreateOriginAccessControl', 'chatbot:CreateSlackChannelConfiguration', 'chatbot:TagResource', 'organizations:DescribeOrganization'])('hold for everything where %s takes no resource', (action) => {
    const found = allowing(action);
    expect(found.length).toBeGreaterThan(0);
    for (const { Resource } of found) expect(Resource).toEqual(['*']);
  });

  it('ask for no tag where the service passes none on: CloudFront does not while it makes a distribution', () => {
    const found = allowing('cloudfront:CreateDistribution');
    expect(found.length).toBeGreaterThan(0);
    for (const { Condition } of found) expect(Condition).toBeUndefined();
  });

  it('let a plan read back every parameter that a root publishes', () => {
    for (const environment of environmentNames) {
      const readable = allowing('ssm:GetParameter', environment, 'plan').flatMap(({ Resource = [] }) => Resource).map((arn) => arn.slice(arn.indexOf(':parameter') + ':parameter'.length).split('*')[0] ?? '');
      const published = files.filter(({ path }) => path.startsWith(`terraform/environments/${environment}/`)).flatMap(({ text }) => [...text.matchAll(/resource "aws_ssm_parameter" [^}]*? name += "([^"]+)"/g)].map(([, name = '']) => name));
      expect(published.length).toBeGreaterThan(10);
      expect(published.filter((name) => !readable.some((start) => name.startsWith(start)))).toEqual([]);
    }
  });

  it('let a service make its linked role the first time it is used, and no other service', () => {
    const linked = allowing('iam:CreateServiceLinkedRole').map(({ Condition }) => JSON.stringify(Condition)).join('');
    for (const service of ['transitgateway', 'vpc-lattice', 'backup', 'grafana', 'management.chatbot']) expect(linked).toContain(`"${service}.amazonaws.com"`);
    const [plain = expect.fail('no environment')] = platformFixture([{ tier: 'dev', clusters: 1 }]).environments;
    expect(linkedServices(plain)).toEqual([]);
  });
});

describe('roles of an account', () => {
  it('are made after the limit they are below', () => {
    const roles = inAccounts.flatMap(({ text }) => text.split(/\n(?=\S)/)).filter((block) => block.startsWith('resource "aws_iam_role" ') && block.includes('permissions_boundary'));
    expect(roles.length).toBeGreaterThan(1);
    for (const role of roles) expect(role).toContain('depends_on = [aws_iam_policy.boundary]');
  });

  it('wait for nothing where they have no limit', () => {
    const other = emitTerraform(terraformPlan(platformFixture([{ tier: 'dev', clusters: 1 }])), chartPins).filter(({ path }) => path.endsWith('guard-rails.tf'));
    expect(other.length).toBe(1);
    for (const { text } of other) expect(text).not.toContain('depends_on');
  });
});
