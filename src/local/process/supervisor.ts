import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argoCdChildren, prepareArgoCdFiles, prepareHub, waitArgoCd } from '../argocd.ts';
import { accessOf, bringUp, endpointOf } from '../control-plane.ts';
import { serveEgress, type Egress } from '../egress.ts';
import { LocalFailure, messageOf } from '../failure.ts';
import { fluxChild, fluxChildren, fluxControllers, prepareFluxFiles, removeFluxFiles, waitFlux } from '../flux.ts';
import { fluxNamespace, fluxRoot } from '../../units/flux-names.ts';
import { KubeRest, type KubeAccess } from '../kube-rest.ts';
import { isReady, nodeObject, type NodeSpec } from '../nodes.ts';
import { ciliumAgent } from '../players/cilium-agent.ts';
import { conditionReporter } from '../players/conditions.ts';
import { externalSecrets } from '../players/external-secrets.ts';
import { play } from '../players/player.ts';
import { volumes } from '../players/volumes.ts';
import { recipes } from '../tools/recipes.ts';
import { Children } from './children.ts';
import { freePorts, isTaken } from './free-port.ts';
import { rssMiBOf } from './memory.ts';
import type { ControlPlaneAnswer, WorldStatus } from './protocol.ts';
import { layout, readState, writeState, type WorldState } from './state.ts';

const chartServer = join(dirname(dirname(fileURLToPath(import.meta.url))), 'charts', 'server-main.ts');
const gitServer = join(dirname(dirname(fileURLToPath(import.meta.url))), 'git-server-main.ts');
const kubernetesVersion = `v${recipes.find((r) => r.folder === 'kubernetes')?.version ?? ''}`;
const clusterParts = ['kube-scheduler', 'kube-controller-manager', 'kwok', 'kube-apiserver', 'etcd'] as const;

/** Owns all processes of one local world. One runs per world; what it must remember is in the state file. */
export class Supervisor {
  readonly #worldDir: string;
  #state: WorldState;
  readonly #children: Children;
  readonly #clusters = new Map<string, { ready: Promise<void>; rest: KubeRest; stop: AbortController }>();
  #argocd: Promise<void> | undefined;
  #egress: Egress | undefined;
  readonly #startedAt = new Date().toISOString();

