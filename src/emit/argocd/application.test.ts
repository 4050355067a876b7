import { expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import type { GitOps } from '../../config/platform.ts';
import type { ClusterPlan } from '../../model/plan.ts';
import type { Release } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { toYaml } from '../yaml.ts';
import { applicationsOf, chartRepository } from './application.ts';

const pins = {
  cilium: { name: 'cilium', repository: 'https://helm.cilium.io/', version: '1.19.6' },
  karpenter: { name: 'karpenter', repository: 'oci://public.ecr.aws/karpenter', version: '1.8.1' },
  'argo-cd': { name: 'argo-cd', repository: 'https://argoproj.github.io/argo-helm', version: '10.1.1' },
};
const gitops: GitOps = { engine: 'argocd', repoUrl: 'https://git.example.org/platform.git', targetRevision: 'main' };
const [dev, prod] = (['dev', 'prod'] as const).map((tier) => terraformPlan(platformFixture([{ tier, clusters: 1 }])).environments[0]?.clusters[0] as ClusterPlan);
const of = (plan: ClusterPlan | undefined, release: string, from: GitOps = gitops): KubeObject | undefined => (plan ? applicationsOf(from, pins, plan).find(({ metadata }) => metadata.name.endsWith(`-${release}`)) : undefined);
const withRelease = (plan: ClusterPlan | undefined, release: Release): ClusterPlan | undefined => plan && { ...plan, components: plan.components.slice(0, 1).map((component) => ({ ...component, workload: { ...component.workload, releases: [release] }, waves: { [release.name]: 4 } })) };

it('a chart comes from its repository, its values from git: shared ones first, then those of the cluster', () => {
  expect(toYaml(of(dev, 'karpenter'))).toMatchInlineSnapshot(`
    "apiVersion: argoproj.io/v1alpha1
    kind: Application
    metadata:
      name: dev-mlops-cluster-01-karpenter
      namespace: argocd
      labels:
        argoeks.io/cluster: dev-mlops-cluster-01
        argoeks.io/release: karpenter
      annotations:
        argocd.argoproj.io/sync-wave: "0"
      finalizers:
        - resources-finalizer.argocd.argoproj.io/background
    spec:
      project: platform
      destination:
        name: dev-mlops-cluster-01
        namespace: karpenter
      sources:
        - repoURL: public.ecr.aws/karpenter
          chart: karpenter
          targetRevision: "1.8.1"
          helm:
            releaseName: karpenter
            valueFiles:
              - "$config/kubernetes/platform/karpenter/values.yaml"
              - "$config/kubernetes/clusters/dev-mlops-cluster-01/karpenter/values.yaml"
        - repoURL: https://git.example.org/platform.git
          targetRevision: main
          ref: config
      syncPolicy:
        automated:
          prune: true
          selfHeal: true
        syncOptions:
          - ServerSideApply=true
          - RespectIgnoreDifferences=true
          - SkipDryRunOnMissingResource=true
        retry:
          limit: 20
          refresh: true
          backoff:
            duration: "10s"
            factor: 2
            maxDuration: "3m"
    "
  `);
});

it('in prod nothing is pruned and removing the Application removes nothing', () => {
  expect(of(prod, 'karpenter')).toMatchObject({ spec: { syncPolicy: { automated: { prune: false } } } });
  expect(of(prod, 'karpenter')?.metadata).not.toHaveProperty('finalizers');
  expect(of(dev, 'cilium')?.metadata).not.toHaveProperty('finalizers');
});

it('removing an Application never removes definitions: every object of their kinds would go with them', () => {
  const chart = { kind: 'chart', name: 'keda', namespace: 'keda', chart: { name: 'keda', repository: 'https://kedacore.github.io/charts', version: '2.20.2' }, values: {}, clusterValues: {}, installedBy: 'gitops', standIn: { workloads: [] } } as const;
  expect(of(withRelease(dev, chart), 'keda')?.metadata).toHaveProperty('finalizers');
  expect(of(withRelease(dev, { ...chart, standIn: { workloads: [], crds: ['scaledobjects.keda.sh'] } }), 'keda')?.metadata).not.toHaveProperty('finalizers');
});

it('EKS add-ons have no Application: AWS owns them', () => expect(of(dev, 'coredns')).toBeUndefined());

it('every chart comes from the mirror where there is one, OCI without its scheme', () => {
  const pin = pins.cilium;
  expect(chartRepository(gitops, pin)).toBe('https://helm.cilium.io');
  expect(chartRepository({ ...gitops, chartMirror: '111122223333.dkr.ecr.us-east-1.amazonaws.com/charts' }, pin)).toBe('111122223333.dkr.ecr.us-east-1.amazonaws.com/charts');
  expect(chartRepository({ ...gitops, chartMirror: 'oci://registry.example.org/charts/' }, pin)).toBe('registry.example.org/charts');
});

it('manifests have one source for each folder that holds any, and no Application where there is none', () => {
  const object: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  const release = { kind: 'manifests', name: 'extra', namespace: 'kube-system' } as const;
  const paths = (manifests: readonly KubeObject[], clusterManifests: readonly KubeObject[]): unknown => {
    const spec = of(withRelease(dev, { ...release, manifests, clusterManifests }), 'extra')?.['spec'] as { source?: { path: string }; sources?: readonly { path: string }[] } | undefined;
    return spec && (spec.source ? [spec.source.path] : spec.sources?.map(({ path }) => path));
  };
  const [shared, own] = ['kubernetes/platform/extra/manifests', 'kubernetes/clusters/dev-mlops-cluster-01/extra/manifests'];
  expect(paths([object], [object])).toEqual([shared, own]);
  expect(paths([object], [])).toEqual([shared]);
  expect(paths([], [object])).toEqual([own]);
  expect(paths([], [])).toBeUndefined();
});

it('a component may bring its own chart, and an unknown id is a bug', () => {
  const chart: Release = { kind: 'chart', name: 'keda', namespace: 'keda', chart: { name: 'keda', repository: 'https://kedacore.github.io/charts', version: '2.20.2' }, skipCrds: true, values: {}, clusterValues: {}, installedBy: 'gitops', standIn: { workloads: [] } };
  expect(of(withRelease(dev, chart), 'keda')).toMatchObject({ metadata: { annotations: { 'argocd.argoproj.io/sync-wave': '4' } }, spec: { sources: [{ repoURL: 'https://kedacore.github.io/charts', chart: 'keda', targetRevision: '2.20.2', helm: { skipCrds: true } }, {}] } });
  expect(() => of(withRelease(dev, { ...chart, chart: 'nothing' }), 'keda')).toThrow('chart nothing is not pinned');
});
