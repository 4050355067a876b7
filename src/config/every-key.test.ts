import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { accepted } from './accepted.ts';
import type { ComponentEntries, ComponentEntry } from './component-settings.ts';
import { environmentSettings } from './environment-settings.ts';
import { platformJsonSchema, registryJsonSchema } from './json-schema.ts';
import { load } from './load.ts';
import { platformSettings } from './platform-settings.ts';
import { childOf, keysOf, metaOf, unwrap, valueAt } from './schema-walk.ts';
import { tiers } from './tier.ts';

const root = join(import.meta.dirname, '../..');
const components: ComponentEntries = new Map([
  ['karpenter', { settings: z.strictObject({ cpu_limit: z.int().default(2000) }), defaultOn: true, summary: 'Adds nodes.' }],
]);
const regions = { 'us-east-1': { partition: 'aws', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] }, 'eu-west-1': { partition: 'aws', zones: ['eu-west-1a'] }, 'us-west-2': { partition: 'aws', zones: ['us-west-2a', 'us-west-2b', 'us-west-2c'] } };
const registryText = 'apiVersion: platform.example.io/v1alpha1\nkind: ClusterRegistry\nmetadata: {name: x}\nspec:\n  clusters:\n    - {name: dev-mlops-a, region: us-east-1, labels: {environment: dev, hub: "true"}}\n    - {name: dev-mlops-b, region: us-west-2, labels: {environment: dev}}\n';

