import { describe, expect, it } from 'vitest';
import { registrationPath } from '../units/aws-names.ts';
import { ciliumTaintKey, registersClusterLabel } from '../units/wellknown.ts';
import { chartOf, exampleCluster, examplePlatform, objectsOf, planned, rolesOf } from '../../test/fixtures/planned-components.ts';

const dev = exampleCluster('dev');
const prod = exampleCluster('prod');
const spoke = exampleCluster('prod', 1);

interface Pool {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: { readonly spec: { readonly startupTaints: readonly { key: string }[]; readonly taints?: readonly { key: string }[] } }; readonly disruption: { readonly budgets: readonly { nodes: string; duration?: string; schedule?: string }[] } };
}
const pools = (settings: unknown = {}): readonly Pool[] => objectsOf(planned('karpenter', dev, settings), 'karpenter-pools').filter(({ kind }) => kind === 'NodePool') as unknown as readonly Pool[];

describe('karpenter', () => {
  it('holds new nodes back until Cilium runs there', () => {
    expect(pools().map(({ metadata }) => metadata.name)).toEqual(['general', 'gpu']);
    for (const { spec } of pools()) expect(spec.template.spec.startupTaints.map(({ key }) => key)).toContain(ciliumTaintKey);
  });

  it('never forbids removing nodes for good', () => {
    for (const { spec } of pools()) {
      for (const { nodes, duration, schedule } of spec.disruption.budgets) {
        expect(nodes).not.toMatch(/^0%?$/);
        expect(duration === undefined).toBe(schedule === undefined);
      }
    }
  });

  it('lets only GPU work onto GPU nodes', () => {
    expect(pools()[1]?.spec.template.spec.taints?.map(({ key }) => key)).toEqual(['nvidia.com/gpu', 'workload-type']);
    expect(pools({ pools: { gpu: { enabled: false } } }).map(({ metadata }) => metadata.name)).toEqual(['general']);
  });

  it('makes nodes with encrypted disks whose credentials pods can not reach, found by the cluster\'s own tag', () => {
    const classes = objectsOf(planned('karpenter', dev), 'karpenter-pools').filter(({ kind }) => kind === 'EC2NodeClass');
    for (const { spec } of classes) {
      expect(spec).toMatchObject({
        role: `${dev.name}-karpenter-node`,
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [{ ebs: { encrypted: true } }],
        subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': dev.name } }],
        amiSelectorTerms: [{ alias: expect.stringMatching(/^al2023@v\d{8}$/) as string }],
      });
    }
  });

  it('owns definitions in a release before the controller', () => {
    expect(planned('karpenter', dev).workload.releases.map(({ name }) => name)).toEqual(['karpenter-crd', 'karpenter', 'karpenter-pools']);
    expect(chartOf(planned('karpenter', dev), 'karpenter').skipCrds).toBe(true);
  });

  it('reads its own queue and passes its own node role, and touches what it tagged only', () => {
    const [role] = rolesOf(planned('karpenter', dev));
    const statements = role?.allow ?? [];
    expect(statements.find(({ actions }) => actions.includes('sqs:ReceiveMessage'))?.on).toEqual([`arn:aws:sqs:us-east-1:${dev.accountId}:${dev.name}-interruption`]);
    expect(statements.find(({ actions }) => actions.includes('iam:PassRole'))?.on).toEqual([`arn:aws:iam::${dev.accountId}:role/${dev.name}-karpenter-node`]);
    expect(JSON.stringify(statements.find(({ actions }) => actions.includes('ec2:TerminateInstances'))?.when)).toContain(`aws:ResourceTag/kubernetes.io/cluster/${dev.name}`);
  });

  it('may have AWS make the service-linked role of Spot, and only where it buys Spot', () => {
    const making = (settings: unknown) => (rolesOf(planned('karpenter', dev, settings))[0]?.allow ?? []).filter(({ actions }) => actions.includes('iam:CreateServiceLinkedRole'));
    expect(making({})).toMatchObject([{ on: [`arn:aws:iam::${dev.accountId}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot`], when: { StringEquals: { 'iam:AWSServiceName': ['spot.amazonaws.com'] } } }]);
    expect(making({ pools: { general: { capacity_types: ['on-demand'] }, gpu: { capacity_types: ['on-demand'] } } })).toEqual([]);
  });

  it('gives its nodes no right of a CNI', () => {
    expect(JSON.stringify(planned('karpenter', dev).infra['nodes'])).not.toContain('CNI');
  });
});

