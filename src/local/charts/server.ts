import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ociRegistry } from './oci.ts';

/**
 * Serves the files below `directory` on the loopback interface: the chart mirror of the local platform, as a chart repository and as an OCI
 * registry. Port 0 picks a free one.
 * Only GET and HEAD; nothing outside the directory. Effects: listens on 127.0.0.1 until closed.
 */
export const serveCharts = (directory: string, port: number): Promise<{ readonly server: Server; readonly url: string }> => {
  const root = normalize(directory);
  const registry = ociRegistry(root);
  const server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname.startsWith('/v2/')) {
        const answer = await registry(pathname);
        if (!answer) return void response.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
        response.writeHead(200, { 'content-type': answer.type, 'content-length': answer.body.length, ...(answer.digest === '' ? {} : { 'docker-content-digest': answer.digest }) });
        return void response.end(request.method === 'HEAD' ? undefined : answer.body);
      }
      const path = normalize(join(root, decodeURIComponent(pathname)));
      const found = path.startsWith(root + sep) ? await stat(path).catch(() => undefined) : undefined;
      if (!found?.isFile()) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-length': found.size, 'content-type': path.endsWith('.yaml') ? 'application/yaml' : 'application/gzip' });
      if (request.method === 'HEAD') return void response.end();
      await pipeline(createReadStream(path), response);
    })().catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      resolve({ server, url: `http://127.0.0.1:${bound}` });
    });
  });
};
