import { z } from 'zod';
import type { ComponentEntries } from './component-settings.ts';
import { componentSchema } from './component-settings.ts';
import { environmentSettings } from './environment-settings.ts';
import { byText } from './plain-data.ts';
import { platformSettings } from './platform-settings.ts';
import { clusterRegistry, clusterSpecKeys, registeredCluster } from './registry.ts';

/** A JSON Schema document, draft 7, which editors' YAML support understands best. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const componentsSchema = (components: ComponentEntries): z.ZodObject =>
  z.strictObject(Object.fromEntries([...components].sort(([a], [b]) => byText(a, b)).map(([id, entry]) => [id, componentSchema(entry).optional().meta({ description: entry.summary ?? id })])));

/** Draft 7 of a Zod schema; our own metadata becomes part of the description, and defaults of one tier are not shown as everybody's. */
const toDraft7 = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, {
    target: 'draft-7', io: 'input', unrepresentable: 'any', reused: 'inline',
    override: ({ jsonSchema: node }) => {
      const { unit, acting, byTier } = node as { readonly unit?: string; readonly acting?: boolean; readonly byTier?: Readonly<Record<string, unknown>> };
      const notes = [
        ...(unit === undefined ? [] : [`Unit: ${unit}.`]),
        ...(byTier === undefined ? [] : [`Default: ${Object.entries(byTier).map(([tier, value]) => `${tier} ${JSON.stringify(value)}`).join(', ')}.`]),
        ...(acting === false ? ['Accepted; its output comes with a later part of the platform.'] : []),
      ];
      if (notes.length > 0) node.description = [node.description, ...notes].filter((text) => text !== undefined).join(' ');
      if (byTier !== undefined || JSON.stringify(node.default) === '{}') delete node.default;
      for (const key of ['unit', 'acting', 'byTier']) delete (node as Record<string, unknown>)[key];
    },
  }) as JsonSchema;

/**
 * Schema of `configuration/platform.yaml` for editors (`# yaml-language-server: $schema=…`), with the settings of the given
 * components. Pure; the same input gives the same text.
 */
export const platformJsonSchema = (components: ComponentEntries): JsonSchema => {
  const environment = environmentSettings({ name: '<env>', tier: 'dev', domain: '<env>.eks.local' }).extend({
    components: componentsSchema(components).prefault({}).meta({ description: 'Settings per component: `enabled`, and the component\'s own keys.' }),
  });
  return { title: 'configuration/platform.yaml', ...toDraft7(platformSettings.extend({ envs: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,15}$/), environment).meta({ description: 'The environments by name.' }) })) };
};

/** Schema of `configuration/clusters/*.yaml` for editors. Pure. */
export const registryJsonSchema = (components: ComponentEntries): JsonSchema => {
  const spec = clusterSpecKeys.extend({ components: componentsSchema(components).optional() });
  const cluster = registeredCluster.extend({ spec: spec.optional().meta({ description: 'What differs from the environment.' }) });
  const registry = clusterRegistry.extend({ spec: z.strictObject({ clusters: z.array(cluster).default([]).meta({ description: 'The clusters.' }) }) });
  return { title: 'configuration/clusters/*.yaml', ...toDraft7(registry) };
};
