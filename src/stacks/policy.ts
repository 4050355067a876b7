import { json, quotedKey } from './expression.ts';

/** Conditions of a statement: operator → tests. The key of a test may hold a cluster's name, so it is data and not an object key. */
export type PolicyTests = Readonly<Record<string, readonly { readonly key: string; readonly values: readonly string[] }[]>>;

/** One statement of an IAM or resource policy, decided. */
export interface PolicyStatement {
  readonly sid?: string;
  readonly deny?: boolean;
  /** Absent in identity policies. Kind of principal → who. */
  readonly principals?: { readonly AWS?: readonly string[]; readonly Service?: readonly string[]; readonly Federated?: readonly string[] } | '*';
  readonly actions: readonly string[];
  /** Says that `actions` lists what is left out. */
  readonly exceptActions?: boolean;
  /** Absent in trust policies. */
  readonly on?: readonly string[];
  readonly when?: PolicyTests;
}

const oneOrMany = (values: readonly string[]): string | readonly string[] => (values.length === 1 && values[0] !== undefined ? values[0] : values);

const conditions = (tests: PolicyTests, keyOf: (key: string) => string): Record<string, Record<string, unknown>> =>
  Object.fromEntries(Object.entries(tests).map(([operator, each]) => [operator, Object.fromEntries(each.map(({ key, values }) => [keyOf(key), oneOrMany(values)]))]));

const principal = (who: NonNullable<PolicyStatement['principals']>): unknown =>
  who === '*' ? '*' : Object.fromEntries(Object.entries(who).map(([kind, names]) => [kind, oneOrMany(names)]));

const documentOf = (statements: readonly PolicyStatement[], keyOf: (key: string) => string) => ({
  Version: '2012-10-17',
  Statement: statements.map((statement) => ({
    ...(statement.sid === undefined ? {} : { Sid: statement.sid }),
    Effect: statement.deny === true ? 'Deny' : 'Allow',
    ...(statement.principals === undefined ? {} : { Principal: principal(statement.principals) }),
    [statement.exceptActions === true ? 'NotAction' : 'Action']: oneOrMany(statement.actions),
    ...(statement.on === undefined ? {} : { Resource: oneOrMany(statement.on) }),
    ...(statement.when === undefined ? {} : { Condition: conditions(statement.when, keyOf) }),
  })),
});

/** A policy document as a Terraform argument, in IAM's canonical form: single values without brackets. Pure. */
export const policy = (statements: readonly PolicyStatement[]): string => json(documentOf(statements, quotedKey));

/** Characters of a policy document as IAM counts them: without white space. Pure. */
export const policyLength = (statements: readonly PolicyStatement[]): number => JSON.stringify(documentOf(statements, (key) => key)).replaceAll(/\s/g, '').length;

/** Trust policy of a role that an AWS service assumes, only on behalf of this account. */
export const serviceTrust = (service: string, accountId?: string): string =>
  policy([{
    principals: { Service: [service] }, actions: ['sts:AssumeRole'],
    ...(accountId === undefined ? {} : { when: { StringEquals: [{ key: 'aws:SourceAccount', values: [accountId] }] } }),
  }]);
