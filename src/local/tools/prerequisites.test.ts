import { describe, expect, it } from 'vitest';
import { isAtLeast, missingPrerequisites, versionIn } from './prerequisites.ts';

describe('versions', () => {
  it('are found in what programs say', () => {
    expect(versionIn('Kubernetes v1.35.4')).toEqual([1, 35, 4]);
    expect(versionIn('etcd Version: 3.6.5\nGit SHA: a1b2')).toEqual([3, 6, 5]);
    expect(versionIn('v3.20.0+gb2e4314')).toEqual([3, 20, 0]);
    expect(versionIn('none')).toBeUndefined();
  });
  it('compare by number, not by text', () => {
    expect(isAtLeast('Terraform v1.11.4', '1.11.0')).toBe(true);
    expect(isAtLeast('Terraform v1.9.8', '1.11.0')).toBe(false);
    expect(isAtLeast('OpenTofu v2.0.0', '1.10.0')).toBe(true);
    expect(isAtLeast('nothing', '1.10.0')).toBe(false);
  });
});

describe('missing prerequisites', () => {
  it('are all named at once, each with the command that installs it', () => {
    const missing = missingPrerequisites(true, () => undefined);
    expect(missing.map((m) => m.program)).toEqual(['git', 'go']);
    for (const { install } of missing) expect(install).toMatch(/install/);
  });
  it('leave Go out when everything is built', () => {
    expect(missingPrerequisites(false, () => undefined).map((m) => m.program)).toEqual(['git']);
    expect(missingPrerequisites(true, (program) => `/usr/bin/${program}`)).toEqual([]);
  });
});
