import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { GitopsEngine } from '../config/gitops-engine.ts';
import { LocalFailure } from './failure.ts';
import { publish, remoteUrl, type Published } from './git-remote.ts';
import type { NodeSpec } from './nodes.ts';
import { call, ensureSupervisor, runningSupervisor } from './process/client.ts';
import { ControlPlaneAnswer, WorldStatus } from './process/protocol.ts';
import { layout } from './process/state.ts';
import { ensureTools, type ToolEvent, type ToolPaths } from './tools.ts';

/** What `openWorld` reports while it works. */
export type WorldEvent = { readonly kind: 'tool'; readonly event: ToolEvent } | { readonly kind: 'note'; readonly text: string };

/**
 * The local platform of one checkout: control planes, nodes, Argo CD. Everything runs under a supervisor that outlives the caller; every
 * method may be repeated. Methods throw LocalFailure: what was attempted, why it failed, the next step.
 */
export interface LocalWorld {
  /** Starts a control plane, or finds it running, and waits until its API is ready (about 4 s). It always runs the pinned Kubernetes version. */
  ensureControlPlane(cluster: string, options: { readonly kubernetesVersion: string }): Promise<ControlPlaneAnswer>;
  /** Ends a control plane and removes its data. */
  removeControlPlane(cluster: string): Promise<void>;
  /** Creates nodes that are absent. They stay NotReady until a Cilium agent pod runs on them. */
  createNodes(cluster: string, nodes: readonly NodeSpec[]): Promise<void>;
  deleteNodes(cluster: string, names: readonly string[]): Promise<void>;
  /** Waits until all these nodes are Ready; the failure names those that are not. */
  waitNodesReady(cluster: string, names: readonly string[], timeoutMs: number): Promise<void>;
  /** Runs Argo CD's controllers against the hub. There is no web interface, so no `serverUrl` yet. */
  ensureArgoCd(hub: string): Promise<{ readonly serverUrl?: string }>;
  /** Runs Flux' controllers against a cluster. */
  ensureFlux(cluster: string): Promise<void>;
  /** Serves the git remote over HTTP as well: Flux takes no `file://` address. */
  ensureGit(): Promise<{ readonly url: string }>;
  /** Serves a folder of charts (`src/local/charts`) on loopback. */
  ensureCharts(directory: string): Promise<{ readonly url: string }>;
  /** Publishes `kubernetes/` of a repository to the local git remote and makes Argo CD look. `replacements` are applied to its YAML files. */
  publish(repoDir: string, replacements?: ReadonlyMap<string, string>): Promise<Published>;
  /** URL of the git remote that `publish` fills; known before the first publication. */
  readonly gitUrl: string;
  status(): Promise<WorldStatus>;
  /** Ends every process and removes ports, sockets, temporary files, keys and data. */
  shutdown(): Promise<void>;
  /** Absolute path of a program: `terraform`, `helm`, `kustomize`, … */
  toolPath(name: string): string;
}

/** Folder of a checkout's local world. Pure. */
export const worldDirOf = (repoDir: string): string => join(resolve(repoDir), '.argoeks', 'local');

const Url = z.object({ url: z.string() });

/** Opens the local world of a checkout: finds or builds the tools and starts the supervisor, which brings back what ran before. */
export async function openWorld({ repoDir, toolsRepoDir = repoDir, engines = ['argocd'], onProgress = () => undefined }: {
  readonly repoDir: string;
  /** Repository whose `local/tools` pins the programs; `repoDir` unless a test says otherwise. */
  readonly toolsRepoDir?: string;
  /** GitOps engines that run in it. */
  readonly engines?: readonly GitopsEngine[];
  readonly onProgress?: (event: WorldEvent) => void;
}): Promise<LocalWorld> {
  const tools = await ensureTools({ repoDir: toolsRepoDir, engines, onProgress: (event) => onProgress({ kind: 'tool', event }) });
  const worldDir = worldDirOf(repoDir);
  mkdirSync(worldDir, { recursive: true, mode: 0o700 });
  let socketPath = await ensureSupervisor(worldDir);
  await call(socketPath, 'setTools', { tools: { ...tools } });
  return world(worldDir, tools, async () => {
    socketPath = await ensureSupervisor(worldDir);
    return socketPath;
  });
}

