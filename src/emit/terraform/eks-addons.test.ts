import { describe, expect, it } from 'vitest';
import { addons } from '../../../catalog/addons.ts';
import { optionalAddons as catalogued } from '../../../catalog/optional-addons.ts';
import { exampleCluster, planned } from '../../../test/fixtures/planned-components.ts';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { components } from '../../components/registry.ts';
import type { Plan } from '../../model/plan.ts';
import { optionalAddons } from '../../verify/optional-addons.ts';
import { emitTerraform } from '../terraform.ts';

const cluster = exampleCluster('dev');
const optional = components.filter(({ id, defaultOn }) => defaultOn === false && planned(id, cluster).workload.releases.some(({ kind }) => kind === 'eks-addon')).map(({ id }) => id);

/** Dev with one cluster that has these components besides what the fixture plans. */
const planWith = (wanted: Readonly<Record<string, unknown>>, sketch: Partial<EnvironmentSketch> = {}): Plan => {
  const platform = platformFixture([{ tier: 'dev', clusters: 1, ...sketch }]);
  const plan = terraformPlan({ ...platform, environments: platform.environments.map((environment) => ({
    ...environment, clusters: environment.clusters.map((cluster) => ({ ...cluster, components: Object.fromEntries(Object.entries(wanted).map(([id, settings]) => [id, components.find((one) => one.id === id)?.settings.parse(settings)])) })),
  })) });
  return { ...plan, environments: plan.environments.map((environment) => ({ ...environment, clusters: environment.clusters.map((of) => ({ ...of, components: [
    ...of.components,
    ...Object.entries(wanted).flatMap(([id, settings]) => {
      const [like] = of.components;
      const { infra, workload } = planned(id, of.cluster, settings, plan.platform);
      return like ? [{ ...like, id, requires: components.find((one) => one.id === id)?.requires ?? [], infra, workload }] : [];
    }),
  ] })) })) };
};
const render = (plan: Plan): ReadonlyMap<string, string> => new Map(emitTerraform(plan, chartPins).map(({ path, text }) => [path.split('/').slice(-2).join('/'), text]));
const block = (text: string | undefined, header: RegExp): string => (text ?? '').split(/\n(?=\S)/).find((part) => header.test(part)) ?? expect.fail(`no block ${header}`);
const rightsOf = (plan: Plan): string => [...render(plan)].find(([path]) => path.endsWith('deploy.tf'))?.[1] ?? '';

