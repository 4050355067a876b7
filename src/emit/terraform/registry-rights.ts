import type { Environment } from '../../config/platform.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';

/** What planning an environment's repositories reads; nothing where it has none. */
export const registryReads = ({ settings: { registry } }: Environment): readonly string[] =>
  registry.repositories.length === 0 ? [] : ['ecr:DescribeRepositories', 'ecr:GetLifecyclePolicy', 'ecr:GetRepositoryPolicy', 'ecr:ListTagsForResource'];

/** What making an environment's repositories needs on top: their names are the user's, so it is narrowed by tag. Source: Service Authorization Reference, Amazon ECR. Pure. */
export const registryRights = ({ partition, accountId, name, regions, settings: { registry } }: Environment): readonly PolicyStatement[] => {
  if (registry.repositories.length === 0) return [];
  const repositories = [`arn:${partition}:ecr:*:${accountId}:repository/*`];
  const being = [{ key: 'aws:ResourceTag/argoeks:environment', values: [name] }];
  return [
    { sid: 'NewRepositories', actions: ['ecr:CreateRepository', 'ecr:TagResource'], on: repositories, when: { StringEquals: [{ key: 'aws:RequestTag/argoeks:environment', values: [name] }] } },
    { sid: 'Repositories', actions: ['ecr:DeleteRepository', 'ecr:PutImageTagMutability', 'ecr:PutImageScanningConfiguration', 'ecr:PutLifecyclePolicy', 'ecr:DeleteLifecyclePolicy', 'ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy', 'ecr:TagResource', 'ecr:UntagResource'], on: repositories, when: { StringEquals: being } },
    { sid: 'KeyOfImages', actions: ['kms:CreateGrant', 'kms:RetireGrant'], on: [`arn:${partition}:kms:*:${accountId}:key/*`], when: { StringEquals: [...being, { key: 'kms:ViaService', values: regions.map((region) => `ecr.${region}.amazonaws.com`) }] } },
  ];
};
