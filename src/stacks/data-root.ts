import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { Root } from './root.ts';

export interface DataRootProps {
  readonly aws: AwsProps;
}

/** Root `environments/<env>/data`: data stores in the VPCs of its clusters. */
export const dataRoot = ({ aws }: DataRootProps): Root => {
  const root = new Root();
  new Aws(root, aws);
  return root;
};
