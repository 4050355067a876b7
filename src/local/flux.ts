import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fluxNamespace } from '../units/flux-names.ts';
import { LocalFailure } from './failure.ts';
import { isTaken } from './process/free-port.ts';
import type { ChildSpec, Children } from './process/children.ts';
import { goMemory } from './process/go-memory.ts';
import { layout, type FluxState } from './process/state.ts';

/** Flux' controllers that run on this machine; notifications have nobody to reach from here. */
export const fluxControllers = ['source-controller', 'kustomize-controller', 'helm-controller'] as const;
type Controller = (typeof fluxControllers)[number];

/** What one cluster's controllers are started with. */
export interface FluxInput {
  readonly worldDir: string;
  readonly cluster: string;
  readonly state: FluxState;
  readonly tools: Readonly<Record<string, string>>;
  /** PATH of the machine. */
  readonly path: string;
}

/** Name of a controller's process. */
export const fluxChild = (cluster: string, controller: string): string => `${cluster}/flux-${controller}`;

/** Creates the folders the controllers use, all inside the world. */
export function prepareFluxFiles(worldDir: string, cluster: string): void {
  for (const name of ['home', 'tmp', 'storage']) mkdirSync(join(layout.flux(worldDir, cluster), name), { recursive: true, mode: 0o700 });
}

/** Removes what the controllers of a cluster kept. */
export const removeFluxFiles = (worldDir: string, cluster: string): void => rmSync(layout.flux(worldDir, cluster), { recursive: true, force: true, maxRetries: 5 });

/** As the chart starts them with `multitenancy.enabled`, but for the pause before a dependency is looked at again: nothing here is worth sparing. */
const reconciling = ['--no-cross-namespace-refs=true', '--default-service-account=default', '--requeue-dependency=1s', '--concurrent=8'] as const;

/** Flux' controllers of one cluster, out of it, listening on loopback only. The kubeconfig stands for the pods' service accounts. Pure. */
export function fluxChildren({ worldDir, cluster, state: { ports }, tools, path }: FluxInput): readonly ChildSpec[] {
  const dir = layout.flux(worldDir, cluster);
  const env = { ...goMemory, PATH: path, HOME: join(dir, 'home'), TMPDIR: join(dir, 'tmp'), KUBECONFIG: layout.kubeconfig(worldDir, cluster), RUNTIME_NAMESPACE: fluxNamespace };
  const controller = (name: Controller, metrics: number, health: number, args: readonly string[]): ChildSpec => ({
    name: fluxChild(cluster, name), program: tools[name] ?? name, cwd: dir, log: layout.log(worldDir, fluxChild(cluster, name)), env,
    args: [`--metrics-addr=127.0.0.1:${metrics}`, `--health-addr=127.0.0.1:${health}`, '--watch-all-namespaces=true', '--log-level=info', '--log-encoding=json', ...args],
  });
  const storage = `127.0.0.1:${ports.storage}`;
  return [
    controller('source-controller', ports.sourceMetrics, ports.sourceHealth, [`--storage-path=${join(dir, 'storage')}`, `--storage-addr=${storage}`, `--storage-adv-addr=${storage}`, '--requeue-dependency=1s', '--concurrent=8']),
    controller('kustomize-controller', ports.kustomizeMetrics, ports.kustomizeHealth, reconciling),
    controller('helm-controller', ports.helmMetrics, ports.helmHealth, reconciling),
  ];
}

/** Waits until the controllers answer. Throws LocalFailure that names the one that does not. */
export async function waitFlux(cluster: string, { ports }: FluxState, specs: readonly ChildSpec[], children: Children, deadlineMs = 60_000): Promise<void> {
  const until = Date.now() + deadlineMs;
  for (const [controller, port] of [['source-controller', ports.sourceHealth], ['kustomize-controller', ports.kustomizeHealth], ['helm-controller', ports.helmHealth]] as const) {
    const name = fluxChild(cluster, controller);
    while (!await isTaken(port)) {
      if (Date.now() > until || children.look(name).deaths >= 5) throw new LocalFailure(`Starting ${name}`, 'it does not listen', `read ${specs.find((spec) => spec.name === name)?.log ?? 'its log'}`);
      await sleep(200);
    }
  }
}
