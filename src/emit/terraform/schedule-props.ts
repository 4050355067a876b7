import { nightNodes } from '../../config/night-nodes.ts';
import type { Cluster, Environment, Platform } from '../../config/platform.ts';
import type { PolicyStatement } from '../../stacks/policy.ts';
import type { NodeScheduleProps } from '../../stacks/node-schedule.ts';
import { bounded, clusterRoleName } from '../../units/aws-names.ts';
import { boundaryArn } from './names.ts';

/** Name of a cluster's node group that is always there. At most 63 characters (EKS limit). */
export const systemGroupName = (cluster: string): string => bounded(`${cluster}-system`, 63);

/** Times as EventBridge Scheduler writes them. Source: EventBridge Scheduler user guide, "Cron-based schedules". */
export const cron = (time: string, days: readonly string[]): string => `cron(${Number(time.slice(3))} ${Number(time.slice(0, 2))} ? * ${[...new Set(days)].join(',')} *)`;

/** Decides when a cluster's node group grows and shrinks; nothing where it never does. Names of schedules have at most 64 characters. Pure. */
export const scheduleProps = (platform: Platform, environment: Environment, cluster: Cluster): NodeScheduleProps | undefined => {
  const { schedule } = environment.settings;
  if (!schedule.enabled) return undefined;
  const { min, desired, max } = cluster.nodes;
  const night = nightNodes(environment, cluster);
  const action = (what: string, time: string, least: number, nodes: number) => ({ name: bounded(`${cluster.name}-nodes-${what}`, 64), expression: cron(time, schedule.days), min: least, desired: nodes, max });
  return {
    roleName: clusterRoleName(cluster.name, 'schedule'), boundaryArn: boundaryArn(platform, cluster), accountId: cluster.accountId, timezone: schedule.timezone,
    targetArn: `arn:${cluster.partition}:scheduler:::aws-sdk:eks:updateNodegroupConfig`, clusterName: cluster.name, nodeGroupName: systemGroupName(cluster.name),
    actions: { up: action('up', schedule.up, min, desired), down: action('down', schedule.down, Math.min(min, night), night) },
  };
};

/** What reading schedules needs. Pure. */
export const scheduleReads = ({ settings: { schedule } }: Environment): readonly string[] => (schedule.enabled ? ['scheduler:GetSchedule'] : []);

/** What making them needs. Schedules carry no tags, so only their names tell whose they are. Pure. */
export const scheduleWrites = ({ settings: { schedule }, partition, accountId }: Environment, named: string): readonly PolicyStatement[] =>
  schedule.enabled ? [
    { sid: 'Schedules', actions: ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule'], on: [`arn:${partition}:scheduler:*:${accountId}:schedule/default/${named}`] },
    { sid: 'RolesForSchedules', actions: ['iam:PassRole'], on: [`arn:${partition}:iam::${accountId}:role/${named}`], when: { StringEquals: [{ key: 'iam:PassedToService', values: ['scheduler.amazonaws.com'] }] } },
  ] : [];
