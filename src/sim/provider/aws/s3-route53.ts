import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { records, text } from '../values.ts';
import { arn } from './arn.ts';
import { between, jsonRule, oneOf, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';
const s3 = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'S3', operation, status, code, message });

const bucket: ResourceModel = {
  source: `${S}s3/bucket.go`, label: 'S3 Bucket', forceNew: ['bucket', 'bucket_prefix', 'bucket_namespace', 'object_lock_enabled'], defaults: { force_destroy: false }, conflicts: [['bucket', 'bucket_prefix']],
  rules: { bucket: textRule(3, 63, /^(?!xn--|sthree-)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9](?!.*\.\.)[a-z0-9.-]*[a-z0-9]$/) },
  computedBlocks: ['cors_rule', 'grant', 'lifecycle_rule', 'logging', 'object_lock_configuration', 'replication_configuration', 'server_side_encryption_configuration', 'versioning', 'website'],
  name: (a) => text(a['bucket']) ?? '',
  refuse: ({ planned, prior, account }) => {
    const rival = prior ? undefined : account.store.list('aws_s3_bucket').find((b) => b.id === planned['bucket']);
    return rival && s3('CreateBucket', 409, 'BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.');
  },
  compute: (c) => {
    const name = text(c.planned['bucket']) ?? `${text(c.planned['bucket_prefix']) ?? 'terraform-'}${c.hex(26)}`;
    return {
      id: name, bucket: name, bucket_prefix: '', bucket_namespace: 'global', arn: `arn:${c.account.partition}:s3:::${name}`, bucket_domain_name: `${name}.s3.amazonaws.com`, bucket_region: c.region,
      bucket_regional_domain_name: `${name}.s3.${c.region}.amazonaws.com`, hosted_zone_id: 'Z3AQBSTGFYJSTF', request_payer: 'BucketOwner', object_lock_enabled: false, acl: null,
    };
  },
  blockers: (o, { store }) => {
    const objects = store.list('aws_s3_object').filter((x) => x.attributes['bucket'] === o.id);
    return objects.length > 0 && o.attributes['force_destroy'] !== true ? s3('DeleteBucket', 409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty') : undefined;
  },
};

/** One of the settings that Terraform keeps as resources of their own; there is one of each per bucket. */
const setting = (file: string, label: string, operation: string, more: Partial<ResourceModel> = {}): ResourceModel => ({
  source: `${S}s3/${file}`, label, forceNew: ['bucket', 'expected_bucket_owner'], isShared: true, name: (a) => text(a['bucket']) ?? '',
  references: [{ path: 'bucket', type: 'aws_s3_bucket', anywhere: true, fault: () => s3(operation, 404, 'NoSuchBucket', 'The specified bucket does not exist') }],
  compute: (c) => ({ id: text(c.planned['bucket']) ?? '', expected_bucket_owner: '' }),
  ...more,
});

const r53 = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'Route 53', operation, status, code, message });
const noZone = (operation: string) => (v: string): AwsFault => r53(operation, 404, 'NoSuchHostedZone', `No hosted zone found with ID: ${v}`);
const bare = (name: string | undefined): string => (name ?? '').replace(/\.$/, '').toLowerCase();

/** Route 53 knows a network by its id and its region; a wrong region is refused. */
function vpcFault(c: Change, operation: string, vpcId: string | undefined, region: string): AwsFault | undefined {
  const network = c.account.store.list('aws_vpc').find((v) => v.id === vpcId);
  if (network !== undefined && network.region === region) return undefined;
  return r53(operation, 400, 'InvalidVPCId', `The VPC: ${vpcId ?? ''} you provided is not authorized to make the association.${network ? ` It is in ${network.region}, and not in ${region}.` : ''}`);
}

const zone: ResourceModel = {
  source: `${S}route53/zone.go`, label: 'Route 53 Hosted Zone', forceNew: ['name', 'delegation_set_id'], defaults: { comment: 'Managed by Terraform', force_destroy: false },
  rules: { name: textRule(1, 1024), comment: textRule(0, 256) }, conflicts: [['delegation_set_id', 'vpc']],
  refuse: (c) => {
    for (const vpc of records(c.planned['vpc'])) {
      const no = vpcFault(c, 'CreateHostedZone', text(vpc['vpc_id']), text(vpc['vpc_region']) ?? c.account.region);
      if (no) return no;
    }
    return undefined;
  },
  compute: (c) => {
    const id = text(c.planned['id']) ?? `Z${c.letters(19)}`;
    const servers = ['awsdns-00.com', 'awsdns-01.net', 'awsdns-02.org', 'awsdns-03.co.uk'].map((s, i) => `ns-${i * 512}.${s}`);
    return {
      id, zone_id: id, arn: `arn:${c.account.partition}:route53:::hostedzone/${id}`, name_servers: servers, primary_name_server: servers[0] ?? '', enable_accelerated_recovery: false,
      vpc: records(c.planned['vpc']).map((v) => ({ ...v, vpc_region: text(v['vpc_region']) ?? c.account.region })),
    };
  },
  blockers: (o, { store }) => {
    const held = store.list('aws_route53_record').find((r) => r.attributes['zone_id'] === o.id && r.attributes['type'] !== 'NS');
    return held && o.attributes['force_destroy'] !== true ? r53('DeleteHostedZone', 400, 'HostedZoneNotEmpty', 'The specified hosted zone contains non-required resource record sets and so cannot be deleted.') : undefined;
  },
};

