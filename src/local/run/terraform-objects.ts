import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Disk } from '../../ports/disk.ts';

/** What is read of a state file: managed resources and the ids of their instances. */
const State = z.looseObject({
  resources: z.array(z.looseObject({ mode: z.string(), type: z.string(), instances: z.array(z.looseObject({ attributes: z.looseObject({ id: z.string().optional() }).nullish() })) })),
});

/** How long a terraform that outlived its `argoeks` may take to write what it knows, in milliseconds. */
const outlivedMs = 30_000;

/** Waits until no terraform holds a state below this directory: its lock files are gone, or it is too late to wait. Reads only. */
const statesAreWritten = async (records: Disk, directory: string, clock: Clock): Promise<void> => {
  for (const until = clock.now() + outlivedMs; clock.now() < until; await clock.sleep(250))
    if (!(await records.list(directory)).some((file) => file.endsWith('.lock.info'))) return;
};

/**
 * Every object that the states below a directory know, as `<type> <id>` (`<type> *` where states of a type keep no id), once no terraform writes them any more: a killed `argoeks` leaves its
 * terraform alive, which notices that its provider is gone and saves what it was told. Reads only.
 */
export const terraformObjects = async (records: Disk, directory: string, clock: Clock): Promise<ReadonlySet<string>> => {
  await statesAreWritten(records, directory, clock);
  const known = new Set<string>();
  for (const file of (await records.list(directory)).filter((f) => f.endsWith('.tfstate'))) {
    const text = await records.read(file);
    const state = text ? State.safeParse(JSON.parse(text)) : undefined;
    for (const { mode, type, instances } of state?.data?.resources ?? []) if (mode === 'managed') for (const { attributes } of instances) known.add(`${type} ${attributes?.id ?? '*'}`);
  }
  return known;
};
