import { z } from 'zod';
import { NodeSpec } from '../nodes.ts';

/** Methods of the supervisor with what they take. Each is one POST of JSON to its unix socket. */
export const methods = {
  ping: z.object({}),
  setTools: z.object({ tools: z.record(z.string(), z.string()) }),
  ensureControlPlane: z.object({ cluster: z.string(), kubernetesVersion: z.string() }),
  removeControlPlane: z.object({ cluster: z.string() }),
  ensureArgoCd: z.object({ hub: z.string() }),
  ensureFlux: z.object({ cluster: z.string() }),
  ensureGit: z.object({}),
  ensureCharts: z.object({ directory: z.string() }),
  refreshApplications: z.object({}),
  createNodes: z.object({ cluster: z.string(), nodes: z.array(NodeSpec) }),
  deleteNodes: z.object({ cluster: z.string(), names: z.array(z.string()) }),
  status: z.object({}),
  /** Ends the supervisor and leaves its children running. */
  handOver: z.object({}),
  /** Ends everything. */
  shutdown: z.object({}),
} as const;

export type Method = keyof typeof methods;

/** What the supervisor answers. */
export const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), attempted: z.string(), reason: z.string(), nextStep: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;

export const Ping = z.object({ pid: z.number(), build: z.string() });

export const ControlPlaneAnswer = z.object({ endpoint: z.string(), caBase64: z.string(), token: z.string(), kubeconfigPath: z.string() });
/** How to reach a local control plane. `token` is an administrator's. */
export type ControlPlaneAnswer = z.infer<typeof ControlPlaneAnswer>;

export const WorldStatus = z.object({
  supervisor: z.object({ pid: z.number(), startedAt: z.string() }),
  clusters: z.array(z.object({
    name: z.string(), endpoint: z.string(), kubeconfigPath: z.string(), isReady: z.boolean(),
    /** Asked for by the platform, and what really runs. */
    kubernetesVersion: z.string(), actualVersion: z.string(),
    nodes: z.array(z.object({ name: z.string(), isReady: z.boolean() })),
  })),
  argocd: z.object({ hub: z.string(), isRunning: z.boolean() }).optional(),
  flux: z.array(z.object({ cluster: z.string(), isRunning: z.boolean() })).default([]),
  charts: z.object({ url: z.string() }).optional(),
  children: z.array(z.object({ name: z.string(), pid: z.number(), isAlive: z.boolean(), deaths: z.number(), rssMiB: z.number(), log: z.string() })),
});
/** What runs in a local world. */
export type WorldStatus = z.infer<typeof WorldStatus>;
