import { describe, expect, it } from 'vitest';
import { environmentNames, filesOf, platformOf } from '../../../test/fixtures/everything.ts';
import { renderedPolicies } from '../../../test/fixtures/rendered-policies.ts';
import type { RenderedPolicy } from '../../../test/fixtures/rendered-policies.ts';
import { catalogFacts, chartPins } from '../../compile/catalog-facts.ts';
import { resolve } from '../../compile/compile.ts';
import { components } from '../../components/registry.ts';
import { emitTerraform } from '../terraform.ts';

const { value, diagnostics } = resolve({ files: filesOf(environmentNames, platformOf(environmentNames, 'on')), lock: undefined, components, facts: catalogFacts() });
if (!value) throw new Error(diagnostics.map(({ summary }) => summary).join('\n'));
const files = emitTerraform(value.plan, chartPins).filter(({ path }) => path.endsWith('.tf'));
const policies = files.flatMap(({ path, text }) => renderedPolicies(path, text));

interface Block {
  readonly root: string;
  readonly type: string;
  readonly id: string;
  readonly text: string;
}
const blocks = files.flatMap(({ path, text }) => text.split(/\n(?=resource )/).flatMap((part): readonly Block[] => {
  const [, type, id] = /^resource "(\w+)" "(\w+)"/.exec(part) ?? [];
  return type && id ? [{ root: path.slice(0, path.lastIndexOf('/')), type, id, text: part }] : [];
}));
const argument = ({ text }: Block, name: string): string => new RegExp(`^ {2}${name} += "?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? '';

/** Characters as IAM counts them: without white space; a reference is taken for an ARN of ordinary length. */
const length = ({ statements }: RenderedPolicy): number => JSON.stringify({ Version: '2012-10-17', Statement: statements }).replaceAll(/\$\{[^}]*\}/g, 'x'.repeat(100)).replaceAll(/\s/g, '').length;
const over = (type: RegExp, most: number): readonly string[] => policies.filter(({ address }) => type.test(address)).filter((one) => length(one) > most).map((one) => `${one.file} ${one.address}: ${length(one)}`);

/** Source of all limits: IAM user guide, "IAM and AWS STS quotas, name requirements, and character limits"; AWS Organizations user guide, "Quotas". */
describe('with everything on, IAM takes', () => {
  it('every managed policy: at most 6,144 characters', () => {
    expect(policies.filter(({ address }) => address.startsWith('aws_iam_policy.')).length).toBeGreaterThan(20);
    expect(over(/^aws_iam_policy\./, 6144)).toEqual([]);
  });
  it('the inline policies of every role: at most 10,240 characters together', () => {
    const sums = new Map<string, number>();
    for (const block of blocks.filter(({ type }) => type === 'aws_iam_role_policy')) {
      const found = policies.find(({ file, address }) => file.startsWith(`${block.root}/`) && address === `aws_iam_role_policy.${block.id}`);
      const role = `${block.root} ${argument(block, 'role')}`;
      sums.set(role, (sums.get(role) ?? 0) + (found ? length(found) : expect.fail(`no policy in ${role}`)));
    }
    expect(sums.size).toBeGreaterThan(20);
    expect([...sums].filter(([, sum]) => sum > 10_240)).toEqual([]);
  });
  it('every trust policy: at most 2,048 characters; every service control policy: at most 5,120', () => {
    expect(over(/^aws_iam_role\./, 2048)).toEqual([]);
    expect(over(/^aws_organizations_policy\./, 5120)).toEqual([]);
  });
  it('every role: at most ten managed policies, and a name of at most 64 characters', () => {
    const attached = new Map<string, number>();
    for (const block of blocks.filter(({ type }) => type === 'aws_iam_role_policy_attachment')) {
      const role = `${block.root} ${argument(block, 'role') || expect.fail(`${block.id} names no role`)}`;
      attached.set(role, (attached.get(role) ?? 0) + 1);
    }
    expect(attached.size).toBeGreaterThan(5);
    expect([...attached].filter(([, count]) => count > 10)).toEqual([]);
    const names = blocks.filter(({ type }) => type === 'aws_iam_role').map((block) => argument(block, 'name'));
    expect(names.filter((name) => name === '' || name.length > 64 || !/^[\w+=,.@${}-]+$/.test(name))).toEqual([]);
  });
  it('every document: each Sid of letters and digits, and once', () => {
    const wrong = policies.flatMap(({ file, address, statements }) => {
      const sids = statements.flatMap(({ Sid }) => Sid ?? []);
      return sids.filter((sid, i) => sids.indexOf(sid) !== i || !/^[A-Za-z0-9]+$/.test(sid)).map((sid) => `${file} ${address} ${sid}`);
    });
    expect(wrong).toEqual([]);
  });
  it('every name once in an account', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const block of blocks.filter(({ type }) => type === 'aws_iam_role' || type === 'aws_iam_policy')) {
      const account = /environments\/(\w+)/.exec(block.root)?.[1] ?? block.root;
      const key = `${account} ${block.type} ${argument(block, 'name')}`;
      if (seen.has(key)) twice.push(`${key}: ${seen.get(key)}, ${block.root}`);
      seen.set(key, block.root);
    }
    expect(twice).toEqual([]);
  });
});
