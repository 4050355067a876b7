import { Construct } from 'constructs';
import type { NodeGroup } from './node-group.ts';
import { accepted, because } from './root.ts';
import { scheduledCalls } from './scheduled-calls.ts';
import type { ScheduledCallsProps } from './scheduled-calls.ts';

/** When a managed node group grows and shrinks. */
export interface NodeScheduleProps extends ScheduledCallsProps {
  /** ARN of EKS' UpdateNodegroupConfig as a target. */
  readonly targetArn: string;
  readonly clusterName: string;
  readonly nodeGroupName: string;
  /** Resource name → when, and how many nodes then. */
  readonly actions: Readonly<Record<string, { readonly name: string; readonly expression: string; readonly min: number; readonly desired: number; readonly max: number }>>;
}

/** Schedules that ask EKS itself for another size, and the role they use. File `schedule.tf`. */
export class NodeSchedule extends Construct {
  constructor(scope: Construct, { group }: Pick<NodeGroup, 'group'>, { targetArn, clusterName, nodeGroupName, actions, ...props }: NodeScheduleProps) {
    super(scope, 'schedule');
    const calls = Object.fromEntries(Object.entries(actions).map(([id, { name, expression, min, desired, max }]) =>
      [id, { name, expression, targetArn, input: { ClusterName: clusterName, NodegroupName: nodeGroupName, ScalingConfig: { MinSize: min, DesiredSize: desired, MaxSize: max } } }]));
    for (const schedule of scheduledCalls(this, props, [{ actions: ['eks:UpdateNodegroupConfig'], on: [group.arn] }], calls, [group])) {
      because(schedule, 'Through EKS: a schedule of the Auto Scaling group would change it behind the node group\'s back.');
      accepted(schedule, { CKV_AWS_297: 'names and numbers of nodes are no secret' });
    }
  }
}
