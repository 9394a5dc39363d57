// A cell of a table as the text that files and searches have of it.

export function cellString(cell: unknown): string {
  switch (typeof cell) {
    case 'string':
      return cell;
    case 'number':
      return Object.is(cell, -0) ? '-0' : String(cell);
    case 'undefined':
      return '';
    case 'object':
      if (cell === null) return '';
      if (cell instanceof Date) return dateString(cell);
      return JSON.stringify(jsonReady(cell)) ?? '';
    default:
      return String(cell);
  }
}

/** A day when it is midnight in UTC, else a time; both as ISO 8601 has them. */
export function dateString(date: Date, dayOnly = date.getTime() % 86_400_000 === 0): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  const text = date.toISOString();
  return dayOnly ? text.slice(0, -14) : text.replace('.000Z', 'Z');
}

/**
 * A stored value as JSON can have it. What JSON has no word for is written as text or as a list; nothing is
 * left out but `undefined`, which JSON has nowhere but as null in lists.
 */
export function jsonReady(value: unknown): unknown {
  switch (typeof value) {
    case 'bigint':
      return String(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      return value === null ? null : objectReady(value);
    default:
      return value;
  }
}

function objectReady(value: object): unknown {
  if (Array.isArray(value)) return Array.from(value as unknown[], jsonReady);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Map) return Array.from(value, ([key, item]) => [jsonReady(key), jsonReady(item)]);
  if (value instanceof Set) return Array.from(value, jsonReady);
  if (value instanceof ArrayBuffer) return Array.from(new Uint8Array(value));
  if (value instanceof DataView)
    return Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, jsonReady);
  if (value instanceof RegExp) return String(value);
  if (value instanceof Error) return { name: value.name, message: value.message };
  const ready: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) ready[key] = jsonReady(item);
  return ready;
}
