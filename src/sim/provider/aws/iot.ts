import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { text } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, between, textRule } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/iot/';
const fault = (operation: string, status: number, code: string, message: string): AwsFault => ({ service: 'IoT', operation, status, code, message });
const taken = (c: Change, attribute: string, operation: string, what: string): AwsFault | undefined => {
  const name = text(c.planned[attribute]) ?? '';
  return !c.prior && c.account.store.get(c.type, c.region, name) ? fault(operation, 409, 'ResourceAlreadyExistsException', `${what} ${name} already exists in current account with different properties.`) : undefined;
};

const group: ResourceModel = {
  source: `${S}thing_group.go; names: IoT API reference, CreateThingGroup (1 to 128 of [a-zA-Z0-9:_-])`, label: 'IoT Thing Group', forceNew: ['name', 'parent_group_name'],
  rules: { name: textRule(1, 128, /^[a-zA-Z0-9:_-]+$/), parent_group_name: textRule(1, 128, /^[a-zA-Z0-9:_-]+$/), 'properties.description': textRule(0, 2028) },
  recompute: { version: ['properties'] },
  references: [{ path: 'parent_group_name', type: 'aws_iot_thing_group', by: 'name', fault: (v) => fault('CreateThingGroup', 404, 'ResourceNotFoundException', `ThingGroup ${v} could not be found.`) }],
  refuse: (c) => taken(c, 'name', 'CreateThingGroup', 'Thing Group'),
  compute: (c) => {
    const name = text(c.planned['name']) ?? '';
    const parent = text(c.planned['parent_group_name']) ?? '';
    return { id: name, arn: arn(c, 'iot', `thinggroup/${name}`), version: Number(c.prior?.['version'] ?? 0) + 1, metadata: [{ creation_date: c.account.now(), parent_group_name: parent, root_to_parent_groups: parent === '' ? [] : [{ group_arn: arn(c, 'iot', `thinggroup/${parent}`), group_name: parent }] }] };
  },
  blockers: (o, { store }) => (store.list('aws_iot_thing_group').some((one) => one.region === o.region && one.attributes['parent_group_name'] === o.id) ? fault('DeleteThingGroup', 400, 'InvalidRequestException', `Cannot delete thing group ${o.id} when there are still child groups attached to it.`) : undefined),
};

const alias: ResourceModel = {
  source: `${S}role_alias.go; names: IoT API reference, CreateRoleAlias (1 to 128 of [\\w=,@-])`, label: 'IoT Role Alias', forceNew: ['alias'], defaults: { credential_duration: 3600 }, name: (a) => text(a['alias']) ?? '',
  rules: { alias: textRule(1, 128, /^[\w=,@-]+$/), role_arn: arnRule, credential_duration: between(900, 43200) },
  references: [{ path: 'role_arn', type: 'aws_iam_role', by: 'arn', anywhere: true, fault: (v) => fault('CreateRoleAlias', 400, 'InvalidRequestException', `Role ${v} does not exist or can not be passed`) }],
  refuse: (c) => {
    const role = c.account.store.list('aws_iam_role').find((one) => one.attributes['arn'] === c.planned['role_arn']);
    const longest = Number(role?.attributes['max_session_duration'] ?? 3600);
    return taken(c, 'alias', 'CreateRoleAlias', 'RoleAlias') ?? (role && Number(c.planned['credential_duration'] ?? 3600) > longest
      ? fault(c.prior ? 'UpdateRoleAlias' : 'CreateRoleAlias', 400, 'InvalidRequestException', `Credential duration must be between 900 and the role's maximum session duration ${longest}`) : undefined);
  },
  compute: (c) => {
    const name = text(c.planned['alias']) ?? '';
    return { id: name, arn: arn(c, 'iot', `rolealias/${name}`) };
  },
};

/** Things of AWS IoT that Greengrass needs. */
export const iotModels: Readonly<Record<string, ResourceModel>> = { aws_iot_thing_group: group, aws_iot_role_alias: alias };
