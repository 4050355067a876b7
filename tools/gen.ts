/**
 * Makes what is generated and not committed. Each step is stamped by the hash of its inputs, so that a run with nothing
 * to do takes a few milliseconds. Usage: npm run gen
 */
import { generateBindings } from './gen-bindings.ts';

const done = [await generateBindings()];
for (const line of done) console.log(line);
