import { z } from 'zod';
import { resolve } from '../../compile/compile.ts';
import { peekWorld } from '../../local/world.ts';
import { environmentStatus } from '../../ops/status.ts';
import { defineCommand } from '../command.ts';
import { readRepository } from '../read-repository.ts';
import { statusText } from '../views/status-view.ts';
import { localKube } from './status.ts';

export const localStatus = defineCommand({
  name: 'local status',
  summary: 'Shows what the local platform runs: programs, clusters, nodes, applications.',
  args: z.object({}),
  async run(_, { directory }) {
    const world = await peekWorld(directory);
    const input = await readRepository(directory);
    const { value } = resolve(input);
    const environments = world && value ? await Promise.all(value.plan.environments.map((e) => environmentStatus(e.environment, localKube(directory)))) : [];
    return { value: { world: world ?? null, environments: environments.filter((e) => e.clusters.some((c) => c.state !== 'absent')) } };
  },
  human: ({ world, environments }) => {
    if (!world) return 'Nothing runs on this machine. Start with: argoeks local up';
    const memory = Math.round(world.children.reduce((sum, c) => sum + c.rssMiB, 0));
    const dead = world.children.filter((c) => !c.isAlive);
    const lines = [
      `supervisor ${world.supervisor.pid} since ${world.supervisor.startedAt}; ${world.children.length - dead.length} programs run, ${memory} MiB`,
      ...dead.map((c) => `! ${c.name} is down (died ${c.deaths} times); its log: ${c.log}`),
      ...world.clusters.map((c) => `kubectl --kubeconfig ${c.kubeconfigPath} get nodes`),
    ];
    return `${lines.join('\n')}\n\n${statusText(environments, true)}`;
  },
});
