import { createServer } from 'node:net';

function onePort(): Promise<{ port: number; release: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port was given'));
      else resolve({ port: address.port, release: () => new Promise((done) => { server.close(() => done()); }) });
    });
  });
}

/** Distinct loopback ports that nobody listens on now. All are held until all are known. */
export async function freePorts<K extends string>(names: readonly K[]): Promise<Record<K, number>> {
  const held = await Promise.all(names.map(async (name) => [name, await onePort()] as const));
  await Promise.all(held.map(([, { release }]) => release()));
  return Object.fromEntries(held.map(([name, { port }]) => [name, port])) as Record<K, number>;
}

/** Whether something listens on a loopback port now. */
export const isTaken = (port: number): Promise<boolean> => new Promise((resolve) => {
  const server = createServer();
  server.once('error', () => resolve(true));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
});
