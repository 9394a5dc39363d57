// Metadata values: typed facts about an asset or a materialization (reference §1.7).

import { AssetKey } from '#model/asset-key.ts';
import type { Json } from '#model/document.ts';
import type { MetadataEntries, MetadataEntry, MetadataType } from '#model/events.ts';

/** Anything that metadata accepts: a MetadataValue, or a raw value that coerces to one. */
export type RawMetadataValue =
  | MetadataValue
  | string
  | number
  | boolean
  | null
  | Date
  | AssetKey
  | readonly unknown[]
  | { readonly [key: string]: unknown };

/** Metadata as authors write it: label to value. */
export type RawMetadata = Readonly<Record<string, RawMetadataValue>>;

/** A typed metadata value. Made by the constructors below; a raw value coerces to one. */
export class MetadataValue implements MetadataEntry {
  readonly type: MetadataType;
  readonly value: Json;

  private constructor(type: MetadataType, value: Json) {
    this.type = type;
    this.value = value;
    Object.freeze(this);
  }

  /** Plain text. */
  static text(text: string): MetadataValue {
    return new MetadataValue('text', requireString('text', text));
  }

  /** A link; http, https and mailto only. Throws on any other scheme. */
  static url(url: string): MetadataValue {
    const text = requireString('url', url);
    if (!/^(https?:\/\/|mailto:)/i.test(text) || !URL.canParse(text))
      throw new TypeError(
        `MetadataValue.url takes an http, https or mailto address; got “${text.slice(0, 80)}”.`,
      );
    return new MetadataValue('url', text);
  }

  /** A path on a file system, shown as text. */
  static path(path: string): MetadataValue {
    return new MetadataValue('path', requireString('path', path));
  }

  /** A path to a notebook, shown as text. */
  static notebook(path: string): MetadataValue {
    return new MetadataValue('notebook', requireString('notebook', path));
  }

  /** Any JSON value, shown as a tree. Throws when the value is not JSON. */
  static json(value: unknown): MetadataValue {
    return new MetadataValue('json', toJson(value, 'value', 0));
  }

  /** Markdown; raw HTML in it is shown as text. */
  static md(markdown: string): MetadataValue {
    return new MetadataValue('md', requireString('md', markdown));
  }

  /** A number with a fraction. */
  static float(value: number): MetadataValue {
    return new MetadataValue('float', requireNumber('float', value));
  }

  /** A whole number. Throws when it has a fraction. */
  static int(value: number): MetadataValue {
    if (!Number.isInteger(value))
      throw new TypeError(`MetadataValue.int takes a whole number; got ${String(value)}.`);
    return new MetadataValue('int', value);
  }

  /** True or false. */
  static bool(value: boolean): MetadataValue {
    if (typeof value !== 'boolean') throw new TypeError('MetadataValue.bool takes true or false.');
    return new MetadataValue('bool', value);
  }

  /** A moment: a Date, or seconds since the epoch. Stored as seconds. */
  static timestamp(moment: Date | number): MetadataValue {
    const seconds = moment instanceof Date ? moment.getTime() / 1000 : moment;
    return new MetadataValue('timestamp', requireNumber('timestamp', seconds));
  }

  /** A link to a run, by its id. */
  static dagsterRun(runId: string): MetadataValue {
    return new MetadataValue('dagsterRun', requireString('dagsterRun', runId));
  }

  /** A link to a job, by its name. */
  static job(name: string): MetadataValue {
    return new MetadataValue('job', requireString('job', name));
  }

  /** A link to an asset. A string is a user string. */
  static asset(key: AssetKey | string | readonly string[]): MetadataValue {
    return new MetadataValue('asset', (key instanceof AssetKey ? key : new AssetKey(key)).toString());
  }

  /** Rows of scalars, with an optional schema. */
  static table(table: {
    readonly records: readonly Readonly<Record<string, unknown>>[];
    readonly schema?: unknown;
  }): MetadataValue {
    return new MetadataValue('table', toJson(table, 'table', 0));
  }

  /** The columns of a table: `{ columns: [{ name, type, description, constraints }] }`. */
  static tableSchema(schema: {
    readonly columns: readonly Readonly<Record<string, unknown>>[];
  }): MetadataValue {
    return new MetadataValue('tableSchema', toJson(schema, 'schema', 0));
  }

  /** Column to the upstream columns it comes from: `{ depsByColumn: { col: [{ assetKey, columnName }] } }`. */
  static columnLineage(lineage: {
    readonly depsByColumn: Readonly<Record<string, readonly unknown[]>>;
  }): MetadataValue {
    return new MetadataValue('columnLineage', toJson(lineage, 'lineage', 0));
  }

