/** Program of the git server, started by the supervisor: `git-server-main.ts <bare repository> <port>`. Runs until it is stopped. */
import { serveGit } from './git-server.ts';

const [bare, port] = process.argv.slice(2);
if (!bare || !port) throw new Error('usage: git-server-main.ts <bare repository> <port>');
await serveGit(bare, Number(port));
process.stdout.write(`${bare} on port ${port}\n`);
