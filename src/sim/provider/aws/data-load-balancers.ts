import type { Account, DataModel } from '../engine/model.ts';
import type { SimObject } from '../store/store.ts';
import { tagsOf } from '../store/store.ts';
import { records, text, texts } from '../values.ts';
import type { Attributes } from '../values.ts';
import { search, shown, single } from './find.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';

/** The account as a data source with a `region` of its own sees it. */
const inRegion = (config: Attributes, account: Account): Account => ({ ...account, region: text(config['region']) ?? account.region });

const arnOf = (o: SimObject): string => text(o.attributes['arn']) ?? o.id;

const loadBalancers: DataModel = {
  source: `${S}elbv2/load_balancers_data_source.go: an empty answer is no error`,
  read: (config, account) => {
    const here = inRegion(config, account);
    return { id: here.region, region: here.region, arns: search(here, 'aws_lb', config).map(arnOf) };
  },
};

const targetGroup: DataModel = {
  source: `${S}elbv2/target_group_data_source.go`,
  read: (config, account) => {
    const here = inRegion(config, account);
    const found = shown(single(search(here, 'aws_lb_target_group', config, { arn: 'arn', name: 'name' }), 'ELBv2 Target Group'));
    const arn = text(found['arn']) ?? '';
    return { ...found, region: here.region, arn_suffix: arn.slice(arn.indexOf('targetgroup/')) };
  },
};

/** Types that the tagging API knows by another name than Terraform. */
const typeOf: Readonly<Record<string, string>> = { 'elasticloadbalancing:targetgroup': 'aws_lb_target_group', 'elasticloadbalancing:loadbalancer': 'aws_lb' };

const taggedResources: DataModel = {
  source: `${S}resourcegroupstaggingapi/resources_data_source.go; which resources it lists: Resource Groups Tagging API reference, GetResources`,
  read: (config, account) => {
    const here = inRegion(config, account);
    const filters = records(config['tag_filter']).map((one) => ({ key: text(one['key']) ?? '', values: texts(one['values']) }));
    const fits = (o: SimObject): boolean => {
      const tags = tagsOf(o);
      return Object.keys(tags).length > 0 && filters.every(({ key, values }) => key in tags && (values.length === 0 || values.includes(tags[key] ?? '')));
    };
    const kinds = texts(config['resource_type_filters']).flatMap((kind) => typeOf[kind] ?? []);
    const found = kinds.flatMap((type) => here.store.list(type).filter((o) => o.region === here.region && fits(o)));
    return { id: account.partition, region: here.region, resource_tag_mapping_list: found.map((o) => ({ resource_arn: arnOf(o), tags: tagsOf(o), compliance_details: [] })) };
  },
};

/** Data sources that find what load balancer controllers made. */
export const loadBalancerData: Readonly<Record<string, DataModel>> = { aws_lbs: loadBalancers, aws_lb_target_group: targetGroup, aws_resourcegroupstaggingapi_resources: taggedResources };
