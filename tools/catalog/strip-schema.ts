type Json = unknown;
type Schema = Readonly<Record<string, Json>>;

const isRecord = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);
const prose = new Set(['description', 'title', 'example', 'examples', 'externalDocs', 'x-kubernetes-group-version-kind']);
const maps = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);
const lists = new Set(['allOf', 'anyOf', 'oneOf']);
const single = new Set(['items', 'additionalProperties', 'not']);

const mapValues = (given: Json): Json => (isRecord(given) ? Object.fromEntries(Object.keys(given).sort().map((key) => [key, stripSchema(given[key])])) : given);

/** A schema without its prose: descriptions, titles and examples go, every rule stays. Keys sorted. Pure. */
export const stripSchema = (given: Json): Json => {
  if (!isRecord(given)) return given;
  const schema: Schema = given;
  const kept: Record<string, Json> = {};
  for (const key of Object.keys(schema).sort()) {
    const value = schema[key];
    if (prose.has(key)) continue;
    if (maps.has(key)) kept[key] = mapValues(value);
    else if (lists.has(key) && Array.isArray(value)) kept[key] = value.map(stripSchema);
    else if (single.has(key)) kept[key] = Array.isArray(value) ? value.map(stripSchema) : stripSchema(value);
    else if (key === '$ref' && typeof value === 'string') kept[key] = value.replace('#/components/schemas/', '#/definitions/');
    else kept[key] = value;
  }
  return kept;
};
