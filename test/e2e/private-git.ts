import { request as forward } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../../src/local/pki.ts';

/** A git server that answers nobody without the password, over TLS. */
export interface PrivateGit {
  readonly url: string;
  /** Certificate by which callers know it. */
  readonly cert: string;
  /** Requests so far: those that it refused, and those that it let in. */
  readonly counts: () => { readonly refused: number; readonly admitted: number };
  close(): void;
}

/** Puts TLS and a password in front of a git server. Effects: listens on loopback until closed. */
export const privateGit = async (open: string, username: string, password: string): Promise<PrivateGit> => {
  const { cert, key } = await selfSigned('localhost');
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  let refused = 0;
  let admitted = 0;
  const server: Server = createServer({ cert, key }, (request, response) => {
    if (request.headers.authorization !== expected) {
      refused++;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    admitted++;
    const { authorization: _, ...headers } = request.headers;
    const onward = forward(new URL(request.url ?? '/', open), { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `https://localhost:${port}/platform.git`, cert, counts: () => ({ refused, admitted }), close: () => server.close() };
};
