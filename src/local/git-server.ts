import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** One line of git's protocol: its length in four hex digits, then the text. Source: git, Documentation/gitprotocol-common, "pkt-line". */
const packet = (text: string): string => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;

const uploadPack = (bare: string, args: readonly string[], request: IncomingMessage) =>
  spawn('git', ['upload-pack', '--stateless-rpc', ...args, bare], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', ...(typeof request.headers['git-protocol'] === 'string' ? { GIT_PROTOCOL: request.headers['git-protocol'] } : {}) },
  });

const headers = (kind: string) => ({ 'content-type': `application/x-git-upload-pack-${kind}`, 'cache-control': 'no-cache' });

async function answer(bare: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'GET' && pathname === '/platform.git/info/refs' && searchParams.get('service') === 'git-upload-pack') {
    const git = uploadPack(bare, ['--advertise-refs'], request);
    git.stdin.end();
    response.writeHead(200, headers('advertisement'));
    response.write(`${packet('# service=git-upload-pack\n')}0000`);
    return pipeline(git.stdout, response);
  }
  if (request.method === 'POST' && pathname === '/platform.git/git-upload-pack') {
    const git = uploadPack(bare, [], request);
    response.writeHead(200, headers('result'));
    const asked = request.headers['content-encoding'] === 'gzip' ? pipeline(request, createGunzip(), git.stdin) : pipeline(request, git.stdin);
    await Promise.all([asked, pipeline(git.stdout, response)]);
    return;
  }
  response.writeHead(404).end();
}

/**
 * Serves one bare repository for reading on the loopback interface, because Flux takes no `file://` address. Source: git, Documentation/gitprotocol-http,
 * "Smart Clients". Effects: listens on 127.0.0.1 until closed; runs `git upload-pack`.
 */
export const serveGit = (bare: string, port: number): Promise<Server> => {
  const server = createServer((request, response) => {
    answer(bare, request, response).catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
};
