import { describe, expect, it } from 'vitest';
import { platformFixture } from '../../../test/fixtures/platform.ts';
import { chartPins, terraformPlan } from '../../../test/fixtures/terraform-plan.ts';
import { emitTerraform } from '../terraform.ts';

const fleet = (settings: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  new Map(emitTerraform(terraformPlan(platformFixture([{ tier: 'prod', clusters: 3, regions: ['us-east-1', 'eu-west-1'], settings: { base_cidr: '10.128.0.0/10', ...settings } }])), chartPins).map(({ path, text }) => [path, text]));
const env = 'terraform/environments/prod';
const spoke = `${env}/prod-mlops-cluster-02/cluster`;
const file = (files: ReadonlyMap<string, string>, path: string): string => files.get(path) ?? expect.fail(`${path} was not rendered`);
const block = (text: string, header: string): string => text.split(/\n(?=\S)/).find((part) => part.includes(header)) ?? expect.fail(`no ${header}`);
const names = (text: string, type: string): readonly string[] => [...text.matchAll(new RegExp(`resource "${type}" "(\\w+)"`, 'g'))].map(([, name]) => name ?? '');

describe('transit gateway', () => {
  const files = fleet({ connectivity: { transit_gateway: { enabled: true, cluster_mesh: true } } });
  const shared = file(files, `${env}/connectivity.tf`);
  const own = file(files, `${spoke}/connectivity.tf`);

  it('stands in each region, and the two lead to one another\'s clusters', () => {
    expect(names(shared, 'aws_ec2_transit_gateway')).toEqual(['us_east_1', 'eu_west_1']);
    expect(names(shared, 'aws_ec2_transit_gateway_route')).toEqual(['us_east_1_eu_west_1_prod_mlops_cluster_02', 'us_east_1_eu_west_1_prod_mlops_cluster_01', 'us_east_1_eu_west_1_prod_mlops_cluster_03']);
    expect(block(shared, '"us_east_1_eu_west_1_prod_mlops_cluster_02"')).toMatch(/region += "us-east-1"\n +destination_cidr_block += "10\.128\.16\.0\/20"/);
    expect(block(shared, '"us_east_1_eu_west_1_prod_mlops_cluster_01"')).toMatch(/region += "eu-west-1"/);
  });
  it('is in the routes of every inner subnet, and takes the place of the peering', () => {
    expect(names(own, 'aws_route')).toHaveLength(4);
    expect(block(own, '"clusters_1_1"')).toMatch(/destination_cidr_block = "10\.128\.0\.0\/10"/);
    expect(files.has(`${spoke}/peering.tf`)).toBe(false);
    expect(block(own, '"control_plane_from_hub"')).toMatch(/cidr_ipv4 += "10\.128\.0\.0\/20"[^]*from_port += 443/);
    expect(file(files, `${env}/prod-mlops-cluster-01/cluster/connectivity.tf`)).not.toContain('control_plane_from_hub');
  });
  it('lets other clusters\' pods in for a mesh only', () => {
    expect(block(own, '"mesh_1"')).toMatch(/cidr_ipv4 += "10\.128\.0\.0\/10"/);
    expect(file(fleet({ connectivity: { transit_gateway: { enabled: true } } }), `${spoke}/connectivity.tf`)).not.toContain('mesh_');
  });
  it('leaves the peering in place, and no trace of its own, while nothing is attached', () => {
    const detached = fleet({ connectivity: { transit_gateway: { enabled: true, attach: false } } });
    expect(detached.has(`${spoke}/peering.tf`)).toBe(true);
    expect(detached.has(`${spoke}/connectivity.tf`)).toBe(false);
    const off = fleet({});
    expect([...off].filter(([path]) => path.startsWith(env)).map(([, text]) => text).join('')).not.toMatch(/transit_gateway|lattice|endpoint_service/);
    expect([...off.keys()].some((path) => path.endsWith('connectivity.tf'))).toBe(false);
  });
});

describe('VPC Lattice', () => {
  it('has a service network in each region and every VPC in it, reached over HTTPS', () => {
    const files = fleet({ connectivity: { lattice: { enabled: true } } });
    expect(names(file(files, `${env}/connectivity.tf`), 'aws_vpclattice_service_network')).toEqual(['us_east_1', 'eu_west_1']);
    const own = file(files, `${spoke}/connectivity.tf`);
    expect(block(own, '"aws_vpclattice_service_network_vpc_association"')).toContain('data.aws_ssm_parameter.service_network.insecure_value');
    expect(block(own, '"lattice_https"')).toMatch(/from_port += 443/);
    expect(fleet({ connectivity: { lattice: { enabled: true, attach: false } } }).has(`${spoke}/connectivity.tf`)).toBe(false);
  });
});

describe('PrivateLink', () => {
  it('offers services to those named, who have to be accepted', () => {
    const shared = file(fleet({ connectivity: { private_link: { services: [{ name: 'models', load_balancer_arns: ['arn:aws:elasticloadbalancing:eu-west-1:333333333333:loadbalancer/net/a/1'], allowed_principals: ['arn:aws:iam::271828182845:root'] }] } } }), `${env}/connectivity.tf`);
    expect(block(shared, '"aws_vpc_endpoint_service" "models"')).toMatch(/region += "eu-west-1"\n +acceptance_required += true\n +allowed_principals += \["arn:aws:iam::271828182845:root"\]/);
  });
  it('reaches services of others in one cluster, under a name of the private zone', () => {
    const files = fleet({ connectivity: { private_link: { endpoints: [{ name: 'vendor', service_name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-0a', port: 8443, cluster: 'prod-mlops-cluster-02' }] } } });
    const own = file(files, `${spoke}/connectivity.tf`);
    expect(block(own, '"aws_vpc_endpoint" "link_vendor"')).toContain('"com.amazonaws.vpce.eu-west-1.vpce-svc-0a"');
    expect(block(own, '"aws_vpc_security_group_ingress_rule" "link_vendor"')).toMatch(/from_port += 8443/);
    expect(block(own, '"aws_route53_record"')).toMatch(/name += "vendor\.prod\.eks\.internal"/);
    expect([...files.keys()].filter((path) => path.endsWith('connectivity.tf'))).toEqual([`${spoke}/connectivity.tf`]);
  });
});
