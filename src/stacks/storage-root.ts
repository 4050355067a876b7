import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { Outputs } from './outputs.ts';
import { Root } from './root.ts';
import { Storage } from './storage.ts';
import type { StorageProps } from './storage.ts';

export interface StorageRootProps extends StorageProps {
  readonly aws: AwsProps;
}

/** Root `environments/<env>/storage`: the platform's buckets. Each is a dozen objects, so they would fill the foundation. */
export const storageRoot = ({ aws, ...storage }: StorageRootProps): Root => {
  const root = new Root();
  new Aws(root, aws);
  const { buckets } = new Storage(root, storage);
  new Outputs(root, { buckets: { value: Object.fromEntries(Object.entries(buckets).map(([id, { bucket }]) => [id, bucket.bucket])), description: 'Buckets of the platform by what they are for' } });
  return root;
};
