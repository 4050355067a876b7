import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { selfSigned } from './pki.ts';

const group = 'metrics.k8s.io';
const version = 'v1beta1';

/**
 * What the simulated metrics API answers: its discovery document, and empty lists, since nothing that could be measured runs.
 * Undefined for every other path. Pure.
 */
export function metricsAnswer(path: string): object | undefined {
  const at = path.split('?')[0] ?? '';
  if (at === `/apis/${group}/${version}`) {
    return {
      kind: 'APIResourceList', apiVersion: 'v1', groupVersion: `${group}/${version}`,
      resources: [
        { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
        { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
      ],
    };
  }
  if (at === `/apis/${group}`) {
    const served = { groupVersion: `${group}/${version}`, version };
    return { kind: 'APIGroup', apiVersion: 'v1', name: group, versions: [served], preferredVersion: served };
  }
  if (!at.startsWith(`/apis/${group}/${version}/`)) return undefined;
  return { kind: at.endsWith('/nodes') ? 'NodeMetricsList' : 'PodMetricsList', apiVersion: `${group}/${version}`, metadata: {}, items: [] };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const found = metricsAnswer(request.url ?? '/');
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(found ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404, reason: 'NotFound', message: 'simulated nodes run no pods' }));
}

/** The way from the API servers to what runs on nodes. */
export interface Egress {
  close(): Promise<void>;
}

/**
 * Stands where the pods behind Services would answer: the API servers send what they want from a Service through this unix socket
 * (HTTP CONNECT). Simulated pods answer nothing, but an aggregated API that is registered and silent would break discovery for the
 * whole cluster, so metrics-server is played here. Effects: the socket.
 */
export async function serveEgress(socketPath: string): Promise<Egress> {
  const { cert, key } = await selfSigned('simulated-service');
  const inner = createTlsServer({ cert, key }, answer);
  const outer = createServer((_request, response) => { response.writeHead(405); response.end(); });
  // A socket that was upgraded is no connection of the HTTP server any more, yet its `close` waits for it.
  const sockets = new Set<Socket>();
  outer.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  outer.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    inner.emit('connection', socket);
  });
  inner.on('tlsClientError', (_error, socket) => socket.destroy());
  rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    outer.once('error', reject);
    outer.listen(socketPath, resolve);
  });
  return {
    async close() {
      const closed = new Promise<void>((resolve) => { outer.close(() => resolve()); });
      for (const socket of sockets) socket.destroy();
      await closed;
      rmSync(socketPath, { force: true });
    },
  };
}
