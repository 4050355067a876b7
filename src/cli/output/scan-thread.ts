/** Second thread of `startScan`: looks at the disk and posts what it found. */
import { parentPort, workerData } from 'node:worker_threads';
import { readCache } from './cache.ts';
import { scan } from './scan.ts';

const directory = String(workerData);
parentPort?.postMessage(scan(directory, readCache(directory)));
