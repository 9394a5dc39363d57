// The content of a bundle: a row of parts, each a tag, a header in JSON and bytes, with their lengths.

import { z } from 'zod';
import { err, ok, type Result } from '#base/result.ts';
import type { Json } from '#model/document.ts';
import type { MetadataType } from '#model/events.ts';
import { openStoredValue } from '#model/values/stored-value.ts';
import type { ShareBundle, SharedFile, SharedResult, SharedValue } from './bundle-types.ts';

z.config({ jitless: true });

const Tag = { document: 1, file: 2, value: 3, results: 4 } as const;
/** The most text, of the project or of results: what is read and judged in a second or two. */
export const maxShareText = 8 * 1024 * 1024;
const maxParts = 100_000;
const maxHeader = 64 * 1024;
const lengthsBytes = 9;

interface Part {
  readonly tag: number;
  readonly header: Uint8Array;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const nothing = new Uint8Array(0);
const jsonBytes = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));

/** Equal bundles give equal bytes. */
export function encodeContent(bundle: ShareBundle): Uint8Array<ArrayBuffer> {
  const { documentText, files = [], values = [], results } = bundle;
  const parts: Part[] = [
    { tag: Tag.document, header: nothing, bytes: encoder.encode(documentText) },
    ...files.map(({ path, bytes }) => ({ tag: Tag.file, header: jsonBytes({ path }), bytes })),
    ...values.map(({ key, isSample, bytes }) => ({
      tag: Tag.value,
      header: jsonBytes({ key, isSample }),
      bytes,
    })),
    ...(results ? [{ tag: Tag.results, header: nothing, bytes: jsonBytes(results) }] : []),
  ];
  const content = new Uint8Array(
    parts.reduce((sum, part) => sum + lengthsBytes + part.header.length + part.bytes.length, 0),
  );
  const view = new DataView(content.buffer);
  let at = 0;
  for (const { tag, header, bytes } of parts) {
    view.setUint8(at, tag);
    view.setUint32(at + 1, header.length, true);
    view.setUint32(at + 5, bytes.length, true);
    content.set(header, at + lengthsBytes);
    content.set(bytes, at + lengthsBytes + header.length);
    at += lengthsBytes + header.length + bytes.length;
  }
  return content;
}

/** All of it, or what is wrong with it. The text of the project is not looked into. */
export function decodeContent(content: Uint8Array): Result<ShareBundle, string> {
  try {
    return ok(assembled(readParts(content)));
  } catch (thrown) {
    if (thrown instanceof BadContent) return err(thrown.message);
    throw thrown;
  }
}

/** Ends the reading with an expected failure; it does not leave this file. */
class BadContent extends Error {}

function readParts(content: Uint8Array): Part[] {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const parts: Part[] = [];
  for (let at = 0; at < content.length; ) {
    if (parts.length === maxParts) throw new BadContent('it has too many parts');
    if (at + lengthsBytes > content.length) throw new BadContent('its last part is cut off');
    const bytesAt = at + lengthsBytes + view.getUint32(at + 1, true);
    const end = bytesAt + view.getUint32(at + 5, true);
    if (end > content.length) throw new BadContent('a part of it is longer than it is');
    if (bytesAt - at - lengthsBytes > maxHeader) throw new BadContent('the name of a part is too long');
    parts.push({
      tag: view.getUint8(at),
      header: content.subarray(at + lengthsBytes, bytesAt),
      bytes: content.subarray(bytesAt, end),
    });
    at = end;
  }
  return parts;
}

function assembled(parts: readonly Part[]): ShareBundle {
  const [first, ...others] = parts;
  if (first?.tag !== Tag.document || first.header.length > 0)
    throw new BadContent('it does not begin with a project');
  const files: SharedFile[] = [];
  const values: SharedValue[] = [];
  let results: readonly SharedResult[] | undefined;
  for (const { tag, header, bytes } of others) {
    if (tag === Tag.file) files.push({ ...read(fileHeader, header), bytes });
    else if (tag === Tag.value) {
      checkValue(bytes);
      values.push({ ...read(valueHeader, header), bytes });
    } else if (tag === Tag.results && header.length === 0 && !results) results = readResults(bytes);
    else throw new BadContent('it has a part that does not belong there');
  }
  const named = [files.map(({ path }) => path), values.map(({ key }) => key)];
  if (named.some((names) => new Set(names).size < names.length))
    throw new BadContent('a part stands in it twice');
  return {
    documentText: textOf(first.bytes),
    ...(files.length > 0 ? { files } : {}),
    ...(values.length > 0 ? { values } : {}),
    ...(results ? { results } : {}),
  };
}

const name = z.string().max(10_000);
const fileHeader = z.strictObject({ path: name });
const valueHeader = z.strictObject({ key: name, isSample: z.boolean() });
const metadataType = z.enum([
  'text',
  'url',
  'path',
  'notebook',
  'json',
  'md',
  'float',
  'int',
  'bool',
  'timestamp',
  'dagsterRun',
  'job',
  'asset',
  'table',
  'tableSchema',
  'columnLineage',
  'null',
  'codeReferences',
  'image',
  'chart',
] satisfies MetadataType[]);
const json: z.ZodType<Json> = z.json();
const resultList = z.array(
  z.strictObject({
    key: name,
    timestamp: z.number(),
    durationMs: z.number(),
    codeVersion: name,
    dataVersion: name,
    summary: z
      .strictObject({
        kind: name,
        count: z.number().optional(),
        columns: z.number().optional(),
        text: name.optional(),
      })
      .optional(),
    metadata: z.record(z.string(), z.strictObject({ type: metadataType, value: json })),
  }),
);

// JSON has no undefined: what is optional is left out.
const readResults = (bytes: Uint8Array) => read(resultList, bytes) as readonly SharedResult[];

function read<T>(schema: z.ZodType<T>, bytes: Uint8Array): T {
  if (bytes.length > maxShareText) throw new BadContent('a part of it is too long');
  const text = textOf(bytes);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new BadContent('a part of it is no JSON');
  }
  checkJson(raw);
  const parsed = maybeParsed(schema, raw);
  if (!parsed) throw new BadContent('more is wrong with a part of it than can be listed');
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadContent(`a part of it has another shape at “${issue?.path.map(String).join('.')}”`);
}

// Zod hands problems on as arguments of one call: a hundred thousand of them are more than the stack takes.
function maybeParsed<T>(schema: z.ZodType<T>, raw: unknown) {
  try {
    return schema.safeParse(raw);
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

const maxDepth = 100;

/** JSON.parse takes any depth and makes own `__proto__` keys. */
function checkJson(root: unknown): void {
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, depth } = item;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > maxDepth) throw new BadContent('a part of it is nested too deep');
    if (Object.hasOwn(value, '__proto__')) throw new BadContent('a key in it is called “__proto__”');
    for (const child of Object.values(value)) stack.push({ value: child, depth: depth + 1 });
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BadContent('a text in it is not UTF-8');
  }
}

function checkValue(bytes: Uint8Array): void {
  try {
    openStoredValue(bytes);
  } catch {
    throw new BadContent('a value in it is none');
  }
}
