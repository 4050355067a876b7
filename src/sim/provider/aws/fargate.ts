import { uuidOf } from '../engine/digest.ts';
import type { Change, ResourceModel } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { records, text, texts } from '../values.ts';
import { arn } from './arn.ts';
import { arnRule, textRule } from './rules.ts';

const fault = (status: number, code: string, message: string): AwsFault => ({ service: 'EKS', operation: 'CreateFargateProfile', status, code, message });
const invalid = (message: string): AwsFault => fault(400, 'InvalidParameterException', message);

/** Subnets of Fargate have no way in from the internet: EKS looks at their route tables. */
const publicSubnet = (c: Change): string | undefined =>
  texts(c.planned['subnet_ids']).find((id) => c.account.store.get('aws_subnet', c.region, id)?.attributes['map_public_ip_on_launch'] === true);

const refusal = (c: Change): AwsFault | undefined => {
  const name = text(c.planned['fargate_profile_name']) ?? '';
  const selectors = records(c.planned['selector']);
  if (c.account.store.get('aws_eks_fargate_profile', c.region, profile.name?.(c.planned) ?? '')) return fault(409, 'ResourceInUseException', `Fargate Profile already exists with this name ${name} in this cluster`);
  if (selectors.length > 5) return fault(400, 'ResourceLimitExceededException', `Selectors limit exceeded. Cannot have more than 5 selectors, got ${selectors.length}`);
  if (name.startsWith('eks-')) return invalid('fargateProfileName can not start with the reserved prefix eks-');
  if (selectors.some(({ namespace }) => typeof namespace === 'string' && !/^[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?$/.test(namespace))) return invalid('Fargate Profile selector namespace is invalid');
  const open = publicSubnet(c);
  if (open !== undefined) return invalid(`Subnet ${open} provided in Fargate Profile is not a private subnet`);
  const role = c.account.store.list('aws_iam_role').find((one) => one.attributes['arn'] === c.planned['pod_execution_role_arn']);
  return role && !(text(role.attributes['assume_role_policy']) ?? '').includes('eks-fargate-pods.amazonaws.com')
    ? invalid('Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal') : undefined;
};

const profile: ResourceModel = {
  source: 'hashicorp/terraform-provider-aws internal/service/eks/fargate_profile.go (all arguments but tags force a new profile; the words on trust); EKS API reference, CreateFargateProfile, and EKS service quotas ("Selectors per Fargate profile": 5); "private" is judged by map_public_ip_on_launch only',
  label: 'EKS Fargate Profile',
  forceNew: ['cluster_name', 'fargate_profile_name', 'pod_execution_role_arn', 'selector', 'subnet_ids'],
  rules: { cluster_name: textRule(1, 100, /^[0-9A-Za-z][A-Za-z0-9_-]*$/), fargate_profile_name: textRule(1, 100, /^[0-9A-Za-z][A-Za-z0-9_-]*$/), pod_execution_role_arn: arnRule },
  references: [
    { path: 'cluster_name', type: 'aws_eks_cluster', by: 'name', fault: (v) => fault(404, 'ResourceNotFoundException', `No cluster found for name: ${v}.`) },
    { path: 'pod_execution_role_arn', type: 'aws_iam_role', by: 'arn', fault: (v) => invalid(`Role with arn: ${v}, could not be assumed because it does not exist or the trusted entity is not correct`) },
    { path: 'subnet_ids', type: 'aws_subnet', fault: (v) => invalid(`Subnet ${v} does not exist`) },
  ],
  name: (a) => `${text(a['cluster_name']) ?? ''}:${text(a['fargate_profile_name']) ?? ''}`,
  refuse: (c) => (c.prior ? undefined : refusal(c)),
  compute: (c) => {
    const [cluster, name] = [text(c.planned['cluster_name']) ?? '', text(c.planned['fargate_profile_name']) ?? ''];
    return { id: `${cluster}:${name}`, arn: arn(c, 'eks', `fargateprofile/${cluster}/${name}/${uuidOf(c.hex(32, name))}`), status: 'ACTIVE' };
  },
};

/** Fargate profiles. */
export const fargateModels: Readonly<Record<string, ResourceModel>> = { aws_eks_fargate_profile: profile };
