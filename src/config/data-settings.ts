import { z } from 'zod';

/** Data stores of an environment: one key for each kind, each off unless asked for. */
export const dataSettings = () => z.strictObject({}).prefault({}).meta({ description: 'Data stores, in the VPC of the hub.' });

/** Keys of the data stores that are on. Pure. */
export const enabledStores = (data: z.infer<ReturnType<typeof dataSettings>>): readonly string[] =>
  Object.entries(data as Readonly<Record<string, { readonly enabled: boolean }>>).flatMap(([key, { enabled }]) => (enabled ? [key] : []));
