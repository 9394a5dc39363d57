// Objects of Zod as JSON Schema: what `.extend`, `.pick` and the like make of one.

import type { Json } from '../document.ts';

export type SchemaFields = Readonly<Record<string, Json>>;

/** The fields of an object, and which of them must be given. */
export interface Shape {
  readonly properties: ReadonlyMap<string, Json>;
  readonly required: ReadonlySet<string>;
}

export const objectSchema = ({ properties, required }: Shape, additionalProperties?: Json): SchemaFields => ({
  type: 'object',
  properties: Object.fromEntries(properties),
  ...(required.size > 0 ? { required: [...properties.keys()].filter((name) => required.has(name)) } : {}),
  ...(additionalProperties === undefined ? {} : { additionalProperties }),
});

/** The shape of a schema; undefined when it is no object with fields of its own. */
export function shapeOf({ type, properties, required }: SchemaFields): Shape | undefined {
  if (type !== 'object' || typeof properties !== 'object' || properties === null || Array.isArray(properties))
    return undefined;
  return {
    properties: new Map(Object.entries(properties)),
    required: new Set(Array.isArray(required) ? required.map(String) : []),
  };
}

/** The later one's fields stand in for those of the first. */
export function joinShapes(first: Shape, later: Shape): Shape {
  const required = [...first.required].filter((name) => !later.properties.has(name));
  return {
    properties: new Map([...first.properties, ...later.properties]),
    required: new Set([...required, ...later.required]),
  };
}

/** The fields for which `isKept` holds. */
export const shapeWith = ({ properties, required }: Shape, isKept: (name: string) => boolean): Shape => ({
  properties: new Map([...properties].filter(([name]) => isKept(name))),
  required: new Set([...required].filter(isKept)),
});

/** With those fields left to the giver for which `isFree` holds. */
export const looseShape = ({ properties, required }: Shape, isFree: (name: string) => boolean): Shape => ({
  properties,
  required: new Set([...required].filter((name) => !isFree(name))),
});