describe('optional EKS add-ons', () => {
  it('are ten, all in the catalogue', () => {
    const named = optional.flatMap((id) => planWith({ [id]: {} }).environments[0]?.clusters[0]?.components.at(-1)?.workload.releases.flatMap((release) => (release.kind === 'eks-addon' ? [release.addon] : [])) ?? []);
    expect(named.toSorted()).toEqual(Object.keys(catalogued).toSorted());
  });

  it.each(optional)('%s leaves no trace where it is off, and is made where it is on', (id) => {
    const without = render(planWith({}));
    const files = render(planWith({ [id]: {} }));
    const addon = planWith({ [id]: {} }).environments[0]?.clusters[0]?.components.at(-1)?.workload.releases[0]?.name ?? '';
    expect([...without.values()].join('')).not.toContain(addon);
    expect(files.get('bootstrap/addons.tf')).toMatch(new RegExp(`addon_name += "${addon}"`));
  });

  it('have one role each for those that call AWS, worn through a token or through pod identity', () => {
    const irsa = render(planWith({ 'cloudwatch-observability': {}, 'network-flow-monitor': {} }));
    expect(block(irsa.get('cluster/identities.tf'), /"aws_iam_role" "cloudwatch_observability_agent"/)).toContain('system:serviceaccount:amazon-cloudwatch:cloudwatch-agent');
    expect(block(irsa.get('bootstrap/addons.tf'), /"aws_eks_addon" "amazon_cloudwatch_observability"/)).toMatch(/service_account_role_arn += "arn:aws:iam::111111111111:role\/dev-mlops-cluster-01-cloudwatch"/);
    const pods = render(planWith({ 'pod-identity-agent': {}, 'sagemaker-spaces': {} }));
    const trust = block(pods.get('cluster/identities.tf'), /"aws_iam_role" "sagemaker_spaces_router"/);
    expect(trust).toContain('"pods.eks.amazonaws.com"');
    expect(trust).toMatch(/"aws:RequestTag\/kubernetes-service-account" = "jupyter-k8s-authmiddleware"/);
    expect(trust).toMatch(/"aws:SourceArn" += "arn:aws:eks:us-east-1:111111111111:cluster\/dev-mlops-cluster-01"/);
    expect(block(pods.get('bootstrap/addons.tf'), /"aws_eks_pod_identity_association" "jupyter_k8s_authmiddleware"/)).toMatch(/namespace += "jupyter-k8s-system"/);
  });

  it('that use pod identity come after its agent and their associations', () => {
    const text = block(render(planWith({ 'pod-identity-agent': {}, 'hyperpod-training-operator': {} })).get('bootstrap/addons.tf'), /"aws_eks_addon" "amazon_sagemaker_hyperpod_training_operator"/);
    expect(text).toContain('aws_eks_addon.eks_pod_identity_agent');
    expect(text).toContain('aws_eks_pod_identity_association.hp_training_operator_controller_manager');
  });

  it('keep nothing else waiting', () => {
    const later = block(render(planWith({ 'node-monitoring-agent': {} })).get('bootstrap/gitops.tf'), /"helm_release" "argo_cd"/);
    expect(later).toContain('aws_eks_addon.coredns');
    expect(later).not.toContain('node_monitoring');
  });

  it('take the build that is asked for, else the catalogue\'s for its version of Kubernetes, else EKS\' default', () => {
    const of = (settings: Readonly<Record<string, unknown>>, version: string): string => block(render(planWith({ 'pod-identity-agent': settings }, { settings: { kubernetes: { version } } })).get('bootstrap/addons.tf'), /"eks_pod_identity_agent"/);
    expect(of({}, '1.35')).toContain(`"${addons['eks-pod-identity-agent'].version}"`);
    expect(of({}, '1.34')).not.toContain('addon_version');
    expect(of({ addon_version: 'v1.3.9-eksbuild.5' }, '1.34')).toContain('"v1.3.9-eksbuild.5"');
  });

  it('keep their logs encrypted and for a time, and CI may make them', () => {
    const plan = planWith({ 'cloudwatch-observability': { log_retention_days: 14 } });
    const text = render(plan).get('cluster/container-logs.tf') ?? '';
    expect(text.match(/"\/aws\/containerinsights\/dev-mlops-cluster-01\/(application|dataplane|host|performance)"/g)).toHaveLength(4);
    expect(text.match(/retention_in_days = 14/g)).toHaveLength(4);
    expect(text.match(/kms_key_id += aws_kms_key\.data\.arn/g)).toHaveLength(4);
    expect(render(plan).get('cluster/cluster.tf')).toContain('log-group:/aws/containerinsights/dev-mlops-cluster-01/*');
    expect(rightsOf(plan)).toContain('log-group:/aws/containerinsights/dev-mlops-*/*');
    expect(rightsOf(planWith({}))).not.toContain('containerinsights');
  });

  it('hand roles to pods only where CI may', () => {
    expect(rightsOf(planWith({ 'pod-identity-agent': {} }))).toMatch(/podidentityassociation[^]*pods\.eks\.amazonaws\.com/);
    expect(rightsOf(planWith({}))).not.toMatch(/podidentity|pods\.eks/);
  });

  it('are GuardDuty\'s agent once: it makes none where a cluster of the region brings it', () => {
    const guardDuty = { settings: { security: { guardduty: { enabled: true, manage_agent: true } } } };
    const managed = (wanted: Readonly<Record<string, unknown>>): string | undefined => /"EKS_ADDON_MANAGEMENT"\n +status = "(\w+)"/.exec([...render(planWith(wanted, guardDuty))].find(([path]) => path.endsWith('guardduty.tf'))?.[1] ?? '')?.[1];
    expect(managed({})).toBe('ENABLED');
    expect(managed({ 'guardduty-runtime': {} })).toBe('DISABLED');
  });

  it('come with GuardDuty\'s endpoint', () => {
    expect(render(planWith({ 'guardduty-runtime': {} })).get('cluster/endpoints.tf')).toContain('.guardduty-data"');
    expect(render(planWith({})).get('cluster/endpoints.tf')).not.toContain('guardduty');
  });

  it('say what a cluster has little of', () => {
    const codes = (plan: Plan): readonly string[] => optionalAddons(plan).map(({ code }) => code);
    expect(codes(planWith({ 'cloudwatch-observability': {}, 'guardduty-runtime': {}, 'node-monitoring-agent': {} }))).toEqual([]);
    expect(codes(planWith({ 'guardduty-runtime': {} }, { settings: { network: { endpoints: { enabled: false } } } }))).toEqual(['verify/addon-without-endpoint']);
    expect(codes(planWith({ 'hyperpod-training-operator': {} }))).toEqual(['verify/hyperpod-without-vpc-cni', 'verify/addon-before-cert-manager']);
    expect(codes(planWith({ 'hyperpod-training-operator': {} }, { settings: { kubernetes: { version: '1.36' } } }))).toContain('verify/unsupported-addon');
  });
});

describe('Fargate', () => {
  const on = { settings: { kubernetes: { fargate: { enabled: true, profiles: [{ name: 'Jobs-1', namespaces: ['jobs', 'batch'], labels: { 'a.b/c': 'd' } }] } } } };
  it('leaves no trace where it is off', () => {
    expect([...render(planWith({})).values()].join('')).not.toContain('argate');
  });
  it('has profiles in private subnets, a role of its own and ways between its pods and those on nodes', () => {
    const text = render(planWith({}, on)).get('cluster/fargate.tf');
    expect(block(text, /"aws_eks_fargate_profile" "jobs_1"/)).toMatch(/fargate_profile_name += "Jobs-1"[^]*aws_subnet\.private_1\.id[^]*namespace = "jobs"[^]*"a\.b\/c" = "d"[^]*namespace = "batch"/);
    expect(block(text, /"aws_iam_role" "fargate"/)).toMatch(/eks-fargate-pods\.amazonaws\.com[^]*fargateprofile\/dev-mlops-cluster-01\/\*/);
    expect(text?.match(/from_port += 53\n/g)).toHaveLength(2);
    expect(rightsOf(planWith({}, on))).toMatch(/fargateprofile[^]*eks-fargate-pods[^]*eks-fargate\.amazonaws\.com/);
  });
});
