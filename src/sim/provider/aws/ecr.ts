import type { Change, ResourceModel } from '../engine/model.ts';
import { uuidOf } from '../engine/digest.ts';
import type { AwsFault } from '../problem.ts';
import type { Value } from '../values.ts';
import { records, text, texts } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, jsonRule, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/ecr/';
const ecr = (operation: string, code: string, message: string): AwsFault => ({ service: 'ECR', operation, status: 400, code, message });
const NAME = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const PREFIX = /^((?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*\/?|ROOT)$/;
const mutability = oneOf('MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION');
const encryption = oneOf('AES256', 'KMS', 'KMS_DSSE');

const registry = (c: Change): { readonly registry_id: string } => ({ registry_id: c.account.accountId });
const noRepository = (operation: string) => (v: string): AwsFault => ecr(operation, 'RepositoryNotFoundException', `The repository with name '${v}' does not exist in the registry`);

/** The key that ECR takes where none is named. */
const withKey = (c: Change): Value => records(c.planned['encryption_configuration']).map((e) => ({ ...e, kms_key: e['encryption_type'] === 'AES256' ? '' : (text(e['kms_key']) ?? arn(c, 'kms', `key/${uuidOf(c.account.accountId + c.region)}`)) }));

const isThere = (c: Change, key: string, what: string): AwsFault | undefined => {
  const rival = c.prior ? undefined : c.account.store.list(c.type).find((o) => o.region === c.region && o.attributes[key] === c.planned[key]);
  return rival && ecr(`Create${what}`, `${what}AlreadyExistsException`, `The ${what} with '${text(c.planned[key]) ?? ''}' already exists in the registry with id '${c.account.accountId}'`);
};

const repository: ResourceModel = {
  source: `${S}repository.go; CreateRepository of the ECR API reference`, label: 'ECR Repository', forceNew: ['name', 'encryption_configuration'], defaults: { image_tag_mutability: 'MUTABLE', 'encryption_configuration.encryption_type': 'AES256' },
  rules: { name: textRule(2, 256, NAME), image_tag_mutability: mutability, 'encryption_configuration.encryption_type': encryption },
  references: [{ path: 'encryption_configuration.kms_key', type: 'aws_kms_key', by: 'arn', fault: () => ecr('CreateRepository', 'KmsException', 'The operation failed due to a KMS exception. The key does not exist.') }],
  refuse: (c) => isThere(c, 'name', 'Repository'),
  compute: (c) => {
    const name = text(c.planned['name']) ?? '';
    return { id: name, ...registry(c), arn: arn(c, 'ecr', `repository/${name}`), repository_url: `${c.account.accountId}.dkr.ecr.${c.region}.amazonaws.com/${name}`, encryption_configuration: withKey(c) };
  },
};

const countTypes = ['imageCountMoreThan', 'sinceImagePushed', 'sinceImagePulled', 'sinceImageTransitioned'];

/** What ECR says of a lifecycle policy. Source: ECR user guide, "Lifecycle policy properties": priorities are unique, a rule for any tag comes last, tagged ones name prefixes or patterns. */
const lifecycleFault = (value: Value): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const wrong = jsonRule(30_720)(value);
  if (wrong !== undefined) return wrong;
  const { rules } = JSON.parse(value) as { readonly rules?: readonly { readonly rulePriority?: number; readonly selection?: Readonly<Record<string, unknown>> }[] };
  if (!rules || rules.length === 0) return 'Invalid parameter at \'LifecyclePolicyText\' failed to satisfy constraint: \'Lifecycle policy validation failure: object has missing required properties (["rules"])\'';
  const priorities = rules.map((rule) => rule.rulePriority);
  if (new Set(priorities).size < rules.length) return 'Lifecycle policy validation failure: rule priorities must be unique';
  const any = rules.find(({ selection }) => selection?.['tagStatus'] === 'any');
  if (any && priorities.some((p) => (p ?? 0) > (any.rulePriority ?? 0))) return 'Lifecycle policy validation failure: a rule with tagStatus "any" must have the highest rulePriority';
  if (rules.some(({ selection }) => selection?.['tagStatus'] === 'tagged' && selection['tagPrefixList'] === undefined && selection['tagPatternList'] === undefined)) return 'Lifecycle policy validation failure: tagStatus "tagged" needs tagPrefixList or tagPatternList';
  return rules.every(({ selection }) => countTypes.includes(String(selection?.['countType']))) ? undefined : `Lifecycle policy validation failure: countType must be one of ${countTypes.join(', ')}`;
};

const lifecycle: ResourceModel = {
  source: `${S}lifecycle_policy.go (not read; arguments from the schema)`, label: 'ECR Lifecycle Policy', forceNew: ['repository'], isShared: true, rules: { policy: lifecycleFault }, name: (a) => text(a['repository']) ?? '',
  references: [{ path: 'repository', type: 'aws_ecr_repository', by: 'name', fault: noRepository('PutLifecyclePolicy') }],
  compute: (c) => ({ id: text(c.planned['repository']) ?? '', ...registry(c) }),
};

const repositoryPolicy: ResourceModel = {
  source: `${S}repository_policy.go (not read; arguments from the schema)`, label: 'ECR Repository Policy', forceNew: ['repository'], isShared: true, rules: { policy: jsonRule(10_240) }, name: (a) => text(a['repository']) ?? '',
  references: [{ path: 'repository', type: 'aws_ecr_repository', by: 'name', fault: noRepository('SetRepositoryPolicy') }],
  compute: (c) => ({ id: text(c.planned['repository']) ?? '', ...registry(c) }),
};

