import { EcrLifecyclePolicy } from '#bindings/aws/ecr-lifecycle-policy.js';
import { EcrRepository } from '#bindings/aws/ecr-repository.js';
import { EcrRepositoryPolicy } from '#bindings/aws/ecr-repository-policy.js';
import type { Construct } from 'constructs';
import { json } from './expression.ts';
import { policy } from './policy.ts';
import { accepted } from './root.ts';

/** One ECR repository, every value decided. */
export interface RegistryRepositoryProps {
  readonly name: string;
  /** `IMMUTABLE` or `MUTABLE`. */
  readonly mutability: string;
  readonly scanOnPush: boolean;
  /** Principals of other accounts that may pull. */
  readonly readers: readonly string[];
  /** Images kept among those tagged as releases; absent keeps all. */
  readonly keepReleases?: number;
  readonly untaggedDays: number;
  /** Whether destroying it destroys the images in it. */
  readonly losesImages: boolean;
}

/** What is done with images as they grow old. Source: ECR user guide, "Lifecycle policy properties". */
export const imageLifecycle = ({ keepReleases, untaggedDays, most }: { readonly keepReleases?: number; readonly untaggedDays: number; readonly most?: number }): string => {
  const expire = { type: 'expire' };
  const rules = [
    ...(keepReleases === undefined ? [] : [{ description: 'Only the newest releases', selection: { tagStatus: 'tagged', tagPrefixList: ['v', 'release'], countType: 'imageCountMoreThan', countNumber: keepReleases }, action: expire }]),
    { description: 'Untagged images', selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: untaggedDays }, action: expire },
    ...(most === undefined ? [] : [{ description: 'Only the newest images', selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: most }, action: expire }]),
  ];
  return json({ rules: rules.map((rule, i) => ({ rulePriority: i + 1, ...rule })) });
};

/** Makes a repository with its lifecycle and, where others may pull, its policy. `keyArn` absent: the key `aws/ecr`. */
export const registryRepository = (scope: Construct, id: string, props: RegistryRepositoryProps, { region, keyArn }: { readonly region?: string; readonly keyArn?: string } = {}): EcrRepository => {
  const place = region === undefined ? {} : { region };
  const repository = new EcrRepository(scope, `ecr-repository.${id}`, {
    ...place, name: props.name, imageTagMutability: props.mutability, forceDelete: props.losesImages,
    imageScanningConfiguration: { scanOnPush: props.scanOnPush },
    encryptionConfiguration: [{ encryptionType: 'KMS', ...(keyArn === undefined ? {} : { kmsKey: keyArn }) }],
  });
  accepted(repository, { CKV_AWS_163: 'on unless the repository says otherwise; charts hold nothing to scan' });
  new EcrLifecyclePolicy(scope, `ecr-lifecycle-policy.${id}`, { ...place, repository: repository.name, policy: imageLifecycle(props) });
  if (props.readers.length > 0) {
    new EcrRepositoryPolicy(scope, `ecr-repository-policy.${id}`, {
      ...place, repository: repository.name,
      policy: policy([{ sid: 'OtherAccountsPull', principals: { AWS: props.readers }, actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] }]),
    });
  }
  return repository;
};
