import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LocalFailure } from '../failure.ts';
import { writeSecret } from '../pki.ts';

const Identity = z.object({ pid: z.number().int(), startTime: z.string() });

const ClusterState = z.object({
  /** Version the platform asked for; the programs are always the pinned ones. */
  kubernetesVersion: z.string(),
  ports: z.object({ etcdClient: z.number(), etcdPeer: z.number(), apiserver: z.number() }),
});
export type ClusterState = z.infer<typeof ClusterState>;

const ArgoCdState = z.object({
  hub: z.string(),
  redisPassword: z.string(),
  ports: z.object({
    redis: z.number(), repoServer: z.number(), repoMetrics: z.number(), controllerMetrics: z.number(),
    setsMetrics: z.number(), setsProbe: z.number(), setsWebhook: z.number(),
  }),
});
export type ArgoCdState = z.infer<typeof ArgoCdState>;

const FluxState = z.object({
  ports: z.object({
    storage: z.number(), sourceMetrics: z.number(), sourceHealth: z.number(), kustomizeMetrics: z.number(), kustomizeHealth: z.number(), helmMetrics: z.number(), helmHealth: z.number(),
  }),
});
/** Where the Flux controllers of one cluster listen. */
export type FluxState = z.infer<typeof FluxState>;

const WorldState = z.object({
  version: z.literal(1),
  /** Short folder outside the checkout for unix sockets, whose paths may not exceed 108 bytes. */
  socketDir: z.string(),
  tools: z.record(z.string(), z.string()),
  clusters: z.record(z.string(), ClusterState),
  argocd: ArgoCdState.optional(),
  /** Clusters that Flux reconciles. */
  flux: z.record(z.string(), FluxState).default({}),
  /** The git server, where one was asked for. */
  git: z.object({ port: z.number() }).optional(),
  /** The chart server: what it serves and where. */
  charts: z.object({ directory: z.string(), port: z.number() }).optional(),
  /** Processes that were started, by name: id and start time, and what they were started with. */
  children: z.record(z.string(), Identity.extend({ log: z.string(), spec: z.string() })),
});

/** All that must survive a crash of the supervisor. Only the supervisor writes it. */
export type WorldState = z.infer<typeof WorldState>;

/** Names of files and folders of a local world; everything lies below the checkout's `.argoeks/local`, sockets apart. */
export const layout = {
  state: (worldDir: string) => join(worldDir, 'state.json'),
  lock: (worldDir: string) => join(worldDir, 'supervisor.lock'),
  logs: (worldDir: string) => join(worldDir, 'logs'),
  log: (worldDir: string, child: string) => join(worldDir, 'logs', `${child.replaceAll('/', '-')}.log`),
  cluster: (worldDir: string, cluster: string) => join(worldDir, 'clusters', cluster),
  pki: (worldDir: string, cluster: string) => join(worldDir, 'clusters', cluster, 'pki'),
  kubeconfig: (worldDir: string, cluster: string) => join(worldDir, `kubeconfig-${cluster}.yaml`),
  argocd: (worldDir: string) => join(worldDir, 'argocd'),
  flux: (worldDir: string, cluster: string) => join(worldDir, 'flux', cluster),
  git: (worldDir: string) => join(worldDir, 'git'),
  socket: (socketDir: string) => join(socketDir, 's.sock'),
  egress: (socketDir: string) => join(socketDir, 'egress.sock'),
} as const;

/** The world's state, or undefined when there is none yet. Throws LocalFailure when the file can't be understood. */
export function readState(worldDir: string): WorldState | undefined {
  const path = layout.state(worldDir);
  if (!existsSync(path)) return undefined;
  try {
    return WorldState.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new LocalFailure(`Reading ${path}`, 'the file is damaged', `stop what still runs, remove ${worldDir} and start again`, { cause });
  }
}

/** Writes the state; it appears whole or not at all, readable by its owner only. */
export const writeState = (worldDir: string, state: WorldState): void => writeSecret(layout.state(worldDir), `${JSON.stringify(state, null, 2)}\n`);
