// A JSON Schema that a config fits, as a start for one that says more.

import type { Json } from '../document.ts';

/** Of an object; everything in it may be left out. */
export function inferConfigSchema(config: Json): Json {
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    return { type: 'object', properties: {}, additionalProperties: false };
  return schemaOf(config);
}

function schemaOf(value: Json): Json {
  if (value === null) return {};
  if (Array.isArray(value)) {
    const entries: readonly Json[] = value;
    const schemas = entries.map(schemaOf);
    const [first] = schemas;
    const isUniform = schemas.every((schema) => JSON.stringify(schema) === JSON.stringify(first));
    return { type: 'array', items: first !== undefined && isUniform ? first : {} };
  }
  if (typeof value === 'object')
    return {
      type: 'object',
      properties: Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, schemaOf(entry)])),
      additionalProperties: false,
    };
  return { type: typeof value === 'number' ? 'number' : typeof value };
}
