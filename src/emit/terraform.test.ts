import { describe, expect, it } from 'vitest';
import { karpenterInterruptionQueue } from '../../catalog/iam/karpenter-controller.ts';
import { platformFixture } from '../../test/fixtures/platform.ts';
import type { EnvironmentSketch } from '../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from './terraform.ts';
import { ownCharts } from './terraform/own-charts.ts';
import { terraformRoots } from './terraform/roots.ts';

const render = (environments?: readonly EnvironmentSketch[]): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture(environments)), chartPins).map(({ path, text }) => [path, text]));

const files = render();
const hubPath = 'terraform/environments/prod/prod-mlops-cluster-01';
const spokePath = 'terraform/environments/prod/prod-mlops-cluster-02';
const devPath = 'terraform/environments/dev/dev-mlops-cluster-01';

const file = (path: string, from = files): string => from.get(path) ?? expect.fail(`${path} was not rendered`);
/** Text of every block whose header matches. */
const blocks = (text: string, header: RegExp): readonly string[] => text.split(/\n(?=\S)/).filter((part) => header.test(part)).map((part) => part);
const only = (text: string, header: RegExp): string => {
  const found = blocks(text, header);
  expect(found).toHaveLength(1);
  return found[0] ?? '';
};
const all = [...files].filter(([path]) => path.endsWith('.tf'));