/** Every key of the original platform's file, each with a value that is not its default. */
const everyKey = `
gitops: {engine: argocd, repo_url: https://git.acme.io/a/b.git, credentials: {kind: github-app, secret: platform/git, app_id: "1", installation_id: "2"}, target_revision: release, chart_mirror: registry.acme.io/charts, deletion_budget: 9}
platform: {name: acme}
envs:
  dev:
    tier: dev
    region: us-east-1
    aws: {account_id: "314159265358", region: us-east-1, partition: aws}
    domain: dev.acme.internal
    base_cidr: [10.0.0.0/12, 10.32.0.0/12]
    cluster_name_prefix: dev-mlops
    network: {vpc_prefix: 18, zones: 2, nat: none, intra_subnets: true, endpoints: {enabled: true, for_nodes: one_zone, services: [sagemaker.api], ml: true}, flow_logs: {enabled: false, traffic: ACCEPT, retention_days: 30, interval_seconds: 60}, policies: false}
    kubernetes:
      version: "1.34"
      api: {public: true, public_cidrs: [203.0.113.0/24], private: true}
      log_types: [audit]
      log_retention_days: 30
      encryption: false
      admin_role_arns: [arn:aws:iam::314159265358:role/admin]
      readonly_role_arns: [arn:aws:iam::314159265358:role/team/reader]
      upgrade_policy: extended
      deletion_protection: true
      fargate: {enabled: false, profiles: [{name: jobs, namespaces: [jobs], labels: {a: b}}]}
    nodes: {size: medium, instance_types: [m7i.large], min: 2, desired: 3, max: 4, ami_type: BOTTLEROCKET_x86_64, disk_gib: 50}
    ci:
      github: {repository: acme/argoeks, branch: trunk, environment: development}
      gitlab: {url: https://gitlab.acme.io, project: acme/platform/argoeks, branch: trunk}
    state: {bucket: acme-terraform-state, replica_region: eu-west-1}
    components: {karpenter: {enabled: true, cpu_limit: 10}}
    tenants:
      - {name: research, groups: [scientists], role_arns: ["arn:aws:iam::314159265358:role/science"], access: view, namespaces: [tenant-a, tenant-b], clusters: [dev-mlops-a], quota: {cpu: 3, memory_gib: 12, gpus: 1, pods: 7, storage_gib: 9}, limits: {cpu_request: 50m, memory_request: 64Mi, memory_limit: 1Gi}, gateway_ports: [8080], metrics_ports: [9090], egress: [huggingface.co], git: {repo_url: "https://git.acme.io/research/apps.git", credentials: {kind: github-app, secret: research/git, app_id: "1", installation_id: "2", known_hosts: []}, path: apps/dev, revision: trunk, images: {credentials: {kind: github-app, secret: research/git-push, app_id: "3", installation_id: "4", known_hosts: []}, branch: images, every_minutes: 7, policies: [{name: api, image: ghcr.io/acme/api, order: semver, range: ">=1.0.0", pattern: "^v(?P<v>.*)$", extract: "$v"}]}}}
    alerts: {emails: [a@acme.io], slack: {workspace_id: T1, channel_id: C1}, pagerduty: {service_key_ssm: /dev/pd, service_region: eu}}
    budgets: {amount: 501, currency: EUR, thresholds: [50, 100], billing_alarm_threshold: 451, activate_tags: true, anomaly: {enabled: true, threshold: 20, monitor_arn: "arn:aws:ce::314159265358:anomalymonitor/1"}}
    security:
      finding_alerts: true
      guardduty: {enabled: true, s3_data_events: false, eks_audit_logs: false, runtime_monitoring: false, manage_agent: true, malware_protection: false, rds_login_events: false, lambda_network_logs: false}
      security_hub: {enabled: true, standards: [nist_800_53]}
      inspector: {enabled: true, scans: [ec2]}
      macie: {enabled: true}
      access_analyzer: {enabled: false, unused_access: true, unused_access_days: 30}
      config: {enabled: true, frequency: daily, retention_days: 60, rules: [ENCRYPTED_VOLUMES], create_role: false}
      cloudtrail: {enabled: true, retention_days: 90, log_group: true, log_retention_days: 30}
      public_access_block: false
      ebs_encryption: {enabled: false, own_key: true}
      password_policy: {enabled: false, min_length: 16, max_age_days: 0, remembered: 5}
    schedule: {enabled: true, timezone: Europe/Berlin, days: [MON], up: "08:00", down: "18:00", databases: false, nodes: 2}
    monitoring:
      alertmanager_secret_name: /x
      alertmanager:
        slack: true
        pagerduty: true
        smtp: {smarthost: "mail.acme.io:587", from: a@acme.io, username: a}
        teams: [{name: research, slack: true, pagerduty: true, emails: [r@acme.io]}]
        group_wait_seconds: 20
        group_interval_minutes: 4
        repeat_hours: 6
        silences: [{name: move, match: {alertname: PodReadiness_Slow}, from: "2026-11-30", until: "2026-12-02", why: The nodes are renewed}]
      grafana: {dashboard_ids: [1860, "315:latest", "1:2"], dashboard_mirror: "https://mirror.acme.io/dashboards"}
      alb_alarms: &alb
        - {service: a, lb_full_name: app/x/1, lb_name: x, lb_tags: {k: v}, elb_5xx_threshold: 1, elb_5xx_period: 120, elb_5xx_evals: 1, target_5xx_threshold: 1, target_5xx_period: 120, target_5xx_evals: 1, latency_threshold: 0.5, latency_stat: Average, latency_period: 120, latency_evals: 1}
      alb_alarms_primary: *alb
      alb_alarms_secondary: *alb
      target_group_alarms: &tg
        - {service: a, lb_full_name: app/x/1, lb_name: x, lb_tags: {k: v}, tg_full_name: targetgroup/x/1, tg_name: x, healthy_min: 3, unhealthy_max: 1, period: 120, evals: 1}
      target_group_alarms_primary: *tg
      target_group_alarms_secondary: *tg
      s3_alarms: &s3
        - {bucket: models, bucket_arn: "arn:aws:s3:::models", five_xx_threshold: 1, four_xx_rate_threshold_percent: 1, period: 60, evals: 2}
      s3_alarms_primary: *s3
      s3_alarms_secondary: *s3
      waf_alarms: &waf
        - {name: w, threshold: 1, period: 60, evals: 2}
      waf_alarms_primary: *waf
      waf_alarms_secondary: *waf
      rds_alarms: {period: 120, evals: 1, cpu: 70, free_storage_low_mb: 1, freeable_memory_low_mb: 1, read_latency_sec: 1, write_latency_sec: 1, connections_high: 1}
      redis_alarms: {period: 120, evals: 1, cpu: 70, memory: 1, evictions: 2}
    observability: {amp: {enabled: true, log_retention_days: 7}, amg: {enabled: true, authentication: AWS_SSO, version: "11.0", admin_groups: [01234567-89ab-cdef-0123-456789abcdef], editor_groups: [01234567-89ab-cdef-0123-456789abcde0], viewer_groups: [01234567-89ab-cdef-0123-456789abcde1]}}
    kubeflow:
      enabled: true
      host: kf.acme.io
      acm_cert_arn: arn
      oidc: {issuer: https://id.acme.io, client_id: kf, client_secret_ssm: /kf, client_secret_provider: secretsmanager}
      pipelines: {bucket: kfp, kms_arn: arn:aws:kms:us-east-1:314159265358:key/k}
    gitops_engine: flux
    functions:
      - {name: f, package: p, runtime: python3.13, handler: h.h, memory: 128, timeout: 3, architectures: [arm64], env: {AB: b}, http_api: {enabled: true, routes: [GET /x], authorization: NONE}}
    registry:
      repositories: [{name: mlops/a, mutability: MUTABLE, scan_on_push: false, allowed_account_ids: ["271828182845"], keep_releases: 3, untagged_days: 2}]
      pull_through_cache: {enabled: true, docker_hub_secret_arn: "arn:aws:secretsmanager:us-east-1:314159265358:secret:ecr-pullthroughcache/hub-a", ghcr_secret_arn: "arn:aws:secretsmanager:us-east-1:314159265358:secret:ecr-pullthroughcache/ghcr-a"}
      scanning: ENHANCED
    backup: {enabled: true, kinds: [rds, s3], daily_days: 7, weekly_days: 30, monthly_days: 60, copy: true, copy_region: us-east-1, lock: compliance, lock_after_days: 4}
    storage:
      thanos: {enabled: false, tiering_days: 30, replicate: true}
      mlflow: {enabled: true, replicate: true}
      pipelines: {enabled: true, replicate: true}
      feast: {enabled: true, replicate: true}
      loki: {enabled: true, replicate: true}
      models: {enabled: true, replicate: true}
      velero: {enabled: true, replicate: true}
      data_lake: {enabled: true, replicate: true}
      access_logs: {enabled: true, retention_days: 30}
      old_versions_days: 3
      replica_region: eu-west-1
    data:
      postgres: {enabled: true, version: "17.4", instance_class: db.m7g.large, storage_gib: 60, max_storage_gib: 600, multi_az: true, backup_days: 8}
      aurora: {enabled: true, version: "17", min_capacity: 0.5, max_capacity: 8, instances: 2, backup_days: 8}
      aurora_global: {enabled: true, version: "17.6", primary: {min_capacity: 2, max_capacity: 8, instances: 3}, secondary: {min_capacity: 1, max_capacity: 32, instances: 2}, backup_days: 8, password_version: 2}
      redis: {enabled: true, engine: redis, version: "7.1", node_type: cache.m7g.large, replicas: 2, snapshot_days: 5}
      memcached: {enabled: true, version: 1.6.17, node_type: cache.m7g.large, nodes: 3}
      msk: {enabled: true, version: 3.8.x, broker_type: kafka.m5.large, brokers_per_zone: 2, volume_gib: 200}
      feast: {enabled: true, tables: [a_b]}
    features:
      observability: {alb_alarms: true, tg_alarms: true, s3_alarms: true}
      serverless: {lambda: true}
      infrastructure: {eks: true, karpenter: true, vpc_endpoints: true}
      storage: {s3: true, redis: true}
      security: {waf: true, guardduty: true}
      serving: {kserve: true, apigw: true}
    sns: {display_name: x}
    chatbot: {guardrail: x}
    connectivity:
      transit_gateway: {enabled: true, attach: true, cluster_mesh: true}
      lattice: {enabled: true, attach: false}
      private_link:
        services: [{name: models, load_balancer_arns: ["arn:aws:elasticloadbalancing:us-east-1:314159265358:loadbalancer/net/a/1"], allowed_principals: ["arn:aws:iam::271828182845:root"], acceptance_required: false}]
        endpoints: [{name: vendor, service_name: com.amazonaws.vpce.us-east-1.vpce-svc-0a, port: 8443, cluster: dev-mlops-a}]
    edge:
      waf: {enabled: true, managed_groups: [AWSManagedRulesLinuxRuleSet], count_rules: [{group: AWSManagedRulesLinuxRuleSet, rule: LFI_HEADER}], rate_limit: 500, rate_window_seconds: 60, log_retention_days: 30}
      certificates: [{name: web, domain: acme.io, alternative_names: ["*.acme.io"], issuer: public, zone_id: Z0ABC, region: us-east-1}]
      greengrass: {enabled: true, credential_seconds: 900, artifact_buckets: [acme-models]}
      private_ca: {arn: "arn:aws:acm-pca:us-east-1:314159265358:certificate-authority/0a", create: false, common_name: Acme, organization: Acme, key_algorithm: EC_prime256v1, validity_years: 5}
      api_gateway:
        enabled: true
        http: [{name: models, routes: [{route: GET /models, target: "https://models.acme.io"}], jwt: {issuer: "https://id.acme.io", audience: [models]}, burst: 1, rate: 2}]
        rest: [{name: features, openapi: api/features.yaml, burst: 1, rate: 2}]
        log_retention_days: 30
edge:
  dev:
    cloudfront:
      enabled: true
      acm_cert_arn: arn:aws:acm:us-east-1:314159265358:certificate/0a
      aliases: [x.acme.io]
      origins: [{id: o, type: alb, domain_name: d.acme.io, origin_path: /p, protocol_policy: match-viewer}]
      behaviors:
        - {is_default: true, path_pattern: "*", origin_id: o, viewer_protocol_policy: https-only, allowed_methods: [GET, HEAD, OPTIONS], cached_methods: [GET, HEAD], compress: false, cache_policy_id: CachingDisabled, origin_request_policy_id: 216adef6-5c7f-47e4-b989-5492eafa07d3, function_associations: [{event_type: viewer-request, function_arn: f}]}
      functions: [{name: f, runtime: cloudfront-js-1.0, code: "function handler(e) { return e.request }"}]
      default_root_object: index.html
      price_class: PriceClass_All
      waf: false
org:
  enabled: true
  management_account_id: "271828182845"
  partition: aws
  region: eu-west-1
  units: [security, workloads, workloads/sandbox]
  accounts:
    audit: {email: audit@acme.io, parent: security, role_name: Administrator, billing_access: true}
  scps:
    strict: true
    deny_remote_sessions: true
    deny_manual_access_keys: true
    regions: [eu-west-1]
    exempt_roles: [Administrator]
    attach: {base: [security], strict: [workloads/sandbox], remote_sessions: [workloads], access_keys: [workloads]}
  delegated_administrators: {security_hub: audit, guardduty: audit, inspector: audit, config: audit, access_analyzer: audit}
  trail: {enabled: false, retention_days: 90}
  cost_allocation_tags: true
  identity_center:
    groups: {admins: {display_name: Admins, create: true}}
    permission_sets: {reader: {description: Reads, managed_policies: [ReadOnlyAccess], session_hours: 1}}
    assignments: [{group: admins, permission_set: reader, accounts: [audit]}]
    applications: {argocd: {url: https://argocd.acme.io, description: Argo CD, groups: [admins]}}
`;

