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
