import type { Fault, FaultAction } from '../../sim/provider/store/faults.ts';

const actions: readonly FaultAction[] = ['create', 'read', 'update', 'delete'];

/** `<type>[:action]` as a failure that happens once; undefined when it is not one. Pure. */
export const parseFault = (text: string): Fault | undefined => {
  const [type = '', action = 'create', ...rest] = text.split(':');
  const known = actions.find((a) => a === action);
  if (!known || rest.length > 0 || !/^[a-z][a-z0-9_]+$/.test(type)) return undefined;
  return { type, action: known, times: 1, message: 'InternalFailure: The request processing has failed because of an unknown error, exception or failure. (injected by --inject-fault)' };
};