const files = new Map([['configuration/platform.yaml', everyKey], ['configuration/clusters/dev.yaml', registryText]]);

const allKeys = (schema: z.ZodType, path: readonly string[] = []): readonly { readonly path: readonly string[]; readonly schema: z.ZodType }[] => {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodArray) return allKeys(bare.def.element as z.ZodType, [...path, '0']);
  return keysOf(bare).flatMap((key) => {
    const child = childOf(bare, key);
    return child ? [{ path: [...path, key], schema: child }, ...allKeys(child, [...path, key])] : [];
  });
};

describe('every key', () => {
  const { value, diagnostics } = load(files, undefined, components, { regions });
  const settings = value?.platform.environments[0]?.settings;

  it('is accepted', () => {
    expect(diagnostics.map((d) => d.summary)).toEqual([]);
  });
  it('of the schema stands in the example above, and reaches the model', () => {
    const said = (parse(everyKey, { merge: true }) as { readonly envs: { readonly dev: unknown } }).envs.dev;
    for (const { path } of allKeys(environmentSettings({ name: 'dev', tier: 'dev', domain: 'x.y' }))) {
      expect(valueAt(said, path), path.join('.')).not.toBeUndefined();
      expect(valueAt(settings, path), path.join('.')).toEqual(valueAt(said, path));
    }
  });
  it('of the organization stands there too, and differs from its default', () => {
    const said = (parse(everyKey, { merge: true }) as { readonly org: unknown }).org;
    const org = childOf(platformSettings, 'org') ?? expect.fail('no org');
    const defaults = platformSettings.safeParse({ gitops: { repo_url: 'https://git.acme.io/a/b.git' }, envs: {} }).data?.org;
    for (const { path, schema } of allKeys(org)) {
      expect(valueAt(said, path), path.join('.')).not.toBeUndefined();
      expect(valueAt(value?.platform.organization?.settings, path), path.join('.')).toEqual(valueAt(said, path));
      if (keysOf(schema).length === 0 && path[0] !== 'partition') expect(valueAt(defaults, path), path.join('.')).not.toEqual(valueAt(said, path));
    }
  });
  it('has a description', () => {
    const environment = environmentSettings({ name: 'dev', tier: 'dev', domain: 'x.y' });
    for (const { path, schema } of [...allKeys(environment), ...allKeys(platformSettings)]) expect(metaOf(schema).description, path.join('.')).toMatch(/\S/);
  });
  it('that does not act yet is listed', () => {
    const areas = new Set(value && accepted(value.sources).map((one) => one.key.split('.').slice(0, 3).join('.')));
    expect([...areas]).toEqual(['envs.dev.chatbot', 'envs.dev.features', 'envs.dev.kubeflow', 'envs.dev.sns']);
  });
  it('has the defaults of its tier', () => {
    const amounts = tiers.map((tier) => environmentSettings({ name: tier, tier, domain: 'x.y' }).parse({ aws: { account_id: '314159265358' } })).map((one) => [one.budgets.amount, one.budgets.billing_alarm_threshold, one.monitoring.rds_alarms.free_storage_low_mb, one.nodes.size]);
    expect(amounts).toEqual([[500, 400, 10240, 'small'], [1500, 1300, 20480, 'medium'], [10000, 9000, 51200, 'large'], [500, 400, 10240, 'small']]);
  });
});

