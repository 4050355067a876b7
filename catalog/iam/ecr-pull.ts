import type { PolicyFact } from './policy.ts';

/** Reading artifacts of a private ECR. Placeholders: partition, registryRegion, registryAccount, repositories (a pattern). */
export const ecrPullPolicy: PolicyFact = {
  source: 'fluxcd.io/flux/integrations/aws, "For Amazon Elastic Container Registry" (the managed read-only policy), narrowed to what the managed policy AmazonEC2ContainerRegistryPullOnly holds without pull-through caches. Not tried on AWS.',
  read: '2026-11-25',
  statements: [
    { sid: 'SignIn', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    { sid: 'Pull', actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resources: ['arn:<partition>:ecr:<registryRegion>:<registryAccount>:repository/<repositories>'] },
  ],
};

/** Listing the tags of repositories of a private ECR. Placeholder: repositoryArn (string or list). */
export const ecrTagsPolicy: PolicyFact = {
  source: 'fluxcd/image-reflector-controller v1.1.1 docs/spec/v1/imagerepositories.md, "AWS" (the managed policy AmazonEC2ContainerRegistryReadOnly), narrowed to what it takes to list tags and read their manifests. Not tried on AWS.',
  read: '2026-11-25',
  statements: [
    { sid: 'SignIn', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
    { sid: 'ListTags', actions: ['ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:ListImages'], resources: ['<repositoryArn>'] },
  ],
};
