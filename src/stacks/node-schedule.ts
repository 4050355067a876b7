import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { SchedulerSchedule } from '#bindings/aws/scheduler-schedule.js';
import { Construct } from 'constructs';
import { json } from './expression.ts';
import type { NodeGroup } from './node-group.ts';
import { policy } from './policy.ts';
import { accepted, because } from './root.ts';

/** When a managed node group grows and shrinks. */
export interface NodeScheduleProps {
  readonly roleName: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly timezone: string;
  /** ARN of EKS' UpdateNodegroupConfig as a target. */
  readonly targetArn: string;
  readonly clusterName: string;
  readonly nodeGroupName: string;
  /** Resource name → when, and how many nodes then. */
  readonly actions: Readonly<Record<string, { readonly name: string; readonly expression: string; readonly min: number; readonly desired: number; readonly max: number }>>;
}

/** Schedules that ask EKS itself for another size, and the role they use. File `schedule.tf`. */
export class NodeSchedule extends Construct {
  constructor(scope: Construct, { group }: Pick<NodeGroup, 'group'>, props: NodeScheduleProps) {
    super(scope, 'schedule');
    const role = new IamRole(this, 'iam-role.schedule', {
      name: props.roleName, permissionsBoundary: props.boundaryArn,
      assumeRolePolicy: policy([{ principals: { Service: ['scheduler.amazonaws.com'] }, actions: ['sts:AssumeRole'], when: { StringEquals: [{ key: 'aws:SourceAccount', values: [props.accountId] }] } }]),
    });
    const allow = new IamRolePolicy(this, 'iam-role-policy.schedule', { name: 'allow', role: role.name, policy: policy([{ actions: ['eks:UpdateNodegroupConfig'], on: [group.arn] }]) });
    for (const [id, { name, expression, min, desired, max }] of Object.entries(props.actions)) {
      const schedule = because(new SchedulerSchedule(this, `scheduler-schedule.${id}`, {
        name, groupName: 'default', scheduleExpression: expression, scheduleExpressionTimezone: props.timezone, flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: props.targetArn, roleArn: role.arn,
          input: json({ ClusterName: props.clusterName, NodegroupName: props.nodeGroupName, ScalingConfig: { MinSize: min, DesiredSize: desired, MaxSize: max } }),
        },
        dependsOn: [allow, group],
      }), 'Through EKS: a schedule of the Auto Scaling group would change it behind the node group\'s back.');
      accepted(schedule, { CKV_AWS_297: 'names and numbers of nodes are no secret' });
    }
  }
}
