import { expect, it } from 'vitest';
import { catalogFacts } from '../../src/compile/catalog-facts.ts';
import { resolve } from '../../src/compile/compile.ts';
import { components } from '../../src/components/registry.ts';
import { knownKind, type KubeSchema } from '../../src/verify/kubernetes/schema-store.ts';
import { environmentNames, filesOf, platformOf } from '../fixtures/everything.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of list items that the API server would add to an object. Argo CD compares lists whole, so each of them is a difference for ever. */
const unsaid = (schema: KubeSchema, value: unknown, path: string, isItem = false): readonly string[] => {
  if (Array.isArray(value)) return schema.items ? value.flatMap((item, i) => unsaid(schema.items ?? {}, item, `${path}[${i}]`, true)) : [];
  if (!isRecord(value)) return [];
  const { additionalProperties: more } = schema;
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, below]) => {
      if (name in value) return unsaid(below, value[name], `${path}.${name}`, isItem);
      return isItem && below.default !== undefined ? [`${path}.${name}: ${JSON.stringify(below.default)}`] : [];
    }),
    ...(isRecord(more) ? Object.entries(value).flatMap(([name, item]) => unsaid(more, item, `${path}.${name}`, isItem)) : []),
  ];
};

it('finds what is left out of a list item, and only there', () => {
  const schema: KubeSchema = { properties: { kind: { default: 'A' }, list: { items: { properties: { mode: { default: 'Always' }, name: {}, deep: { properties: { x: { default: 1 } } } } } } } };
  expect(unsaid(schema, { list: [{ name: 'a' }, { mode: 'Never', deep: {} }] }, 'spec')).toEqual(['spec.list[0].mode: "Always"', 'spec.list[1].deep.x: 1']);
});

it('custom resources say every default of their list items, with everything on in every environment', () => {
  const { value } = resolve({ files: filesOf(environmentNames, platformOf(environmentNames, 'on')), lock: undefined, components, facts: catalogFacts() });
  const releases = (value?.plan.environments ?? []).flatMap(({ clusters }) => clusters.flatMap((cluster) => cluster.components.flatMap(({ workload }) => workload.releases)));
  const objects = new Set(releases.flatMap((release) => (release.kind === 'manifests' ? [...release.manifests, ...release.clusterManifests] : [])));
  expect(objects.size).toBeGreaterThan(100);
  const found = [...objects].flatMap((object) => {
    const known = knownKind(object.apiVersion, object.kind);
    return known?.custom ? unsaid(known.schema, object, `${object.kind}/${object.metadata.name}`) : [];
  });
  expect([...new Set(found)].sort()).toEqual([]);
});
