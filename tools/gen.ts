/**
 * Makes what is generated: the Terraform bindings and the joined packages (not committed, stamped by the hash of their inputs) and the
 * registry of components. A run with nothing to do takes a few milliseconds. Usage: npm run gen
 */
import { generateBindings } from './gen-bindings.ts';
import { generatePackages } from './gen-packages.ts';
import { genRegistry } from './gen-registry.ts';

const done = [await generateBindings(), await generatePackages(), ...(genRegistry() ? ['registry: src/components/registry.ts is new'] : [])];
for (const line of done) console.log(line);