  constructor(worldDir: string) {
    this.#worldDir = worldDir;
    const before = readState(worldDir);
    const socketDir = before && existsSync(before.socketDir) ? before.socketDir : mkdtempSync(join(tmpdir(), 'argoeks-'));
    this.#state = before ? { ...before, socketDir } : { version: 1, socketDir, tools: {}, clusters: {}, flux: {}, children: {} };
    this.#save();
    this.#children = new Children({
      get: (name) => this.#state.children[name],
      set: (name, child) => {
        if (child) this.#state.children[name] = child;
        else delete this.#state.children[name];
        this.#save();
      },
    });
  }

  get socketPath(): string {
    return layout.socket(this.#state.socketDir);
  }

  /** Brings everything that the state asks for back; what still runs is adopted. Returns at once. */
  async recover(): Promise<void> {
    this.#egress = await serveEgress(layout.egress(this.#state.socketDir));
    for (const cluster of Object.keys(this.#state.clusters)) this.#start(cluster).catch((error: unknown) => log(messageOf(error)));
    if (this.#state.argocd) this.ensureArgoCd(this.#state.argocd.hub).catch((error: unknown) => log(messageOf(error)));
    for (const cluster of Object.keys(this.#state.flux)) this.ensureFlux(cluster).catch((error: unknown) => log(messageOf(error)));
    if (this.#state.git) this.ensureGit().catch((error: unknown) => log(messageOf(error)));
    if (this.#state.charts) this.ensureCharts(this.#state.charts.directory).catch((error: unknown) => log(messageOf(error)));
  }

  setTools(tools: Readonly<Record<string, string>>): void {
    // Another engine's programs may be running.
    this.#state.tools = { ...this.#state.tools, ...tools };
    this.#save();
  }

  async ensureControlPlane(cluster: string, version: string): Promise<ControlPlaneAnswer> {
    const known = this.#state.clusters[cluster];
    this.#state.clusters[cluster] = known ? { ...known, kubernetesVersion: version }
      : { kubernetesVersion: version, ports: await freePorts(['etcdClient', 'etcdPeer', 'apiserver']) };
    this.#save();
    await this.#start(cluster);
    const state = this.#cluster(cluster);
    const access = await accessOf(this.#worldDir, cluster, state, 'admin');
    return {
      endpoint: access.endpoint, token: access.token, caBase64: Buffer.from(access.caPem, 'utf8').toString('base64'),
      kubeconfigPath: layout.kubeconfig(this.#worldDir, cluster),
    };
  }

  async removeControlPlane(cluster: string): Promise<void> {
    if (this.#state.argocd?.hub === cluster) await this.#stopArgoCd();
    await this.#stopFlux(cluster);
    const running = this.#clusters.get(cluster);
    running?.stop.abort();
    running?.rest.close();
    this.#clusters.delete(cluster);
    for (const part of clusterParts) await this.#children.remove(`${cluster}/${part}`);
    delete this.#state.clusters[cluster];
    this.#save();
    rmSync(layout.cluster(this.#worldDir, cluster), { recursive: true, force: true, maxRetries: 5 });
    rmSync(layout.kubeconfig(this.#worldDir, cluster), { force: true });
  }

  async ensureArgoCd(hub: string): Promise<void> {
    if (this.#state.argocd && this.#state.argocd.hub !== hub) {
      throw new LocalFailure(`Running Argo CD on ${hub}`, `it already runs on ${this.#state.argocd.hub}`, 'run `argoeks local down` first');
    }
    this.#state.argocd ??= {
      hub, redisPassword: randomBytes(24).toString('base64url'),
      ports: await freePorts(['redis', 'repoServer', 'repoMetrics', 'controllerMetrics', 'setsMetrics', 'setsProbe', 'setsWebhook']),
    };
    this.#save();
    this.#argocd ??= this.#bringUpArgoCd(hub);
    try {
      await this.#argocd;
    } catch (error) {
      this.#argocd = undefined;
      throw error;
    }
  }

  /** Runs Flux' controllers against a cluster, whose definitions its chart has brought. */
  async ensureFlux(cluster: string): Promise<void> {
    this.#state.flux[cluster] ??= { ports: await freePorts(['storage', 'sourceMetrics', 'sourceHealth', 'kustomizeMetrics', 'kustomizeHealth', 'helmMetrics', 'helmHealth']) };
    this.#save();
    await this.#start(cluster);
    const state = this.#state.flux[cluster];
    prepareFluxFiles(this.#worldDir, cluster);
    const specs = fluxChildren({ worldDir: this.#worldDir, cluster, state, tools: this.#state.tools, path: process.env['PATH'] ?? '' });
    for (const spec of specs) await this.#children.ensure(spec);
    await waitFlux(cluster, state, specs, this.#children);
  }

  /** Serves the git remote over HTTP, for those that can't read a folder. */
  async ensureGit(): Promise<{ url: string }> {
    this.#state.git ??= { port: (await freePorts(['git'])).git };
    this.#save();
    await this.#children.ensure({
      name: 'git/server', program: process.execPath, args: [gitServer, join(layout.git(this.#worldDir), 'platform.git'), String(this.#state.git.port)],
      cwd: this.#worldDir, log: layout.log(this.#worldDir, 'git/server'), env: { HOME: this.#worldDir, PATH: process.env['PATH'] ?? '' },
    });
    return { url: `http://127.0.0.1:${this.#state.git.port}/platform.git` };
  }

  async ensureCharts(directory: string): Promise<{ url: string }> {
    this.#state.charts = { directory, port: this.#state.charts?.port ?? (await freePorts(['charts'])).charts };
    this.#save();
    await this.#children.ensure({
      name: 'charts/server', program: process.execPath, args: [chartServer, directory, String(this.#state.charts.port)],
      cwd: this.#worldDir, log: layout.log(this.#worldDir, 'charts/server'), env: { HOME: this.#worldDir, PATH: process.env['PATH'] ?? '' },
    });
    return { url: `http://127.0.0.1:${this.#state.charts.port}` };
  }

  /** Tells Argo CD and Flux to look now instead of at their next round. */
  async refreshApplications(): Promise<void> {
    for (const cluster of Object.keys(this.#state.flux)) await this.#refreshFlux(cluster).catch((error: unknown) => log(messageOf(error)));
    const { argocd } = this.#state;
    if (!argocd) return;
    const base = '/apis/argoproj.io/v1alpha1/namespaces/argocd';
    for (const plural of ['applications', 'applicationsets'] as const) {
      for (const item of await this.#rest(argocd.hub).list(`${base}/${plural}`)) {
        const annotation = plural === 'applications' ? { 'argocd.argoproj.io/refresh': 'normal' } : { 'argocd.argoproj.io/application-set-refresh': 'true' };
        await this.#rest(argocd.hub).merge(`${base}/${plural}/${item.metadata.name}`, { metadata: { annotations: annotation } }).catch((error: unknown) => log(messageOf(error)));
      }
    }
  }

  async #refreshFlux(cluster: string): Promise<void> {
    const repository = `/apis/source.toolkit.fluxcd.io/v1/namespaces/${fluxNamespace}/gitrepositories/${fluxRoot}`;
    await this.#rest(cluster).merge(repository, { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() } } });
  }

  async createNodes(cluster: string, nodes: readonly NodeSpec[]): Promise<void> {
    await this.#start(cluster);
    for (const node of nodes) await this.#rest(cluster).createIfAbsent('/api/v1/nodes', nodeObject(node, kubernetesVersion));
  }

  async deleteNodes(cluster: string, names: readonly string[]): Promise<void> {
    for (const name of names) await this.#rest(cluster).remove(`/api/v1/nodes/${name}`);
  }

  async status(): Promise<WorldStatus> {
    const clusters = await Promise.all(Object.entries(this.#state.clusters).map(async ([name, state]) => {
      const nodes = await this.#clusters.get(name)?.rest.list('/api/v1/nodes').catch(() => undefined);
      return {
        name, endpoint: endpointOf(state), kubeconfigPath: layout.kubeconfig(this.#worldDir, name), isReady: nodes !== undefined,
        kubernetesVersion: state.kubernetesVersion, actualVersion: kubernetesVersion,
        nodes: (nodes ?? []).map((node) => ({ name: node.metadata.name, isReady: isReady(node) })),
      };
    }));
    const children = Object.entries(this.#state.children).map(([name, child]) => {
      const look = this.#children.look(name);
      return { name, pid: child.pid, isAlive: look.alive, deaths: look.deaths, rssMiB: rssMiBOf(child.pid), log: child.log };
    });
    const { argocd, charts } = this.#state;
    const argocdChildren = children.filter((child) => child.name.startsWith('argocd/'));
    return {
      supervisor: { pid: process.pid, startedAt: this.#startedAt }, clusters, children,
      ...(argocd ? { argocd: { hub: argocd.hub, isRunning: argocdChildren.length === 4 && argocdChildren.every((child) => child.isAlive) } } : {}),
      flux: Object.keys(this.#state.flux).map((cluster) => ({ cluster, isRunning: fluxControllers.every((controller) => children.some(({ name, isAlive }) => name === fluxChild(cluster, controller) && isAlive)) })),
      ...(charts ? { charts: { url: `http://127.0.0.1:${charts.port}` } } : {}),
    };
  }

  /** Lets go of everything without ending it. */
  async handOver(): Promise<void> {
    this.#children.close();
    for (const { stop, rest } of this.#clusters.values()) { stop.abort(); rest.close(); }
    await this.#egress?.close();
  }

  /** Ends every process and removes all that the world put on this machine, its own folder included as far as it is ours. */
  async shutdown(): Promise<void> {
    await this.#stopArgoCd();
    for (const cluster of Object.keys(this.#state.flux)) await this.#stopFlux(cluster);
    for (const name of ['charts/server', 'git/server']) await this.#children.remove(name);
    await Promise.all(Object.keys(this.#state.clusters).map((cluster) => this.removeControlPlane(cluster)));
    for (const name of Object.keys(this.#state.children)) await this.#children.remove(name);
    await this.handOver();
    rmSync(this.#state.socketDir, { recursive: true, force: true });
    for (const path of ['clusters', 'argocd', 'flux', 'git', 'logs', 'state.json']) rmSync(join(this.#worldDir, path), { recursive: true, force: true, maxRetries: 5 });
  }

  async #stopArgoCd(): Promise<void> {
    for (const name of Object.keys(this.#state.children).filter((child) => child.startsWith('argocd/'))) await this.#children.remove(name);
    this.#argocd = undefined;
    delete this.#state.argocd;
    this.#save();
    rmSync(layout.argocd(this.#worldDir), { recursive: true, force: true, maxRetries: 5 });
  }

  async #stopFlux(cluster: string): Promise<void> {
    for (const controller of fluxControllers) await this.#children.remove(fluxChild(cluster, controller));
    delete this.#state.flux[cluster];
    this.#save();
    removeFluxFiles(this.#worldDir, cluster);
  }

  async #bringUpArgoCd(hub: string): Promise<void> {
    await this.#start(hub);
    const state = this.#state.argocd;
    if (!state) throw new LocalFailure('Starting Argo CD', 'it was stopped meanwhile', 'run `argoeks local up` again');
    await prepareHub(this.#rest(hub), this.#state.tools, state.redisPassword);
    prepareArgoCdFiles(this.#worldDir, state);
    const specs = argoCdChildren({ worldDir: this.#worldDir, state, tools: this.#state.tools, socketDir: this.#state.socketDir, path: process.env['PATH'] ?? '' });
    for (const spec of specs) await this.#children.ensure(spec);
    await waitArgoCd(state, specs, this.#children);
  }

  /** Starts a control plane once; later callers wait for the same start. A failed start may be tried again. */
  #start(cluster: string): Promise<void> {
    const known = this.#clusters.get(cluster);
    if (known) return known.ready;
    this.#cluster(cluster);
    const stop = new AbortController();
    const rest = new KubeRest(() => accessOf(this.#worldDir, cluster, this.#cluster(cluster)));
    const ready = (async () => {
      await this.#leaveTakenPorts(cluster);
      await bringUp(this.#worldDir, cluster, this.#state, this.#children);
      const report = (line: string): void => log(`${cluster}: ${line}`);
      play([ciliumAgent(), volumes], rest, stop.signal, report, 500);
      play([conditionReporter(), externalSecrets(() => this.#accesses())], rest, stop.signal, report, 1_500);
    })();
    ready.catch(() => this.#clusters.delete(cluster));
    this.#clusters.set(cluster, { ready, rest, stop });
    return ready;
  }

  /** After a reboot others may listen on the ports this cluster had; it gets new ones, unless it is its own programs that listen. */
  async #leaveTakenPorts(cluster: string): Promise<void> {
    if (this.#children.isAlive(`${cluster}/etcd`) || this.#children.isAlive(`${cluster}/kube-apiserver`)) return;
    const state = this.#cluster(cluster);
    const taken = await Promise.all(Object.values(state.ports).map(isTaken));
    if (!taken.includes(true)) return;
    this.#state.clusters[cluster] = { ...state, ports: await freePorts(['etcdClient', 'etcdPeer', 'apiserver']) };
    this.#save();
  }

  async #accesses(): Promise<ReadonlyMap<string, KubeAccess>> {
    return new Map(await Promise.all(Object.entries(this.#state.clusters).map(async ([name, state]) => [name, await accessOf(this.#worldDir, name, state, 'argocd')] as const)));
  }

  #cluster(name: string): WorldState['clusters'][string] {
    const state = this.#state.clusters[name];
    if (!state) throw new LocalFailure(`Using the local cluster ${name}`, 'there is none of that name', `ask for one of: ${Object.keys(this.#state.clusters).join(', ') || '(none yet)'}`);
    return state;
  }

  #rest(cluster: string): KubeRest {
    this.#cluster(cluster);
    const running = this.#clusters.get(cluster);
    if (!running) throw new LocalFailure(`Using the local cluster ${cluster}`, 'it is not running', 'run `argoeks local up` again');
    return running.rest;
  }

  #save(): void {
    writeState(this.#worldDir, this.#state);
  }
}

/** One line of the supervisor's own log. */
export function log(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}
