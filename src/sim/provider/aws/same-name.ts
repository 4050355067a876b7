import type { Change } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { text } from '../values.ts';

/** Refuses a second object of a name in one region. `by` is the argument that names it. */
export const sameName = (c: Change, by: string, fault: (name: string) => AwsFault): AwsFault | undefined => {
  const name = text(c.planned[by]);
  const rival = c.prior || name === undefined ? undefined : c.account.store.list(c.type).find((o) => o.region === c.region && o.attributes[by] === name);
  return rival && fault(name ?? '');
};

/** Faults of one service that answers 400. */
export const faultsOf = (service: string) => (operation: string, code: string, message: string): AwsFault => ({ service, operation, status: 400, code, message });