describe('network', () => {
  const network = file(`${hubPath}/cluster/network.tf`);

  it('has a NAT gateway in each zone in prod, one in dev, and then each private subnet its own way out', () => {
    expect(blocks(network, /"aws_nat_gateway"/)).toHaveLength(3);
    expect(blocks(file(`${devPath}/cluster/network.tf`), /"aws_nat_gateway"/)).toHaveLength(1);
    for (const zone of [1, 2, 3]) expect(only(network, new RegExp(`"aws_route" "private_${zone}_internet"`))).toContain(`aws_nat_gateway.zone_${zone}.id`);
    expect(only(file(`${devPath}/cluster/network.tf`), /"aws_route" "private_3_internet"/)).toContain('aws_nat_gateway.zone_1.id');
  });

  it('closes the default security group', () => {
    expect(only(network, /"aws_default_security_group"/)).not.toMatch(/ingress|egress/);
  });

  it('shows Karpenter private subnets and exactly one security group', () => {
    const tagged = all.filter(([path]) => path.startsWith(`${hubPath}/cluster/`)).flatMap(([, text]) => blocks(text, /^(?:#.*\n)*resource/)).filter((block) => block.includes('"karpenter.sh/discovery"'));
    expect(tagged.map((block) => /resource "(\w+)" "(\w+)"/.exec(block)?.slice(1).join('.')).sort()).toEqual(['aws_security_group.nodes', 'aws_subnet.private_1', 'aws_subnet.private_2', 'aws_subnet.private_3']);
  });

  it('gives intra subnets no route', () => {
    expect(network).toContain('"intra_3"');
    expect(blocks(network, /"aws_route"/).some((route) => route.includes('intra'))).toBe(false);
  });

  it('reaches AWS without the internet where nodes and controllers need it', () => {
    const endpoints = file(`${hubPath}/cluster/endpoints.tf`);
    for (const service of ['ec2', 'ecr.api', 'ecr.dkr', 'sts', 'logs', 'eks', 'eks-auth', 'elasticloadbalancing', 'autoscaling', 'sqs', 'ssm', 'kms', 'secretsmanager']) {
      expect(endpoints).toContain(`"com.amazonaws.us-east-1.${service}"`);
    }
    expect(only(endpoints, /"aws_vpc_endpoint" "s3"/)).toContain('"Gateway"');
    expect(only(endpoints, /"aws_vpc_security_group_ingress_rule"/)).toMatch(/cidr_ipv4 += "10\.128\./);
  });

  it('leaves endpoints out when told to', () => {
    const without = render([{ tier: 'dev', clusters: 1, settings: { network: { endpoints: { enabled: false }, nat: 'none' } } }]);
    expect(without.has(`${devPath}/cluster/endpoints.tf`)).toBe(false);
    expect(file(`${devPath}/cluster/network.tf`, without)).not.toContain('aws_nat_gateway');
  });
});

describe('control plane', () => {
  const cluster = only(file(`${hubPath}/cluster/cluster.tf`), /"aws_eks_cluster"/);

  it('comes without CNI, kube-proxy and a hidden administrator', () => {
    expect(cluster).toMatch(/bootstrap_self_managed_addons += false/);
    expect(cluster).toMatch(/authentication_mode += "API"/);
    expect(cluster).toMatch(/bootstrap_cluster_creator_admin_permissions += false/);
    expect(all.some(([, text]) => /vpc-cni|"kube-proxy"|AmazonEKS_CNI_Policy/.test(text))).toBe(false);
  });

  it('encrypts secrets with our key and logs everything to our group, made first', () => {
    expect(cluster).toContain('key_arn = aws_kms_key.secrets.arn');
    for (const type of ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']) expect(cluster).toContain(`"${type}"`);
    expect(cluster).toMatch(/depends_on = \[\n {4}aws_cloudwatch_log_group\.control_plane,/);
    expect(only(file(`${hubPath}/cluster/cluster.tf`), /"aws_cloudwatch_log_group"/)).toMatch(/retention_in_days = 400/);
  });

  it('is private and protected in prod', () => {
    expect(cluster).toMatch(/endpoint_public_access += false/);
    expect(cluster).toMatch(/deletion_protection += var\.deletion_protection/);
    expect(file(`${hubPath}/cluster/variables.tf`)).toMatch(/variable "deletion_protection" \{[^}]*\n {2}default += true\n {2}type += bool\n/);
    expect(files.has(`${devPath}/cluster/variables.tf`)).toBe(false);
    expect(cluster).not.toContain('public_access_cidrs');
  });

  it('is never open to the world: public only to blocks that were named', () => {
    expect(file(`${devPath}/cluster/cluster.tf`)).toMatch(/endpoint_public_access += false/);
    const named = render([{ tier: 'dev', clusters: 1, settings: { kubernetes: { api: { public_cidrs: ['203.0.113.0/24'] } } } }]);
    expect(file(`${devPath}/cluster/cluster.tf`, named)).toMatch(/endpoint_public_access += true\n +public_access_cidrs += \["203\.0\.113\.0\/24"\]/);
    expect(all.some(([, text]) => /public_access_cidrs[^\]]*0\.0\.0\.0\/0/.test(text))).toBe(false);
  });
});

describe('access', () => {
  it('has at least two ways in, and never a Kubernetes group with rights of its own', () => {
    const access = file(`${hubPath}/cluster/access.tf`);
    const admins = blocks(access, /"aws_eks_access_policy_association"/).filter((block) => block.includes('AmazonEKSClusterAdminPolicy'));
    expect(admins.length).toBeGreaterThanOrEqual(2);
    expect(all.some(([, text]) => /system:masters/.test(text))).toBe(false);
  });

  it('has two ways in that are not CI either', () => {
    const none = render([{ tier: 'dev', clusters: 1, settings: { ci: {} } }]);
    expect(file('terraform/account/111111111111/deploy.tf', none)).not.toContain('openid');
    const entries = blocks(file(`${devPath}/cluster/access.tf`, none), /"aws_eks_access_entry"/).join('\n');
    expect(entries).toMatch(/argoeks-dev-operator"[^]*argoeks-dev-break-glass"/);
  });

  it('lists the roles that were configured, each once', () => {
    const role = 'arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/Admin';
    const made = render([{ tier: 'dev', clusters: 1, settings: { kubernetes: { admin_role_arns: [role, role], readonly_role_arns: [role, `${role}2`] } } }]);
    const entries = blocks(file(`${devPath}/cluster/access.tf`, made), /"aws_eks_access_entry"/);
    expect(entries.filter((entry) => entry.includes(`"${role}"`))).toHaveLength(1);
    expect(entries.filter((entry) => entry.includes(`"${role}2"`))).toHaveLength(1);
  });

  it('puts each of them into the groups that its lists stand for, and teams into their own only', () => {
    const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
    const team = (name: string, role_arns: readonly string[]) => ({ name, role_arns });
    const made = render([{ tier: 'dev', clusters: 1, settings: { kubernetes: { admin_role_arns: [role('a')], readonly_role_arns: [role('b')] }, tenants: [team('x', [role('b'), role('c')]), team('y', [role('c')])] } }]);
    const text = file(`${devPath}/cluster/access.tf`, made);
    const groups = (name: string) => [...(blocks(text, /"aws_eks_access_entry"/).find((entry) => entry.includes(`"${role(name)}"`)) ?? '').matchAll(/"((?:platform|tenant):\w+)"/g)].map(([, group]) => group);
    expect(['a', 'b', 'c'].map(groups)).toEqual([['platform:admin'], ['platform:readonly', 'tenant:x'], ['tenant:x', 'tenant:y']]);
    expect(blocks(text, /"aws_eks_access_policy_association" "tenant/)).toEqual([]);
  });

  it('tells Karpenter of every kind of interruption its version knows', () => {
    const rules = blocks(file(`${hubPath}/cluster/interruptions.tf`), /"aws_cloudwatch_event_rule"/).join('\n');
    for (const { detailType } of karpenterInterruptionQueue.rules) expect(rules).toContain(`"${detailType}"`);
  });

  it('lets Karpenter\'s nodes join', () => {
    expect(only(file(`${hubPath}/cluster/nodes.tf`), /"aws_eks_access_entry" "karpenter_nodes"/)).toMatch(/type += "EC2_LINUX"/);
  });

  it('pins audience and subject of every workload role, below the boundary', () => {
    const roles = all.flatMap(([path, text]) => (path.endsWith('identities.tf') ? blocks(text, /"aws_iam_role" /) : []));
    expect(roles.length).toBeGreaterThan(10);
    for (const role of roles) {
      expect(role).toContain('"${local.oidc_issuer}:aud" = "sts.amazonaws.com"');
      expect(role).toMatch(/"\$\{local\.oidc_issuer\}:sub" = (\[\n|"system:serviceaccount:[a-z-]+:[a-z-]+")/);
      expect(role).toContain(':policy/argoeks-boundary"');
    }
  });
});

describe('nodes', () => {
  const nodes = file(`${hubPath}/bootstrap/nodes.tf`);

  it('refuse pods until Cilium lifts the taint, and keep credentials from pods', () => {
    expect(nodes).toMatch(/taint \{\n +key += "node\.cilium\.io\/agent-not-ready"\n +effect = "NO_EXECUTE"\n +value += "true"/);
    expect(nodes).toMatch(/http_put_response_hop_limit = 1/);
    expect(nodes).toMatch(/http_tokens += "required"/);
    expect(nodes).toMatch(/encrypted += "true"/);
  });

  it('leave their number to autoscaling', () => {
    expect(nodes).toContain('ignore_changes = [scaling_config[0].desired_size]');
  });

  it('come after Cilium, which waits for nothing; DNS after them; Argo CD after DNS', () => {
    expect(only(file(`${hubPath}/bootstrap/cni.tf`), /"helm_release" "cilium"/)).toMatch(/wait += false/);
    expect(only(nodes, /"aws_eks_node_group"/)).toContain('depends_on = [helm_release.cilium]');
    expect(only(file(`${hubPath}/bootstrap/addons.tf`), /"aws_eks_addon" "coredns"/)).toContain('depends_on = [aws_eks_node_group.system]');
    expect(only(file(`${hubPath}/bootstrap/gitops.tf`), /"helm_release" "argo_cd"/)).toMatch(/depends_on = \[\n +aws_eks_addon\.coredns,/);
    expect(only(file(`${hubPath}/bootstrap/gitops.tf`), /"helm_release" "root"/)).toContain('depends_on = [helm_release.argo_cd]');
    expect(files.has(`${spokePath}/bootstrap/gitops.tf`)).toBe(false);
  });

  it('get the very files of values that Argo CD reads', () => {
    expect(file(`${spokePath}/bootstrap/cni.tf`)).toContain('file("${path.module}/../../../../../kubernetes/platform/cilium/values.yaml")');
    expect(file(`${spokePath}/bootstrap/cni.tf`)).toContain('file("${path.module}/../../../../../kubernetes/clusters/prod-mlops-cluster-02/cilium/values.yaml")');
  });
});

describe('registration', () => {
  it('is written by spokes, where the hub reads it, for the hub\'s role only', () => {
    const registration = file(`${spokePath}/cluster/registration.tf`);
    expect(blocks(registration, /"aws_ssm_parameter"/).every((block) => /region += "us-east-1"/.test(block))).toBe(true);
    expect(registration).toContain('/argoeks/prod/clusters/prod-mlops-cluster-02/certificate-authority');
    expect(only(registration, /"aws_iam_role"/)).toContain('"aws:PrincipalArn" = "arn:aws:iam::333333333333:role/prod-mlops-cluster-01-argocd"');
    expect(files.has(`${hubPath}/cluster/registration.tf`)).toBe(false);
    expect(only(file(`${hubPath}/cluster/identities.tf`), /"aws_iam_role_policy" "argocd_hub"/)).toContain('arn:aws:iam::333333333333:role/prod-mlops-cluster-02-argocd-access');
  });
});

describe('the way from the hub to a spoke', () => {
  it('is a peering across regions where the API server is private: routes both ways and one port', () => {
    const peering = file(`${spokePath}/cluster/peering.tf`);
    expect(only(peering, /"aws_vpc_peering_connection_accepter"/)).toMatch(/region += "us-east-1"/);
    expect(blocks(peering, /"aws_route" "from_hub_/)).toHaveLength(3);
    expect(only(peering, /"aws_route" "to_hub_1"/)).toContain('aws_route_table.intra.id');
    const rule = only(peering, /"aws_vpc_security_group_ingress_rule"/);
    expect(rule).toMatch(/from_port += 443\n/);
    expect(rule).toMatch(/cidr_ipv4 += "10\.128\.0\.0\/20"/);
    expect(files.has(`${hubPath}/cluster/peering.tf`)).toBe(false);
  });

  it('is the hub\'s NAT addresses where the API server is public', () => {
    const open = render([{ tier: 'dev', clusters: 2, settings: { kubernetes: { api: { public_cidrs: ['203.0.113.0/24'] } } } }]);
    const spoke = 'terraform/environments/dev/dev-mlops-cluster-02/cluster';
    expect(file(`${spoke}/cluster.tf`, open)).toContain('"${data.aws_eip.hub_1.public_ip}/32"');
    expect(open.has(`${spoke}/peering.tf`)).toBe(false);
    expect(file(`${devPath}/cluster/cluster.tf`, open)).not.toContain('aws_eip');
  });

  it('stays within the limit of an inline policy for any fleet', () => {
    const big = render([{ tier: 'dev', clusters: 120 }]);
    expect(only(file(`${devPath}/cluster/identities.tf`, big), /"aws_iam_role_policy" "argocd_hub"/)).toContain('"arn:aws:iam::111111111111:role/dev-mlops-*-argocd-access"');
  });
});

describe('dns', () => {
  it('associates VPCs of other regions, and the zone does not fight it', () => {
    expect(only(file(`${spokePath}/cluster/dns.tf`), /"aws_route53_zone_association"/)).toMatch(/vpc_region = "eu-west-1"/);
    expect(only(file('terraform/environments/prod/dns.tf'), /"aws_route53_zone"/)).toContain('ignore_changes = [vpc]');
  });

  it('goes with the records that ExternalDNS left, except in prod', () => {
    expect(only(file('terraform/environments/dev/dns.tf'), /"aws_route53_zone"/)).toMatch(/force_destroy += true/);
    expect(only(file('terraform/environments/prod/dns.tf'), /"aws_route53_zone"/)).toMatch(/force_destroy += false/);
    expect(only(file('terraform/account/111111111111/deploy.tf'), /"aws_iam_policy" "dev_apply_network"/)).toContain('"route53:ChangeResourceRecordSets"');
    expect(only(file('terraform/account/333333333333/deploy.tf'), /"aws_iam_policy" "prod_apply_network"/)).not.toContain('"route53:ChangeResourceRecordSets"');
  });
});

describe('account', () => {
  it('keeps state versioned, encrypted, private and over TLS', () => {
    const state = file('terraform/account/333333333333/state.tf');
    expect(state).toMatch(/status = "Enabled"/);
    expect(state).toMatch(/sse_algorithm += "aws:kms"/);
    expect(state).toMatch(/restrict_public_buckets = true/);
    expect(state).toContain('"aws:SecureTransport" = "false"');
    expect(state).toContain('prevent_destroy = true');
  });

  it('leaves encrypting to the bucket: asked by the client, S3 would take its own key instead of ours', () => {
    expect(all.some(([path, text]) => path.endsWith('versions.tf') && /^ +encrypt +=/m.test(text))).toBe(false);
  });

  it('bounds roles to what can not lead to other rights: they assume the roles of spokes only', () => {
    const boundary = only(file('terraform/account/333333333333/guard-rails.tf'), /"aws_iam_policy" "boundary"/);
    expect(boundary).toMatch(/NotAction = \[[^\]]*"sts:AssumeRole",/);
    expect(boundary).toMatch(/Action += "sts:AssumeRole"\n +Resource = "arn:aws:iam::\*:role\/\*-argocd-access"/);
  });

  it('guards the guards of every environment that shares the account', () => {
    const shared = render([{ tier: 'dev', clusters: 1 }, { tier: 'qa', clusters: 1, accountId: '111111111111' }]);
    const identity = only(file('terraform/account/111111111111/deploy.tf', shared), /"aws_iam_policy" "dev_apply_identity"/);
    expect(identity).toContain('role/argoeks-qa-operator"');
  });

  it('lets those who apply also destroy: node roles leave the instance profiles Karpenter made, keys keep their tags', () => {
    const deploy = file('terraform/account/333333333333/deploy.tf');
    expect(only(deploy, /"aws_iam_policy" "prod_apply_identity"/)).toContain('"iam:RemoveRoleFromInstanceProfile"');
    expect(only(deploy, /"aws_iam_policy" "prod_apply_network"/)).toContain('"ec2:ReplaceRouteTableAssociation"');
    expect(only(deploy, /"aws_iam_policy" "prod_apply_cluster"/)).toMatch(/Sid += "OwnKeys"[^}]*"kms:TagResource"/);
  });

  it('trusts exact jobs only, and never the repository as a whole', () => {
    const ci = file('terraform/account/333333333333/deploy.tf');
    expect(only(ci, /"aws_iam_role" "prod_ci_apply"/)).toContain('"token.actions.githubusercontent.com:sub" = "repo:acme/platform:environment:prod"');
    expect(only(ci, /"aws_iam_role" "prod_ci_plan"/)).toContain('"repo:acme/platform:pull_request",\n');
    expect(only(ci, /"aws_iam_policy" "prod_apply_identity"/)).toMatch(/Effect += "Deny"\n +NotAction[^]*role\/argoeks-prod-ci-apply"/);
    expect(ci).not.toMatch(/repo:[^"]*\*|AdministratorAccess|PowerUserAccess|"iam:\*"/);
  });

  it('keeps policies below IAM\'s limits', () => {
    for (const [path, text] of all.filter(([name]) => /account\/\d+\/(deploy|guard-rails)\.tf$/.test(name))) {
      for (const block of blocks(text, /"aws_iam_policy"/)) expect(block.replace(/\s/g, '').length, path).toBeLessThan(6144);
    }
  });
});

describe('roots', () => {
  it('have states of their own, one lock file, and only their account', () => {
    const roots = terraformRoots(terraformPlan(platformFixture()));
    expect(new Set(roots.map(({ backend }) => `${backend.bucket}/${backend.key}`)).size).toBe(roots.length);
    for (const { path, accountId } of roots) {
      const versions = file(`${path}/versions.tf`);
      expect(versions).toMatch(/use_lockfile = true/);
      expect(versions).toContain(`allowed_account_ids = ["${accountId}"]`);
      expect(versions).toContain('"registry.terraform.io/hashicorp/aws"');
    }
    expect(all.some(([, text]) => text.includes('terraform_remote_state'))).toBe(false);
  });

  it('stand in an order in which they can be applied', () => {
    const roots = terraformRoots(terraformPlan(platformFixture()));
    for (const [i, { after }] of roots.entries()) for (const path of after) expect(roots.slice(0, i).map((root) => root.path)).toContain(path);
  });

  it('never name two IAM roles, policies, rules or queues of one account and region alike', () => {
    const seen = new Map<string, string>();
    for (const [path, text] of all) {
      const versions = file(`${path.slice(0, path.lastIndexOf('/'))}/versions.tf`);
      const account = /allowed_account_ids = \["(\d+)"/.exec(versions)?.[1];
      const home = /\n +region += "([a-z0-9-]+)"\n +allowed/.exec(versions)?.[1];
      for (const block of blocks(text, /resource "(aws_iam_role|aws_iam_policy|aws_sqs_queue|aws_cloudwatch_event_rule|aws_kms_alias|aws_cloudwatch_log_group|aws_eks_cluster)" /)) {
        const name = /\n {2}name +=/.exec(block) ? /\n {2}name += (".*")/.exec(block)?.[1] : undefined;
        const key = `${account} ${/\n {2}region += "([a-z0-9-]+)"/.exec(block)?.[1] ?? home} ${/resource "(\w+)"/.exec(block)?.[1]} ${name}`;
        expect(seen.get(key), key).toBeUndefined();
        seen.set(key, path);
      }
    }
  });

  it('quote no dependency and close no list of blocks in a string', () => {
    expect(all.some(([, text]) => /depends_on = \[\s*"/.test(text))).toBe(false);
    expect(all.some(([, text]) => /[\uE000-\uE0FF]|TfToken/.test(text))).toBe(false);
  });

  it('look like the recorded ones', async () => {
    const sketch: readonly EnvironmentSketch[] = [{ tier: 'sandbox', clusters: 2, settings: { network: { endpoints: { enabled: false } } } }];
    const small = render(sketch);
    const charts = ownCharts(terraformPlan(platformFixture(sketch))).map(({ path, text }) => [path, text] as const);
    const kept = [...charts, ...small].filter(([path]) => !path.startsWith('terraform/account/'));
    await expect(kept.map(([path]) => path).join('\n')).toMatchFileSnapshot('../../test/golden/terraform/FILES');
    for (const [path, text] of kept) await expect(text).toMatchFileSnapshot(`../../test/golden/terraform/${path.replace('terraform/', '')}`);
  });
});
