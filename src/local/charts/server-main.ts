/** Program of the chart mirror, started by the supervisor: `server-main.ts <directory> <port>`. Runs until it is stopped. */
import { serveCharts } from './server.ts';

const [directory, port] = process.argv.slice(2);
if (!directory || !port) throw new Error('usage: server-main.ts <directory> <port>');
const { url } = await serveCharts(directory, Number(port));
process.stdout.write(`charts of ${directory} at ${url}\n`);