/** What runs in a checkout, without starting anything. Undefined when no supervisor answers. */
export async function peekWorld(repoDir: string): Promise<WorldStatus | undefined> {
  const running = await runningSupervisor(worldDirOf(repoDir));
  return running && WorldStatus.parse(await call(running.socketPath, 'status', {}));
}

/** Ends the world of a checkout without needing its tools; does nothing when there is none. */
export async function closeWorld(repoDir: string): Promise<void> {
  const worldDir = worldDirOf(repoDir);
  if (!existsSync(layout.state(worldDir))) return;
  // A supervisor that crashed is started again: it alone knows which processes are ours.
  await call(await ensureSupervisor(worldDir), 'shutdown', {});
  rmSync(layout.logs(worldDir), { recursive: true, force: true });
}

function world(worldDir: string, tools: ToolPaths, socket: () => Promise<string>): LocalWorld {
  const status = async (): Promise<WorldStatus> => WorldStatus.parse(await call(await socket(), 'status', {}));
  return {
    gitUrl: remoteUrl(layout.git(worldDir)),
    async ensureControlPlane(cluster, { kubernetesVersion }) {
      return ControlPlaneAnswer.parse(await call(await socket(), 'ensureControlPlane', { cluster, kubernetesVersion }));
    },
    async removeControlPlane(cluster) {
      await call(await socket(), 'removeControlPlane', { cluster });
    },
    async createNodes(cluster, nodes) {
      await call(await socket(), 'createNodes', { cluster, nodes: [...nodes] });
    },
    async deleteNodes(cluster, names) {
      await call(await socket(), 'deleteNodes', { cluster, names: [...names] });
    },
    async waitNodesReady(cluster, names, timeoutMs) {
      for (const until = Date.now() + timeoutMs; ;) {
        const nodes = new Map((await status()).clusters.find((c) => c.name === cluster)?.nodes.map((node) => [node.name, node.isReady]));
        const waiting = names.filter((name) => nodes.get(name) !== true);
        if (waiting.length === 0) return;
        if (Date.now() > until) {
          throw new LocalFailure(`Waiting ${timeoutMs / 1000} s for the nodes of ${cluster}`, `not Ready: ${waiting.join(', ')}`,
            'a node turns Ready once a Cilium agent pod (label k8s-app=cilium in kube-system) runs on it: kubectl get pods -n kube-system -l k8s-app=cilium');
        }
        await sleep(200);
      }
    },
    async ensureArgoCd(hub) {
      await call(await socket(), 'ensureArgoCd', { hub });
      return {};
    },
    async ensureFlux(cluster) {
      await call(await socket(), 'ensureFlux', { cluster });
    },
    async ensureGit() {
      return Url.parse(await call(await socket(), 'ensureGit', {}));
    },
    async ensureCharts(directory) {
      return Url.parse(await call(await socket(), 'ensureCharts', { directory: resolve(directory) }));
    },
    async publish(repoDir, replacements) {
      const published = await publish(resolve(repoDir), layout.git(worldDir), replacements);
      if (published.isNew) await call(await socket(), 'refreshApplications', {});
      return published;
    },
    status,
    async shutdown() {
      await call(await socket(), 'shutdown', {});
    },
    toolPath(name) {
      const path = tools[name];
      if (path === undefined) throw new LocalFailure(`Looking for ${name}`, 'it is none of the local platform\'s programs', `use one of: ${Object.keys(tools).join(', ')}`);
      return path;
    },
  };
}
