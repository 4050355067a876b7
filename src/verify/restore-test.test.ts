import { expect, it } from 'vitest';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { restoreTests } from './restore-test.ts';

const found = (velero: object) => {
  const clusters = everythingClusters({ components: { velero: { enabled: true, ...velero } } });
  const [{ environment } = expect.fail('no cluster')] = clusters;
  return restoreTests({ platform: { ...platformFixture([]), environments: [environment] }, environments: [{ environment, clusters }] }).map(({ code, severity, at }) => `${severity} ${code} ${at.file}:${at.line}`);
};

it('is content with the defaults, and with a test that is off', () => {
  expect(found({})).toEqual([]);
  expect(found({ restore_test: { enabled: false, namespace: 'elsewhere' } })).toEqual([]);
});

it('names a namespace that no backup holds, once', () => {
  expect(found({ exclude_namespaces: ['monitoring'] })).toEqual(['error verify/restore-test-of-nothing configuration/platform.yaml:1']);
});

it('warns of a namespace that nothing makes', () => {
  expect(found({ restore_test: { namespace: 'elsewhere' } })).toEqual(['warning verify/restore-test-unknown-namespace configuration/platform.yaml:1']);
});
