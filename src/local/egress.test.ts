import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { metricsAnswer, serveEgress } from './egress.ts';

const directory = mkdtempSync(join(tmpdir(), 'argoeks-egress-'));
const socketPath = join(directory, 'egress.sock');

/** What an API server does first: a tunnel to a Service. */
const tunnel = (): Promise<Socket> => new Promise((resolve, reject) => {
  const socket = connect(socketPath, () => socket.write('CONNECT metrics-server:443 HTTP/1.1\r\nHost: metrics-server\r\n\r\n'));
  socket.once('data', () => resolve(socket));
  socket.once('error', reject);
});

const secured = async (): Promise<Socket> => {
  const socket = await tunnel();
  return new Promise((resolve, reject) => {
    const tls = connectTls({ socket, rejectUnauthorized: false }, () => resolve(tls));
    tls.once('error', reject);
  });
};

describe('metricsAnswer', () => {
  it('knows the metrics API and nothing else', () => {
    expect(metricsAnswer('/apis/metrics.k8s.io/v1beta1?timeout=5s')).toMatchObject({ kind: 'APIResourceList' });
    expect(metricsAnswer('/apis/metrics.k8s.io/v1beta1/nodes')).toMatchObject({ kind: 'NodeMetricsList', items: [] });
    expect(metricsAnswer('/api/v1/pods')).toBeUndefined();
  });
});

describe('serveEgress', () => {
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('closes while tunnels are open: idle ones, half-made requests, and peers that are gone already', async () => {
    const egress = await serveEgress(socketPath);
    const idle = await tunnel();
    const half = await secured();
    half.write('GET / HTTP/1.1\r\n');
    (await tunnel()).destroy();
    const ended = [idle, half].map((socket) => new Promise<void>((resolve) => { socket.on('error', () => undefined).once('close', () => resolve()); }));
    await egress.close();
    await Promise.all(ended);
    expect(existsSync(socketPath)).toBe(false);
  });
});
