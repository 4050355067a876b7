import { expect, it } from 'vitest';
import { policyDocument } from './policy-document.ts';

const statement = (more: Record<string, unknown>) => ({ effect: 'Allow', ...more }) as never;

it('lists are sorted in reverse, a single element is a text, conditions keep their order', () => {
  const { minified } = policyDocument({ statement: [statement({
    sid: 'S', actions: ['s3:GetObject', 's3:PutObject'], resources: ['*'], principals: [{ type: 'AWS', identifiers: ['arn:b', 'arn:a'] }],
    condition: [{ test: 'StringEquals', variable: 'aws:x', values: ['b', 'a'] }],
  })] });
  expect(JSON.parse(minified)).toEqual({ Version: '2012-10-17', Statement: [{
    Sid: 'S', Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'], Resource: '*', Principal: { AWS: ['arn:b', 'arn:a'] }, Condition: { StringEquals: { 'aws:x': ['b', 'a'] } },
  }] });
});

it('IAM variables are written with &{…}, and the three characters that Go escapes are escaped', () => {
  expect(policyDocument({ statement: [statement({ actions: ['a:b'], resources: ['arn:aws:s3:::x/&{aws:username}/<y>'] })] }).minified).toContain('arn:aws:s3:::x/${aws:username}/\\u003cy\\u003e');
});

it('overrides replace statements with the same Sid, others are added', () => {
  const over = JSON.stringify({ Statement: [{ Sid: 'a', Effect: 'Deny' }, { Sid: 'c', Effect: 'Deny' }] });
  const { json } = policyDocument({ statement: [statement({ sid: 'a' }), statement({ sid: 'b' })], override_policy_documents: [over] });
  expect((JSON.parse(json) as { Statement: { Sid: string; Effect: string }[] }).Statement.map(({ Sid, Effect }) => `${Sid} ${Effect}`)).toEqual(['a Deny', 'b Allow', 'c Deny']);
});
