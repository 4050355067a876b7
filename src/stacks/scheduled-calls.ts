import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { SchedulerSchedule } from '#bindings/aws/scheduler-schedule.js';
import type { ITerraformDependable } from 'cdktn';
import type { Construct } from 'constructs';
import { json } from './expression.ts';
import { policy } from './policy.ts';
import type { PolicyStatement } from './policy.ts';

/** Who makes calls at times of the day, and when that is. */
export interface ScheduledCallsProps {
  readonly roleName: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly timezone: string;
}

/** A call of AWS' API at a time of the day. */
export interface ScheduledCall {
  readonly name: string;
  /** As EventBridge Scheduler writes times. */
  readonly expression: string;
  /** ARN of the action as a target. */
  readonly targetArn: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Tries of one call. Unlimited, which is a day, what failed in the evening would happen in the morning. */
const retries = { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 };

/** Schedules by resource name, and the one role they use, which may do no more than `allow`. */
export const scheduledCalls = (scope: Construct, props: ScheduledCallsProps, allow: readonly PolicyStatement[], calls: Readonly<Record<string, ScheduledCall>>, after: readonly ITerraformDependable[] = []): readonly SchedulerSchedule[] => {
  const role = new IamRole(scope, 'iam-role.schedule', {
    name: props.roleName, permissionsBoundary: props.boundaryArn,
    assumeRolePolicy: policy([{ principals: { Service: ['scheduler.amazonaws.com'] }, actions: ['sts:AssumeRole'], when: { StringEquals: [{ key: 'aws:SourceAccount', values: [props.accountId] }] } }]),
  });
  const allowed = new IamRolePolicy(scope, 'iam-role-policy.schedule', { name: 'allow', role: role.name, policy: policy(allow) });
  return Object.entries(calls).map(([id, { name, expression, targetArn, input }]) => new SchedulerSchedule(scope, `scheduler-schedule.${id}`, {
    name, groupName: 'default', scheduleExpression: expression, scheduleExpressionTimezone: props.timezone, flexibleTimeWindow: { mode: 'OFF' },
    target: { arn: targetArn, roleArn: role.arn, input: json(input), retryPolicy: retries }, dependsOn: [allowed, ...after],
  }));
};
