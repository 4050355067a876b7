import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogFacts, chartPins } from '../../src/compile/catalog-facts.ts';
import { resolve } from '../../src/compile/compile.ts';
import { render } from '../../src/compile/render.ts';
import { components } from '../../src/components/registry.ts';
import { startProviders } from '../../src/sim/provider/start.ts';
import type { RunningProviders } from '../../src/sim/provider/start.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';

const run = promisify(execFile);
const accountId = '314159265358';
const registry = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: dev-mlops-a, region: us-east-1, labels: {environment: dev, hub: "true"}}\n    - {name: dev-mlops-b, region: us-east-1, labels: {environment: dev}}\n    - {name: dev-mlops-c, region: eu-west-1, labels: {environment: dev}}\n';

const platformFile = (environment: string, top = ''): string => `gitops: {repo_url: https://git.acme.io/a/b.git}\nenvs:\n  dev:\n    aws: {account_id: "${accountId}", region: us-east-1}\n${environment}${top}`;

const everything = platformFile(`    network: {endpoints: {ml: true}, flow_logs: {enabled: true}}
    connectivity:
      transit_gateway: {enabled: true, cluster_mesh: true}
      lattice: {enabled: true}
      private_link:
        services: [{name: models, load_balancer_arns: ["arn:aws:elasticloadbalancing:us-east-1:${accountId}:loadbalancer/net/models/1"], allowed_principals: ["arn:aws:iam::271828182845:root"]}]
        endpoints: [{name: vendor, service_name: com.amazonaws.vpce.us-east-1.vpce-svc-0a}]
    edge:
      waf: {enabled: true}
      certificates:
        - {name: web, domain: acme.io, alternative_names: ["*.acme.io", api.acme.io], zone_id: Z0PUBLIC}
        - {name: argocd, domain: argocd.dev.eks.local, issuer: private}
      private_ca: {create: true}
      api_gateway:
        enabled: true
        http:
          - {name: models, routes: [{route: "GET /models", target: "https://lb.acme.io/models"}, {route: "ANY /{proxy+}", target: "https://lb.acme.io/{proxy}"}], jwt: {issuer: "https://id.acme.io", audience: [models]}}
          - {name: jobs, routes: [{route: $default, target: "https://lb.acme.io/jobs"}]}
        rest: [{name: features, openapi: api/features.json}]
`, `edge:
  dev:
    cloudfront:
      enabled: true
      acm_cert_arn: web
      aliases: [app.acme.io]
      origins: [{id: lb, type: alb, domain_name: lb.acme.io}, {id: site, type: s3, domain_name: site.s3.us-east-1.amazonaws.com}]
      behaviors:
        - {is_default: true, origin_id: lb}
        - {path_pattern: /static/*, origin_id: site, function_associations: [{event_type: viewer-request, function_arn: pass}]}
      functions: [{name: pass, code: "function handler(event) {\\n  return event.request;\\n}"}]
`);
const nothing = platformFile('    network: {flow_logs: {enabled: false}}\n    edge: {waf: {enabled: false}}\n');

