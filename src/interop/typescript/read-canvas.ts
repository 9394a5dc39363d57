// `canvas.json` as data that is safe to take from: what is not as it should be is passed over.

import type { Json, Point } from '#model/document.ts';

type JsonObject = Readonly<Record<string, Json>>;

export interface CanvasEntry {
  readonly id: string | undefined;
  readonly at: Point | undefined;
  /** Fields that the code does not say. */
  readonly left: JsonObject;
  /** Of units, by output. */
  readonly outputs: Readonly<Record<string, CanvasEntry>>;
}

export interface Canvas {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly groups: readonly JsonObject[];
  readonly notes: readonly JsonObject[];
  readonly files: Readonly<Record<string, JsonObject>>;
  /** What stands beside the definition in a file; empty where nothing does. */
  entry(path: string): CanvasEntry;
}

/** An empty canvas where the text is none. */
export function readCanvas(text: string | undefined): Canvas {
  let raw: Json = null;
  try {
    raw = text === undefined ? null : (JSON.parse(text) as Json);
  } catch {
    // Without it everything is placed anew.
  }
  const canvas = objectOr(raw);
  const definitions = objectOr(canvas.definitions ?? null);
  const files = objectOr(canvas.files ?? null);
  return {
    name: textOr(canvas.name),
    description: textOr(canvas.description),
    groups: listOr(canvas.groups).map(objectOr),
    notes: listOr(canvas.notes).map(objectOr),
    files: Object.fromEntries(Object.entries(files).map(([path, facts]) => [path, objectOr(facts)])),
    entry: (path) => entryOf(Object.hasOwn(definitions, path) ? definitions[path] : undefined),
  };
}

function entryOf(raw: Json | undefined): CanvasEntry {
  const entry = objectOr(raw ?? null);
  const id = textOr(entry.id);
  return {
    id: id !== undefined && /^[\w-]{1,64}$/.test(id) ? id : undefined,
    at: pointOr(entry.at),
    left: objectOr(entry.left ?? null),
    outputs: Object.fromEntries(
      Object.entries(objectOr(entry.outputs ?? null)).map(([name, output]) => [name, entryOf(output)]),
    ),
  };
}

/** A place, where it is one. */
export function pointOr(raw: Json | undefined): Point | undefined {
  const [x, y] = listOr(raw);
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : undefined;
}

const objectOr = (raw: Json): JsonObject =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as JsonObject) : {};
const listOr = (raw: Json | undefined): readonly Json[] => (Array.isArray(raw) ? raw : []);
const textOr = (raw: Json | undefined): string | undefined => (typeof raw === 'string' ? raw : undefined);
