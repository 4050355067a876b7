import type { Change } from '../engine/model.ts';

/** ARN of an object in the region and account of the change. */
export const arn = (c: Change, service: string, resource: string): string =>
  `arn:${c.account.partition}:${service}:${c.region}:${c.account.accountId}:${resource}`;

/** ARN of an object of a global service, with the account. */
export const globalArn = (c: Change, service: string, resource: string): string =>
  `arn:${c.account.partition}:${service}::${c.account.accountId}:${resource}`;