describe('the configuration of this repository', () => {
  const read = (path: string): [string, string] => [path, readFileSync(join(root, path), 'utf8')];
  const registries = readdirSync(join(root, 'configuration/clusters')).map((name) => read(`configuration/clusters/${name}`));
  const own = new Map([read('configuration/platform.yaml'), read('configuration/tags.yaml'), ...registries]);
  const { envs } = parse(own.get('configuration/platform.yaml') ?? '') as { readonly envs: Readonly<Record<string, { readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }>> };
  const named = Object.values(envs).flatMap(({ components: asked = {} }) => Object.entries(asked));
  const others = named.map(([id, { enabled: _, ...settings }]): [string, ComponentEntry] => [id, { settings: z.strictObject(Object.fromEntries(Object.keys(settings).map((key) => [key, z.unknown()]))), defaultOn: false, summary: id }]);
  const all: ComponentEntries = new Map([...components, ...others]);
  const { value, diagnostics } = load(own, undefined, all, { regions });

  it('has one cluster in dev and qa, two in prod, and only placeholders to complain about', () => {
    expect(value?.platform.environments.map(({ name, hub, clusters }) => [name, hub, clusters.length])).toEqual([['dev', 'dev-mlops-cluster-01', 1], ['qa', 'qa-mlops-cluster-01', 1], ['prod', 'prod-mlops-cluster-01', 2]]);
    expect(new Set(diagnostics.map((d) => d.code))).toEqual(new Set(['config/placeholder']));
  });
  it('opens no API server', () => {
    for (const { kubernetes } of value?.platform.environments.flatMap((one) => one.clusters) ?? []) expect(kubernetes.api).toMatchObject({ public: false, private: true });
  });
  it('is valid for editors too', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const isPlatform = ajv.compile(platformJsonSchema(all));
    const isRegistry = ajv.compile(registryJsonSchema(components));
    expect(isPlatform(parse(own.get('configuration/platform.yaml') ?? '')), JSON.stringify(isPlatform.errors)).toBe(true);
    expect(isPlatform(parse(everyKey, { merge: true })), JSON.stringify(isPlatform.errors)).toBe(true);
    expect(isPlatform(parse(everyKey.replace('amount: 501', 'amuont: 501'), { merge: true }))).toBe(false);
    for (const [, text] of registries) expect(isRegistry(parse(text)), JSON.stringify(isRegistry.errors)).toBe(true);
    expect(isRegistry(parse(registryText.replace('labels:', 'lables:')))).toBe(false);
  });
  it('the schemas for editors carry descriptions, units and tier defaults, and none of our own keywords', () => {
    const text = JSON.stringify(platformJsonSchema(components));
    expect(text).toContain('Ceiling for one calendar month. Unit: currency/month. Default: dev 500, qa 1500, prod 10000, sandbox 500.');
    expect(text).toContain('its output comes with a later part of the platform');
    expect(text).not.toMatch(/"(unit|acting|byTier)":/);
  });
});
