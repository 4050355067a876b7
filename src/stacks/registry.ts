import type { EcrRepository } from '#bindings/aws/ecr-repository.js';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key.ts';
import { registryRepository } from './registry-repository.ts';
import type { RegistryRepositoryProps } from './registry-repository.ts';

/** The ECR repositories of an environment. */
export interface RegistryProps {
  readonly partition: string;
  readonly accountId: string;
  readonly alias: string;
  /** Resource name → repository. */
  readonly repositories: Readonly<Record<string, RegistryRepositoryProps>>;
}

/** Repositories that share a key. File `registry.tf`. */
export class Registry extends Construct {
  readonly repositories: readonly EcrRepository[];

  constructor(scope: Construct, { partition, accountId, alias, repositories }: RegistryProps) {
    super(scope, 'registry');
    // ECR uses the key through grants that it makes with the caller's rights: it needs no statement of its own.
    const { key } = new EncryptionKey(this, 'registry', { alias, description: 'Images in ECR', partition, accountId, services: [] });
    this.repositories = Object.entries(repositories).map(([id, one]) => registryRepository(this, id, one, { keyArn: key.arn }));
  }
}