describe('external-secrets', () => {
  const covers = (cluster: typeof dev, arn: string): boolean => rolesOf(planned('external-secrets', cluster)).some(({ allow }) => allow.some(({ actions, on }) => actions.some((action) => /GetSecretValue|GetParameter$/.test(action)) && on.some((pattern) => pattern !== '*' && pattern.endsWith('*') && arn.startsWith(pattern.slice(0, -1)))));

  it('may read every name the configuration uses', () => {
    const at = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${prod.accountId}:${rest}`;
    expect(covers(prod, at('ssm', `parameter${registrationPath(examplePlatform.name, 'prod', spoke.name)}/endpoint`))).toBe(true);
    expect(covers(prod, at('ssm', 'parameter/prod/kubeflow/oidc/clientSecret'))).toBe(true);
    expect(covers(prod, at('secretsmanager', 'secret:/prod/alertmanager/config-AbCdEf'))).toBe(true);
    expect(covers(prod, at('secretsmanager', 'secret:prod/db-AbCdEf'))).toBe(true);
  });

  it('may not read another environment\'s', () => {
    expect(covers(prod, `arn:aws:ssm:us-east-1:${prod.accountId}:parameter/dev/key`)).toBe(false);
    expect(covers(prod, `arn:aws:secretsmanager:us-east-1:${prod.accountId}:secret:other`)).toBe(false);
  });

  it('reads in the cluster\'s own region', () => {
    for (const { spec } of objectsOf(planned('external-secrets', spoke), 'secret-stores')) expect(spec).toMatchObject({ provider: { aws: { region: 'eu-west-1' } } });
  });
});

describe('external-dns', () => {
  it('has another owner\'s name on each cluster of a zone, and stays in the private zone', () => {
    const owner = (cluster: typeof dev) => chartOf(planned('external-dns', cluster), 'external-dns').clusterValues['txtOwnerId'];
    expect(owner(prod)).not.toBe(owner(spoke));
    expect(chartOf(planned('external-dns', prod), 'external-dns')).toMatchObject({ values: { extraArgs: ['--aws-zone-type=private'] }, clusterValues: { domainFilters: ['prod.eks.internal'] } });
  });
});

describe('aws-load-balancer-controller', () => {
  it('needs neither an unknown VPC id nor the instance metadata', () => {
    expect(chartOf(planned('aws-load-balancer-controller', dev), 'aws-load-balancer-controller').clusterValues).toMatchObject({ clusterName: dev.name, region: dev.region, vpcTags: { Name: dev.name } });
  });

  it('stands in nobody\'s way while it is down', () => {
    expect(chartOf(planned('aws-load-balancer-controller', dev), 'aws-load-balancer-controller').values['enableServiceMutatorWebhook']).toBe(false);
  });
});

describe('cert-manager', () => {
  const acme = { email: 'ops@acme.io', zone_id: 'Z0123456789ABCDEFGHIJ', domains: ['acme.io'] };

  it('has no AWS identity without a public issuer', () => {
    expect(planned('cert-manager', dev).infra).toEqual({});
    expect(objectsOf(planned('cert-manager', dev), 'cluster-issuers')).toHaveLength(3);
  });

  it('writes challenges into the one zone of its issuer', () => {
    const plan = planned('cert-manager', dev, { acme });
    const write = rolesOf(plan)[0]?.allow.find(({ actions }) => actions.includes('route53:ChangeResourceRecordSets'));
    expect(write?.on).toEqual([`arn:aws:route53:::hostedzone/${acme.zone_id}`]);
    expect(objectsOf(plan, 'cluster-issuers').at(-1)).toMatchObject({ kind: 'ClusterIssuer', metadata: { name: 'acme' }, spec: { acme: { email: acme.email } } });
  });
});

describe('cluster-registration', () => {
  it('registers every other cluster, without a credential', () => {
    const objects = objectsOf(planned('cluster-registration', prod), 'cluster-registration');
    expect(objects.map(({ metadata }) => metadata.labels?.[registersClusterLabel])).toEqual([spoke.name]);
    const { target, data } = (objects[0] ?? { spec: {} })['spec'] as { target: { template: { metadata: { labels: object }; data: Record<string, string> } }; data: readonly { secretKey: string; remoteRef: { key: string } }[] };
    expect(target.template.metadata.labels).toMatchObject({ 'argocd.argoproj.io/secret-type': 'cluster', 'argoeks.io/platform': 'enabled' });
    expect(JSON.parse(target.template.data['config'] ?? '')).toEqual({ awsAuthConfig: { clusterName: spoke.name, roleARN: '{{ .roleArn }}' }, tlsClientConfig: { insecure: false, caData: '{{ .certificateAuthority }}' } });
    const path = registrationPath(examplePlatform.name, 'prod', spoke.name);
    expect(data.map(({ remoteRef }) => remoteRef.key)).toEqual([`${path}/endpoint`, `${path}/certificate-authority`, `${path}/role-arn`]);
  });

  it('is empty where there is no other cluster', () => {
    expect(objectsOf(planned('cluster-registration', dev), 'cluster-registration')).toEqual([]);
  });
});
