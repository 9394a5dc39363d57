// Is a value what its JSON says, and nothing more?

import type { Json } from './document.ts';

/** The value, where writing it as JSON and reading that gives the same; undefined for dates, maps, NaN, holes and the like. */
export function exactJson(value: unknown, depth = 0): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : undefined;
  if (typeof value !== 'object' || depth > 100) return undefined;
  if (Array.isArray(value)) {
    const items = Array.from(value, (item: unknown) => exactJson(item, depth + 1));
    return items.includes(undefined) ? undefined : (items as Json[]);
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const fields: Record<string, Json> = {};
  for (const [name, field] of Object.entries(value)) {
    const json = name === '__proto__' ? undefined : exactJson(field, depth + 1);
    if (json === undefined) return undefined;
    fields[name] = json;
  }
  return fields;
}
