import type { Guardrail } from '../config/org-settings.ts';
import type { Organization, Platform } from '../config/platform.ts';
import { activeGuardrails } from '../emit/terraform/org-props.ts';
import { guardrailStatements, serviceControlRules } from '../emit/terraform/service-control-policies.ts';
import type { ServiceControlRule } from '../emit/terraform/service-control-policies.ts';
import type { PolicyStatement } from '../stacks/policy.ts';
import { sampleRequests } from './service-control-samples.ts';
import type { SampleRequest } from './service-control-samples.ts';

const matches = (pattern: string, value: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is').test(value);

/** One test of a condition, as IAM does it: what is not in the request fails a positive test and passes a negative one. */
const holds = (operator: string, key: string, wanted: readonly string[], context: Readonly<Record<string, string>>): boolean => {
  const value = context[key];
  const bare = operator.replace(/IfExists$/, '');
  if (bare === 'Null') return wanted.includes(String(value === undefined));
  if (value === undefined) return operator.endsWith('IfExists') || /Not/.test(bare);
  switch (bare) {
    case 'StringEquals': return wanted.includes(value);
    case 'StringNotEquals': return !wanted.includes(value);
    case 'Bool': return wanted.includes(value);
    case 'StringLike': case 'ArnLike': return wanted.some((pattern) => matches(pattern, value));
    case 'StringNotLike': case 'ArnNotLike': return !wanted.some((pattern) => matches(pattern, value));
    default: throw new Error(`the condition ${operator} is not known`);
  }
};

/** Whether a statement denies a request. Operators of a statement must all hold. Pure. */
export const denies = ({ actions, exceptActions, when = {} }: PolicyStatement, { action, context }: SampleRequest): boolean => {
  const isNamed = actions.some((pattern) => matches(pattern, action));
  return isNamed !== (exceptActions === true) && Object.entries(when).every(([operator, tests]) => tests.every(({ key, values }) => holds(operator, key, values, context)));
};

/** What one request of a unit meets. */
export interface ReportedRequest {
  readonly request: string;
  readonly action: string;
  /** Rules that deny it where all that is configured is attached; empty: it passes. */
  readonly deniedBy: readonly ServiceControlRule[];
}

/** What the service control policies would do. */
export interface ServiceControlReport {
  /** By unit: groups that hold there, inherited ones too, and each sample request. */
  readonly units: readonly { readonly unit: string; readonly groups: readonly Guardrail[]; readonly requests: readonly ReportedRequest[] }[];
}

const ruleOf = ({ sid = '' }: PolicyStatement): ServiceControlRule => {
  const rule = serviceControlRules.find((name) => sid.startsWith(name));
  if (rule === undefined) throw new Error(`the statement ${sid} belongs to no rule`);
  return rule;
};

/** Tries the configured policies on sample requests, unit by unit, before anything is attached. Pure. */
export const serviceControlReport = (platform: Platform, organization: Organization): ServiceControlReport => {
  const active = [...activeGuardrails(organization)];
  const samples = sampleRequests(platform, organization);
  return {
    units: organization.settings.units.map((unit) => {
      const groups = active.filter(([, units]) => units.some((at) => unit === at || unit.startsWith(`${at}/`))).map(([group]) => group);
      const statements = groups.flatMap((group) => guardrailStatements(platform, organization, group));
      return {
        unit, groups,
        requests: samples.map((sample) => ({ request: sample.title, action: sample.action, deniedBy: [...new Set(statements.filter((statement) => denies(statement, sample)).map(ruleOf))] })),
      };
    }),
  };
};
