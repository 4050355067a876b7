/** Program of the supervisor: `supervisor-main.ts <world directory>`, started by `ensureSupervisor`. Runs until it is told to end. */
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { LocalFailure, messageOf } from './failure.ts';
import { tryLock } from './file-lock.ts';
import { buildId } from './process/client.ts';
import { methods, type Answer, type Method } from './process/protocol.ts';
import { layout } from './process/state.ts';
import { log, Supervisor } from './process/supervisor.ts';

const [worldDir] = process.argv.slice(2);
if (!worldDir) throw new Error('usage: supervisor-main.ts <world directory>');

// Another one was faster: it serves the same world.
if (!tryLock(layout.lock(worldDir))) process.exit(0);

const build = buildId();
const supervisor = new Supervisor(worldDir);

/** What a method does once its input is known to be right. */
const handlers: { readonly [M in Method]: (input: unknown) => Promise<unknown> } = {
  ping: async () => ({ pid: process.pid, build }),
  setTools: async (input) => supervisor.setTools(methods.setTools.parse(input).tools),
  ensureControlPlane: async (input) => {
    const { cluster, kubernetesVersion } = methods.ensureControlPlane.parse(input);
    return supervisor.ensureControlPlane(cluster, kubernetesVersion);
  },
  removeControlPlane: async (input) => supervisor.removeControlPlane(methods.removeControlPlane.parse(input).cluster),
  ensureArgoCd: async (input) => supervisor.ensureArgoCd(methods.ensureArgoCd.parse(input).hub),
  ensureFlux: async (input) => supervisor.ensureFlux(methods.ensureFlux.parse(input).cluster),
  ensureGit: async () => supervisor.ensureGit(),
  ensureCharts: async (input) => supervisor.ensureCharts(methods.ensureCharts.parse(input).directory),
  refreshApplications: async () => supervisor.refreshApplications(),
  createNodes: async (input) => {
    const { cluster, nodes } = methods.createNodes.parse(input);
    await supervisor.createNodes(cluster, nodes);
  },
  deleteNodes: async (input) => {
    const { cluster, names } = methods.deleteNodes.parse(input);
    await supervisor.deleteNodes(cluster, names);
  },
  status: async () => supervisor.status(),
  handOver: async () => supervisor.handOver(),
  shutdown: async () => supervisor.shutdown(),
};

const isMethod = (name: string): name is Method => Object.hasOwn(methods, name);

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
}

async function answer(method: string, request: IncomingMessage): Promise<Answer> {
  try {
    if (!isMethod(method)) throw new Error(`there is no method "${method}"`);
    return { ok: true, value: await handlers[method](await bodyOf(request)) ?? null };
  } catch (error) {
    log(`${method}: ${messageOf(error)}`);
    if (error instanceof LocalFailure) return { ok: false, attempted: error.attempted, reason: error.reason, nextStep: error.nextStep };
    return { ok: false, attempted: method, reason: messageOf(error), nextStep: `read ${layout.log(worldDir ?? '', 'supervisor')}` };
  }
}

const server = createServer((request, response) => {
  const method = (request.url ?? '/').slice(1);
  void answer(method, request).then((said) => {
    const isLast = said.ok && (method === 'shutdown' || method === 'handOver');
    // A successor must find lock and socket free as soon as it hears that this one is done.
    if (isLast) rmSync(layout.lock(worldDir), { force: true });
    response.end(JSON.stringify(said), () => { if (isLast) process.exit(0); });
  });
});
server.requestTimeout = 0;

process.on('unhandledRejection', (error) => log(`unexpected: ${messageOf(error)}`));
// Ending the supervisor politely is a hand-over: `argoeks local down` is what ends the world.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    void supervisor.handOver().finally(() => {
      rmSync(layout.lock(worldDir), { force: true });
      rmSync(supervisor.socketPath, { force: true });
      process.exit(0);
    });
  });
}

rmSync(supervisor.socketPath, { force: true });
await supervisor.recover();
server.listen(supervisor.socketPath, () => log(`supervisor ${process.pid} serves ${worldDir}`));
