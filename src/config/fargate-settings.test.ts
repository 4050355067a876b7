import { describe, expect, it } from 'vitest';
import { fargateProblems, fargateSettings } from './fargate-settings.ts';
import type { FargateSettings } from './fargate-settings.ts';

const read = (given: unknown) => fargateSettings().safeParse(given);
const problems = (given: unknown): readonly (readonly [string, string])[] =>
  fargateProblems(fargateSettings().parse(given) as FargateSettings, (path) => ({ file: path.join('.'), line: 1, column: 1 })).map(({ code, at }) => [code, at.file] as const);
const profile = (name: string, ...namespaces: readonly string[]) => ({ name, namespaces });

describe('Fargate', () => {
  it('is off, with a profile for the namespaces fargate and serverless', () => {
    expect(read({}).data).toEqual({ enabled: false, profiles: [{ name: 'serverless', namespaces: ['fargate', 'serverless'], labels: {} }] });
    expect(problems({})).toEqual([]);
  });
  it('says once that Cilium is not there, at the switch', () => {
    expect(problems({ enabled: true, profiles: [profile('a', 'x'), profile('b', 'y')] })).toEqual([['config/fargate-without-cilium', 'kubernetes.fargate.enabled']]);
  });
  it('does not take what needs nodes', () => {
    expect(problems({ enabled: true, profiles: [profile('a', 'jobs', 'kube-system'), profile('b', 'argocd')] }).slice(0, 2)).toEqual([['config/wrong-value', 'kubernetes.fargate.profiles.0.namespaces.1'], ['config/wrong-value', 'kubernetes.fargate.profiles.1.namespaces.0']]);
  });
  it('has the limits of EKS', () => {
    expect(read({ profiles: [profile('eks-a', 'x')] }).success).toBe(false);
    expect(read({ profiles: [profile('a', 'x'), profile('a', 'y')] }).success).toBe(false);
    expect(read({ profiles: [profile('a', '1', '2', '3', '4', '5', '6')] }).success).toBe(false);
    expect(read({ profiles: [profile('a', '*')] }).success).toBe(false);
    expect(read({ profiles: [profile('a', '1', '2', '3', '4', '5')] }).success).toBe(true);
  });
});
