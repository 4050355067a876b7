/**
 * Makes what is generated: the Terraform bindings (not committed, stamped by the hash of their inputs) and the registry of
 * components. A run with nothing to do takes a few milliseconds. Usage: npm run gen
 */
import { generateBindings } from './gen-bindings.ts';
import { genRegistry } from './gen-registry.ts';

const done = [await generateBindings(), ...(genRegistry() ? ['registry: src/components/registry.ts is new'] : [])];
for (const line of done) console.log(line);