  /** The absence of a value, said aloud. */
  static null(): MetadataValue {
    return new MetadataValue('null', null);
  }

  /** Where code stands: `[{ filePath, lineNumber, label } | { url, label }]`. */
  static codeReferences(references: readonly Readonly<Record<string, unknown>>[]): MetadataValue {
    return new MetadataValue('codeReferences', toJson(references, 'references', 0));
  }

  /** A PNG or JPEG picture, from its bytes. At most 2 MB. */
  static image(bytes: Uint8Array): MetadataValue {
    const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
    const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
    if (!isPng && !isJpeg) throw new TypeError('MetadataValue.image takes the bytes of a PNG or a JPEG.');
    if (bytes.length > 2 * 1024 * 1024) throw new TypeError('MetadataValue.image takes at most 2 MB.');
    return new MetadataValue('image', {
      mediaType: isPng ? 'image/png' : 'image/jpeg',
      base64: toBase64(bytes),
    });
  }

  /** A Vega-Lite-like specification whose data stands inside it. */
  static chart(spec: Readonly<Record<string, unknown>>): MetadataValue {
    return new MetadataValue('chart', toJson(spec, 'chart', 0));
  }
}

/** Turns a raw value into a metadata entry, by the reference's order. Throws when no type fits. */
export function coerceMetadataValue(raw: unknown, label: string): MetadataEntry {
  if (raw instanceof MetadataValue) return { type: raw.type, value: raw.value };
  if (typeof raw === 'string') return { type: 'text', value: raw };
  if (typeof raw === 'boolean') return { type: 'bool', value: raw };
  if (typeof raw === 'number')
    return { type: Number.isInteger(raw) ? 'int' : 'float', value: jsonNumber(raw) };
  if (raw === null) return { type: 'null', value: null };
  if (raw instanceof AssetKey) return { type: 'asset', value: raw.toString() };
  if (raw instanceof Date) return { type: 'timestamp', value: raw.getTime() / 1000 };
  if (typeof raw === 'object') return { type: 'json', value: toJson(raw, label, 0) };
  throw new TypeError(
    `Metadata “${label}” cannot be ${raw === undefined ? 'undefined' : `a ${typeof raw}`}.`,
  );
}

/** Coerces each value of a metadata object; the error names the label. */
export function coerceMetadata(raw: RawMetadata | undefined): MetadataEntries | undefined {
  if (raw === undefined) return undefined;
  const entries: Record<string, MetadataEntry> = Object.create(null);
  for (const label of Object.keys(raw)) entries[label] = coerceMetadataValue(raw[label], label);
  return { ...entries };
}

// A float that JSON cannot hold travels as its name.
const jsonNumber = (value: number): Json => (Number.isFinite(value) ? value : String(value));

function requireString(name: string, value: unknown): string {
  if (typeof value !== 'string')
    throw new TypeError(`MetadataValue.${name} takes a string; got ${typeof value}.`);
  return value;
}

function requireNumber(name: string, value: unknown): Json {
  if (typeof value !== 'number')
    throw new TypeError(`MetadataValue.${name} takes a number; got ${typeof value}.`);
  return jsonNumber(value);
}

const maxDepth = 100;

function toJson(value: unknown, path: string, depth: number): Json {
  if (depth > maxDepth) throw new TypeError(`Metadata at ${path} is nested more than ${maxDepth} deep.`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return jsonNumber(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item, i) => toJson(item, `${path}[${i}]`, depth + 1));
  if (typeof value === 'object') {
    if (holdsUnseen(value))
      throw new TypeError(
        `Metadata at ${path} cannot hold a ${value.constructor.name}: JSON would lose what is in it.`,
      );
    const entries: [string, Json][] = [];
    for (const key of Object.keys(value)) {
      const item = (value as Record<string, unknown>)[key];
      if (item !== undefined) entries.push([key, toJson(item, `${path}.${key}`, depth + 1)]);
    }
    return Object.fromEntries(entries);
  }
  throw new TypeError(
    `Metadata at ${path} cannot hold ${value === undefined ? 'undefined' : `a ${typeof value}`}.`,
  );
}

/** A Map, a Set, a RegExp and their like keep nothing in properties; the bytes of a view are no list. */
const holdsUnseen = (value: object): boolean =>
  ArrayBuffer.isView(value) ||
  (Object.keys(value).length === 0 &&
    ![Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null));

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += base64Digits[word >> 18]! + base64Digits[(word >> 12) & 63]!;
    text += i + 1 < bytes.length ? base64Digits[(word >> 6) & 63]! : '=';
    text += i + 2 < bytes.length ? base64Digits[word & 63]! : '=';
  }
  return text;
}