const zoneAssociation: ResourceModel = {
  source: `${S}route53/zone_association.go`, label: 'Route 53 Zone Association', forceNew: ['vpc_id', 'vpc_region', 'zone_id'],
  references: [{ path: 'zone_id', type: 'aws_route53_zone', fault: noZone('AssociateVPCWithHostedZone') }], name: (a) => text(a['zone_id']) ?? '',
  refuse: (c) => {
    if (c.prior) return undefined;
    const vpcId = text(c.planned['vpc_id']);
    const home = c.account.store.list('aws_route53_zone').find((z) => z.id === c.planned['zone_id']);
    if (home && records(home.attributes['vpc']).length === 0) return r53('AssociateVPCWithHostedZone', 400, 'PublicZoneVPCAssociation', `You're trying to associate a VPC with a public hosted zone (${home.id}).`);
    const rival = [...c.account.store.list('aws_route53_zone'), ...c.account.store.list('aws_route53_zone_association')].find((o) => {
      const z = o.type === 'aws_route53_zone' ? o : c.account.store.list('aws_route53_zone').find((x) => x.id === o.attributes['zone_id']);
      const isHere = o.type === 'aws_route53_zone' ? records(o.attributes['vpc']).some((v) => v['vpc_id'] === vpcId) : o.attributes['vpc_id'] === vpcId;
      return isHere && bare(text(z?.attributes['name'])) === bare(text(home?.attributes['name']));
    });
    if (rival) return r53('AssociateVPCWithHostedZone', 400, 'ConflictingDomainExists', `The VPC ${vpcId ?? ''} in region ${text(c.planned['vpc_region']) ?? c.account.region} has already been associated with the hosted zone ${rival.id} with the same domain name.`);
    return vpcFault(c, 'AssociateVPCWithHostedZone', vpcId, text(c.planned['vpc_region']) ?? c.account.region);
  },
  compute: (c) => {
    const region = text(c.planned['vpc_region']) ?? c.account.region;
    return { id: `${text(c.planned['zone_id']) ?? ''}:${text(c.planned['vpc_id']) ?? ''}:${region}`, vpc_region: region, owning_account: c.account.accountId };
  },
};

const record: ResourceModel = {
  source: `${S}route53/record.go`, label: 'Route 53 Record', forceNew: ['name', 'set_identifier', 'type', 'zone_id'], rules: { type: oneOf('SOA', 'A', 'TXT', 'NS', 'CNAME', 'MX', 'NAPTR', 'PTR', 'SRV', 'SPF', 'AAAA', 'CAA', 'DS', 'TLSA', 'SSHFP', 'SVCB', 'HTTPS') },
  references: [{ path: 'zone_id', type: 'aws_route53_zone', fault: noZone('ChangeResourceRecordSets') }], conflicts: [['alias', 'records'], ['alias', 'ttl']],
  refuse: (c) => {
    const id = String(record.compute(c)['id']);
    const rival = c.prior || c.planned['allow_overwrite'] === true ? undefined : c.account.store.list('aws_route53_record').find((r) => r.id === id);
    return rival && r53('ChangeResourceRecordSets', 400, 'InvalidChangeBatch', `[Tried to create resource record set [name='${text(c.planned['name']) ?? ''}', type='${text(c.planned['type']) ?? ''}'] but it already exists]`);
  },
  compute: (c) => {
    const home = bare(text(c.account.store.list('aws_route53_zone').find((z) => z.id === c.planned['zone_id'])?.attributes['name']));
    const name = bare(text(c.planned['name']));
    const fqdn = name.endsWith(home) ? name : `${name}.${home}`;
    return { id: [c.planned['zone_id'], name, c.planned['type'], text(c.planned['set_identifier'])].filter(Boolean).map(String).join('_'), fqdn, allow_overwrite: null };
  },
};

const authorization: ResourceModel = {
  source: `${S}route53/vpc_association_authorization.go`, label: 'Route 53 VPC Association Authorization', forceNew: ['vpc_id', 'vpc_region', 'zone_id'], references: [{ path: 'zone_id', type: 'aws_route53_zone', fault: noZone('CreateVPCAssociationAuthorization') }],
  compute: (c) => ({ id: `${text(c.planned['zone_id']) ?? ''}:${text(c.planned['vpc_id']) ?? ''}`, vpc_region: c.account.region }),
};

