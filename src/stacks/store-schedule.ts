import { Construct } from 'constructs';
import { accepted } from './root.ts';
import { scheduledCalls } from './scheduled-calls.ts';
import type { ScheduledCall, ScheduledCallsProps } from './scheduled-calls.ts';

/** When databases are stopped and started. */
export interface StoreScheduleProps extends ScheduledCallsProps {
  /** Resource name → call. */
  readonly calls: Readonly<Record<string, ScheduledCall>>;
}

/** A database that schedules may stop and start. */
export interface StoppableStore {
  readonly actions: readonly string[];
  readonly arn: string;
}

/** Schedules that stop databases and start them again, and the role they use. File `schedule.tf`. */
export class StoreSchedule extends Construct {
  constructor(scope: Construct, { calls, ...props }: StoreScheduleProps, stores: readonly StoppableStore[]) {
    super(scope, 'schedule');
    for (const schedule of scheduledCalls(this, props, stores.map(({ actions, arn }) => ({ actions, on: [arn] })), calls)) accepted(schedule, { CKV_AWS_297: 'names of databases are no secret' });
  }
}
