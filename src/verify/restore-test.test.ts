import { expect, it } from 'vitest';
import { kubectlImage } from '../../catalog/kubernetes.ts';
import { everythingClusters } from '../../test/fixtures/network-plans.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import { limitsOf } from '../components/admission/rules.ts';
import { isFrom } from './kubernetes/admission-rules.ts';
import { admission } from './kubernetes/admission.ts';
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

it('runs an image that the policies of prod let in, and no other of its registry', () => {
  const [plan = expect.fail('no cluster')] = everythingClusters();
  const { registries } = limitsOf(plan.environment, plan.components.find(({ id }) => id === 'admission-policies')?.settings);
  expect(isFrom(kubectlImage, registries)).toBe(true);
  expect(isFrom('registry.k8s.io/etcd:3.6.5-0', registries)).toBe(false);
  expect(admission({ platform: { ...platformFixture([]), environments: [plan.environment] }, environments: [{ environment: plan.environment, clusters: [plan] }] })).toEqual([]);
});
