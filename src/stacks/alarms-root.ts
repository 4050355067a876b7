import { Aws } from './aws-provider.ts';
import type { AwsProps } from './aws-provider.ts';
import { Root } from './root.ts';

export interface AlarmsRootProps {
  readonly aws: AwsProps;
}

/** Root `environments/<env>/alarms`: alarms on load balancers that its applications made. */
export const alarmsRoot = ({ aws }: AlarmsRootProps): Root => {
  const root = new Root();
  new Aws(root, aws);
  return root;
};
