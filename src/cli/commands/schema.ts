import { z } from 'zod';
import { components } from '../../components/registry.ts';
import { platformJsonSchema, registryJsonSchema } from '../../config/json-schema.ts';
import { defineCommand } from '../command.ts';

/** `argoeks schema`: for `# yaml-language-server: $schema=…` in editors. */
export const schema = defineCommand({
  name: 'schema',
  summary: 'Prints the JSON Schema of the configuration, for editors.',
  args: z.object({ of: z.enum(['platform', 'registry']).default('platform').meta({ description: 'Which file: platform (platform.yaml) or registry (clusters/*.yaml).' }) }),
  examples: ['argoeks schema > .vscode/platform.schema.json', 'argoeks schema --of registry'],
  run({ of }) {
    const byId = new Map(components.map((component) => [component.id, component]));
    return Promise.resolve({ value: of === 'platform' ? platformJsonSchema(byId) : registryJsonSchema(byId) });
  },
  human: (value) => JSON.stringify(value, null, 2),
});