describe('an environment with everything of network and edge', () => {
  const root = 'terraform/environments/dev';
  const account = `terraform/account/${accountId}`;
  const clusters = ['a', 'b', 'c'].map((name) => `${root}/dev-mlops-${name}/cluster`);
  const store = new MemoryStore();
  let folder = '';
  let providers: RunningProviders | undefined;

  const terraform = async (path: string, ...args: readonly string[]): Promise<string> => {
    try {
      return (await run('terraform', [...args], { cwd: join(folder, path), env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'terraformrc'), ...providers?.env }, maxBuffer: 64 * 1024 * 1024 })).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`terraform ${args.join(' ')} in ${path}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`, { cause: error });
    }
  };
  const write = async (text: string): Promise<void> => {
    const { value, diagnostics } = resolve({ files: new Map([['configuration/platform.yaml', text], ['configuration/clusters/dev.yaml', registry]]), lock: undefined, components, facts: catalogFacts() });
    if (!value) throw new Error(diagnostics.map(({ summary }) => summary).join('\n'));
    await mkdir(join(folder, 'api'), { recursive: true });
    await writeFile(join(folder, 'api/features.json'), JSON.stringify({ openapi: '3.0.1', info: { title: 'features', version: '1' }, paths: {} }));
    for (const path of [account, root, ...clusters]) for (const file of ['connectivity', 'peering', 'api-gateway', 'waf', 'certificates', 'private-ca', 'cloudfront', 'flow-log']) await rm(join(folder, path, `${file}.tf`), { force: true });
    for (const { path, text: body } of await render(value.plan, components, chartPins)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), body);
    }
    for (const path of [account, root, ...clusters]) await writeFile(join(folder, path, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  };
  const apply = async (path: string): Promise<void> => {
    await terraform(path, 'init', '-input=false', '-no-color');
    await terraform(path, 'apply', '-auto-approve', '-input=false', '-no-color');
    await terraform(path, 'plan', '-detailed-exitcode', '-input=false', '-no-color');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edge-roots-'));
    await writeFile(join(folder, 'terraformrc'), '');
    // A public zone is the user's own; no root makes one.
    store.put({ type: 'aws_route53_zone', region: 'aws-global', id: 'Z0PUBLIC', origin: 'other', attributes: { id: 'Z0PUBLIC', zone_id: 'Z0PUBLIC', name: 'acme.io', vpc: [] } });
    providers = await startProviders({ store, accountId });
  });
  afterAll(async () => {
    await providers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is formatted, applies and settles', async () => {
    await write(everything);
    expect(await terraform('terraform', 'fmt', '-check', '-recursive', '-diff')).toBe('');
    await apply(account);
    await apply(root);
    for (const path of clusters) await apply(path);
    for (const type of ['aws_wafv2_web_acl', 'aws_acm_certificate_validation', 'aws_acmpca_certificate_authority_certificate', 'aws_cloudfront_distribution', 'aws_flow_log', 'aws_apigatewayv2_stage', 'aws_api_gateway_stage', 'aws_ec2_transit_gateway_route', 'aws_vpclattice_service_network_vpc_association', 'aws_vpc_endpoint_service']) expect(store.list(type), type).not.toEqual([]);
  });

  it('loses all of it when it is turned off, and nothing else', async () => {
    // AWS deletes no gateway with attachments: they go first, as the keys' descriptions say.
    await write(everything.replace('transit_gateway: {enabled: true, cluster_mesh: true}', 'transit_gateway: {enabled: true, attach: false}').replace('lattice: {enabled: true}', 'lattice: {enabled: true, attach: false}'));
    for (const path of [root, ...clusters]) await apply(path);
    await write(nothing);
    await apply(root);
    await apply(account);
    for (const path of clusters) await apply(path);
    for (const type of ['aws_wafv2_web_acl', 'aws_acm_certificate', 'aws_acmpca_certificate_authority', 'aws_cloudfront_distribution', 'aws_flow_log', 'aws_apigatewayv2_api', 'aws_api_gateway_rest_api', 'aws_api_gateway_account', 'aws_ec2_transit_gateway', 'aws_vpclattice_service_network', 'aws_vpc_endpoint_service']) expect(store.list(type), type).toEqual([]);
    expect(store.list('aws_vpc')).toHaveLength(4);
  });

  it('is destroyed in reverse, without leftovers of its own', async () => {
    await write(everything);
    await apply(account);
    await apply(root);
    for (const path of clusters) await apply(path);
    for (const path of clusters.toReversed()) await terraform(path, 'destroy', '-auto-approve', '-input=false', '-no-color');
    await terraform(root, 'destroy', '-auto-approve', '-input=false', '-no-color');
    // The root of the account keeps its bucket, and so itself.
    const ofAccount = (await terraform(account, 'state', 'list')).trim().split('\n').filter((address) => !address.startsWith('data.'));
    expect(store.all().filter(({ origin }) => origin === 'terraform')).toHaveLength(ofAccount.length);
  });
});