const sqs = (operation: string, code: string, message: string): AwsFault => ({ service: 'SQS', operation, status: 400, code, message });
const queue: ResourceModel = {
  source: `${S}sqs/queue.go`, label: 'SQS Queue', forceNew: ['fifo_queue', 'name', 'name_prefix'], conflicts: [['name', 'name_prefix'], ['kms_master_key_id', 'sqs_managed_sse_enabled']],
  defaults: { content_based_deduplication: false, delay_seconds: 0, fifo_queue: false, max_message_size: 262144, message_retention_seconds: 345600, receive_wait_time_seconds: 0, visibility_timeout_seconds: 30 },
  rules: {
    name: textRule(1, 80, /^[\w-]+(\.fifo)?$/), policy: jsonRule(), redrive_policy: jsonRule(), redrive_allow_policy: jsonRule(), delay_seconds: between(0, 900), kms_data_key_reuse_period_seconds: between(60, 86_400),
    max_message_size: between(1024, 1_048_576), message_retention_seconds: between(60, 1_209_600), visibility_timeout_seconds: between(0, 43_200),
  },
  refuse: ({ planned, prior, region, account }) => {
    const rival = prior ? undefined : account.store.list('aws_sqs_queue').find((q) => q.region === region && q.attributes['name'] === planned['name']);
    return rival && sqs('CreateQueue', 'QueueNameExists', 'A queue already exists with the same name and a different value for attribute(s)');
  },
  compute: (c) => {
    const name = text(c.planned['name']) ?? `terraform-${c.hex(26)}`;
    const url = `https://sqs.${c.region}.amazonaws.com/${c.account.accountId}/${name}`;
    return {
      id: url, url, name, name_prefix: '', arn: arn(c, 'sqs', name), deduplication_scope: '', fifo_throughput_limit: '', kms_data_key_reuse_period_seconds: 300, policy: '', redrive_allow_policy: '', redrive_policy: '',
      sqs_managed_sse_enabled: text(c.planned['kms_master_key_id']) === undefined,
    };
  },
};
const queuePolicy: ResourceModel = {
  source: `${S}sqs/queue_policy.go`, label: 'SQS Queue Policy', forceNew: ['queue_url'], rules: { policy: jsonRule() }, isShared: true,
  references: [{ path: 'queue_url', type: 'aws_sqs_queue', fault: () => sqs('SetQueueAttributes', 'AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.') }],
  compute: (c) => ({ id: text(c.planned['queue_url']) ?? '' }),
};

/** Buckets, zones and queues. */
export const storageModels: Readonly<Record<string, ResourceModel>> = {
  aws_s3_bucket: bucket,
  aws_s3_bucket_versioning: setting('bucket_versioning.go', 'S3 Bucket Versioning', 'PutBucketVersioning', { rules: { 'versioning_configuration.status': oneOf('Enabled', 'Suspended', 'Disabled') } }),
  aws_s3_bucket_server_side_encryption_configuration: setting('bucket_server_side_encryption_configuration.go', 'S3 Bucket Server-side Encryption Configuration', 'PutBucketEncryption', { rules: { 'rule.apply_server_side_encryption_by_default.sse_algorithm': oneOf('AES256', 'aws:kms', 'aws:kms:dsse') } }),
  aws_s3_bucket_public_access_block: setting('bucket_public_access_block.go', 'S3 Bucket Public Access Block', 'PutPublicAccessBlock', { forceNew: ['bucket'], defaults: { block_public_acls: false, block_public_policy: false, ignore_public_acls: false, restrict_public_buckets: false } }),
  aws_s3_bucket_policy: setting('bucket_policy.go', 'S3 Bucket Policy', 'PutBucketPolicy', { forceNew: ['bucket'], rules: { policy: jsonRule(20480) } }),
  aws_s3_bucket_lifecycle_configuration: setting('bucket_lifecycle_configuration.go', 'S3 Bucket Lifecycle Configuration', 'PutBucketLifecycleConfiguration', { compute: (c) => ({ id: text(c.planned['bucket']) ?? '', expected_bucket_owner: '', transition_default_minimum_object_size: 'all_storage_classes_128K' }) }),
  aws_s3_bucket_ownership_controls: setting('bucket_ownership_controls.go', 'S3 Bucket Ownership Controls', 'PutBucketOwnershipControls', { forceNew: ['bucket'], rules: { 'rule.object_ownership': oneOf('BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced') } }),
  aws_s3_bucket_logging: setting('bucket_logging.go', 'S3 Bucket Logging', 'PutBucketLogging'),
  aws_route53_zone: zone, aws_route53_zone_association: zoneAssociation, aws_route53_record: record, aws_route53_vpc_association_authorization: authorization,
  aws_sqs_queue: queue, aws_sqs_queue_policy: queuePolicy,
};