/** Upstreams that want a secret. Source: ECR user guide, "Storing your upstream repository credentials in a Secrets Manager secret". */
const needsSecret = /^(registry-1\.docker\.io|ghcr\.io|registry\.gitlab\.com|.*\.azurecr\.io)$/;

const cacheRule: ResourceModel = {
  source: `${S}pull_through_cache_rule.go; ECR user guide, "Creating a pull through cache rule"`, label: 'ECR Pull Through Cache Rule', forceNew: ['ecr_repository_prefix', 'upstream_registry_url', 'upstream_repository_prefix'],
  rules: { ecr_repository_prefix: textRule(2, 30, PREFIX), credential_arn: arnRule, custom_role_arn: arnRule }, name: (a) => text(a['ecr_repository_prefix']) ?? '',
  refuse: (c) => {
    const url = text(c.planned['upstream_registry_url']) ?? '';
    const secret = text(c.planned['credential_arn']);
    if (needsSecret.test(url) && secret === undefined) return ecr('CreatePullThroughCacheRule', 'InvalidParameterException', `Invalid parameter: the upstream registry ${url} requires a credential ARN`);
    if (secret !== undefined && !secret.includes(':secret:ecr-pullthroughcache/')) return ecr('CreatePullThroughCacheRule', 'InvalidParameterException', 'Invalid parameter at \'credentialArn\': the secret\'s name must have the prefix \'ecr-pullthroughcache/\'');
    return isThere(c, 'ecr_repository_prefix', 'PullThroughCacheRule');
  },
  compute: (c) => ({ id: text(c.planned['ecr_repository_prefix']) ?? '', ...registry(c) }),
};

const template: ResourceModel = {
  source: `${S}repository_creation_template.go; customRoleArn of the ECR API reference, CreateRepositoryCreationTemplate`, label: 'ECR Repository Creation Template', forceNew: ['prefix'], name: (a) => text(a['prefix']) ?? '',
  defaults: { image_tag_mutability: 'MUTABLE', 'encryption_configuration.encryption_type': 'AES256' },
  rules: { applied_for: oneOf('REPLICATION', 'PULL_THROUGH_CACHE', 'CREATE_ON_PUSH'), description: textRule(0, 255), prefix: textRule(2, 256, /^(ROOT|(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*)$/), image_tag_mutability: mutability, lifecycle_policy: lifecycleFault, custom_role_arn: arnRule, 'encryption_configuration.encryption_type': encryption },
  refuse: (c) => {
    const usesKms = records(c.planned['encryption_configuration']).some((e) => e['encryption_type'] !== 'AES256');
    if ((usesKms || (c.planned['resource_tags'] ?? null) !== null) && text(c.planned['custom_role_arn']) === undefined) return ecr('CreateRepositoryCreationTemplate', 'ValidationException', 'A custom role ARN is required for templates that use KMS encryption or resource tags');
    return isThere(c, 'prefix', 'Template');
  },
  compute: (c) => ({ id: text(c.planned['prefix']) ?? '', ...registry(c), encryption_configuration: withKey(c) }),
};

const registryPolicy: ResourceModel = {
  source: `${S}registry_policy.go (not read; arguments from the schema)`, label: 'ECR Registry Policy', isShared: true, rules: { policy: jsonRule(10_240) }, name: () => '', compute: (c) => ({ id: c.account.accountId, ...registry(c) }),
};

const scanning: ResourceModel = {
  source: `${S}registry_scanning_configuration.go; frequencies: ECR API reference, RegistryScanningRule`, label: 'ECR Registry Scanning Configuration', isShared: true, name: () => '',
  rules: { scan_type: oneOf('BASIC', 'ENHANCED'), 'rule.scan_frequency': oneOf('SCAN_ON_PUSH', 'CONTINUOUS_SCAN', 'MANUAL'), 'rule.repository_filter.filter': textRule(1, 256, /^[0-9a-z*](?:[0-9a-z_./*-]?[0-9a-z*]+)*$/), 'rule.repository_filter.filter_type': oneOf('WILDCARD') },
  refuse: ({ planned }) => {
    const allowed = planned['scan_type'] === 'BASIC' ? ['SCAN_ON_PUSH', 'MANUAL'] : ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN'];
    const wrong = records(planned['rule']).flatMap((r) => texts([r['scan_frequency'] ?? null])).find((f) => !allowed.includes(f));
    return wrong === undefined ? undefined : ecr('PutRegistryScanningConfiguration', 'InvalidParameterException', `Invalid parameter: scan frequency ${wrong} is not supported for scan type ${text(planned['scan_type']) ?? ''}`);
  },
  compute: (c) => ({ id: c.account.accountId, ...registry(c) }),
};

const replication: ResourceModel = {
  source: `${S}replication_configuration.go (not read; arguments from the schema)`, label: 'ECR Replication Configuration', isShared: true, name: () => '',
  rules: { 'replication_configuration.rule.destination.registry_id': textRule(12, 12, /^\d+$/), 'replication_configuration.rule.repository_filter.filter': textRule(2, 256), 'replication_configuration.rule.repository_filter.filter_type': oneOf('PREFIX_MATCH') },
  compute: (c) => ({ id: c.account.accountId, ...registry(c) }),
};

/** Container registry. Words of refusals are from memory of the API where no page is named. */
export const registryModels: Readonly<Record<string, ResourceModel>> = {
  aws_ecr_repository: repository, aws_ecr_lifecycle_policy: lifecycle, aws_ecr_repository_policy: repositoryPolicy, aws_ecr_pull_through_cache_rule: cacheRule, aws_ecr_repository_creation_template: template,
  aws_ecr_registry_policy: registryPolicy, aws_ecr_registry_scanning_configuration: scanning, aws_ecr_replication_configuration: replication,
};
