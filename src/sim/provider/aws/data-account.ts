import { hexOf } from '../engine/digest.ts';
import type { Account, DataModel } from '../engine/model.ts';
import { GLOBAL_REGION } from '../store/store.ts';
import { records, text, texts } from '../values.ts';
import type { Attributes } from '../values.ts';
import { search, shown, single } from './find.ts';
import { policyDocument } from './policy-document.ts';
import { zoneId, zonesOf } from './zones.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';

/** The object of a name or another key, wherever AWS keeps it. */
const named = (type: string, source: string, what: string, key: string, by: string, more: (o: Attributes, a: Account) => Attributes = () => ({})): DataModel => ({
  source: `${S}${source}`,
  read: (config, account) => {
    const wanted = text(config[key]) ?? '';
    const found = account.store.list(type).find((o) => (o.attributes[by] === wanted || o.id === wanted) && (o.region === account.region || o.region === GLOBAL_REGION));
    if (found === undefined) throw new Error(`couldn't find ${what} (${wanted})`);
    return { ...shown(found), ...more(shown(found), account) };
  },
});

const sessionContext: DataModel = {
  source: `${S}iam/session_context_data_source.go`,
  read: (config) => {
    const given = text(config['arn']) ?? '';
    const m = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\/(.+)$/.exec(given);
    if (m === null) return { id: given, issuer_arn: given, issuer_id: '', issuer_name: given.split('/').at(-1) ?? '', session_name: '' };
    return { id: given, issuer_arn: `arn:${m[1]}:iam::${m[2]}:role/${m[3]}`, issuer_id: `AROA${hexOf(m[3] ?? '', 17).toUpperCase()}`, issuer_name: m[3] ?? '', session_name: m[4] ?? '' };
  },
};

/** Data sources about the account itself, and of objects that are found by their name. */
export const accountData: Readonly<Record<string, DataModel>> = {
  aws_caller_identity: { source: `${S}sts/caller_identity_data_source.go`, read: (_, a) => ({ id: a.accountId, account_id: a.accountId, arn: `arn:${a.partition}:sts::${a.accountId}:assumed-role/simulated/session`, user_id: 'AROASIMULATED00000000:session' }) },
  aws_partition: { source: `${S}meta/partition_data_source.go`, read: (_, a) => ({ id: a.partition, partition: a.partition, dns_suffix: 'amazonaws.com', reverse_dns_prefix: 'com.amazonaws' }) },
  aws_region: { source: `${S}meta/region_data_source.go`, read: (config, a) => {
    const region = text(config['region']) ?? text(config['name']) ?? a.region;
    return { id: region, name: region, region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
  } },
  aws_availability_zones: { source: `${S}ec2/ec2_availability_zones_data_source.go; zones: catalog/regions.json`, read: (config, a) => {
    const zones = zonesOf(a.region).filter((z) => !texts(config['exclude_names']).includes(z) && !texts(config['exclude_zone_ids']).includes(zoneId(z)));
    return { id: a.region, names: zones, zone_ids: zones.map(zoneId), group_names: [a.region] };
  } },
  aws_iam_policy_document: { source: `${S}iam/policy_document_data_source.go`, read: (config) => {
    const { json, minified } = policyDocument(config);
    return { id: String(Number.parseInt(hexOf(json, 8), 16)), json, minified_json: minified, version: '2012-10-17' };
  } },
  aws_iam_session_context: sessionContext,
  aws_ec2_managed_prefix_list: { source: `${S}ec2/vpc_managed_prefix_list_data_source.go`, read: (config, a) => {
    const name = text(config['name']) ?? records(config['filter']).flatMap((f) => texts(f['values']))[0] ?? '';
    const id = `pl-${hexOf(a.region + name, 8)}`;
    return { id, name, arn: `arn:${a.partition}:ec2:${a.region}:aws:prefix-list/${id}`, owner_id: 'AWS', address_family: 'IPv4', entries: [], max_entries: 0, version: 0, tags: {} };
  } },
  aws_eks_cluster_auth: { source: `${S}eks/cluster_auth_data_source.go`, read: (config, a) => ({ id: text(config['name']) ?? '', token: `k8s-aws-v1.${Buffer.from(`simulated|${a.accountId}|${text(config['name']) ?? ''}`).toString('base64url')}` }) },
  aws_ssm_parameter: named('aws_ssm_parameter', 'ssm/parameter_data_source.go', 'SSM Parameter', 'name', 'name', (o) => ({ value: text(o['value']) || (o['insecure_value'] ?? ''), insecure_value: text(o['value']) || (o['insecure_value'] ?? '') })),
  aws_iam_role: named('aws_iam_role', 'iam/role_data_source.go', 'IAM Role', 'name', 'name', (o) => ({ create_date: o['create_date'] ?? '', role_last_used: [], permissions_boundary: o['permissions_boundary'] ?? '' })),
  aws_iam_openid_connect_provider: { source: `${S}iam/openid_connect_provider_data_source.go`, read: (config, a) => {
    const strip = (u: string | undefined): string => (u ?? '').replace(/^https?:\/\//, '');
    const wanted = text(config['arn']);
    const found = a.store.list('aws_iam_openid_connect_provider').find((p) => (wanted === undefined ? strip(text(p.attributes['url'])) === strip(text(config['url'])) : p.id === wanted));
    if (found === undefined) throw new Error(`finding IAM OIDC Provider by url (${text(config['url']) ?? wanted ?? ''}): not found`);
    return shown(found);
  } },
  aws_kms_key: { source: `${S}kms/key_data_source.go`, read: (config, a) => {
    const wanted = text(config['key_id']) ?? '';
    const target = a.store.list('aws_kms_alias').find((x) => x.region === a.region && (x.id === wanted || x.attributes['arn'] === wanted))?.attributes['target_key_arn'];
    const found = a.store.list('aws_kms_key').find((k) => k.region === a.region && (k.id === wanted || k.attributes['arn'] === wanted || k.attributes['arn'] === target));
    if (found === undefined) throw new Error(`reading KMS Key (${wanted}): NotFoundException: Key 'arn:${a.partition}:kms:${a.region}:${a.accountId}:key/${wanted}' does not exist`);
    return { ...shown(found), aws_account_id: a.accountId, enabled: found.attributes['is_enabled'] ?? true, key_state: 'Enabled', key_manager: 'CUSTOMER', origin: 'AWS_KMS' };
  } },
  aws_kms_alias: named('aws_kms_alias', 'kms/alias_data_source.go', 'KMS Alias', 'name', 'name', (o) => ({ target_key_id: String(o['target_key_arn'] ?? '').split('/').at(-1) ?? '' })),
  aws_s3_bucket: { source: `${S}s3/bucket_data_source.go`, read: (config, a) => {
    const found = a.store.list('aws_s3_bucket').find((b) => b.id === config['bucket']);
    if (found === undefined) throw new Error(`reading S3 Bucket (${text(config['bucket']) ?? ''}): couldn't find resource`);
    return shown(found);
  } },
  aws_subnet: {
    source: `${S}ec2/vpc_subnet_data_source.go`,
    read: (config, a) => {
      const found = single(search(a, 'aws_subnet', config, { id: 'id', vpc_id: 'vpc_id', cidr_block: 'cidr_block', availability_zone: 'availability_zone' }), 'EC2 Subnet');
      return { ...shown(found), state: 'available', available_ip_address_count: 251, default_for_az: false };
    },
  },
};
