// Reading a project file: all of it or nothing, with every problem named. Evaluates nothing.

import { err, ok, type Result } from '#base/result.ts';
import type {
  Asset,
  Check,
  CodeAsset,
  ColumnSchema,
  CsvOptions,
  DataFile,
  FileAsset,
  Group,
  KeptBodies,
  KeptBody,
  KeptUnitBody,
  Note,
  ObservableAsset,
  OpNode,
  OutputAsset,
  ProjectDocument,
  Resource,
  Unit,
} from './document.ts';
import { DOCUMENT_FORMAT, DOCUMENT_VERSION } from './document.ts';
import { type DocumentFile, documentFileSchema } from './document-schema.ts';
import { asAssetId, asCheckId, asNoteId, asUnitId } from './ids.ts';

export const maxDocumentBytes = 256 * 1024 * 1024;
const maxDepth = 200;

export type DocumentProblem =
  | { readonly type: 'NotJson'; readonly detail: string }
  | { readonly type: 'NotAProject' }
  | { readonly type: 'TooLarge'; readonly bytes: number }
  | { readonly type: 'NewerVersion'; readonly found: number; readonly known: number }
  | { readonly type: 'WrongShape'; readonly at: string; readonly detail: string }
  | { readonly type: 'DuplicateId'; readonly id: string }
  | { readonly type: 'MissingFile'; readonly key: string; readonly path: string }
  | { readonly type: 'MissingUnit'; readonly key: string };

/** Reads a file's text. On refusal, every problem found. */
export function parseDocument(text: string): Result<ProjectDocument, readonly DocumentProblem[]> {
  if (text.length > maxDocumentBytes) return err([{ type: 'TooLarge', bytes: text.length }]);
  let raw: unknown;
  try {
    raw = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (thrown) {
    return err([{ type: 'NotJson', detail: thrown instanceof Error ? thrown.message : String(thrown) }]);
  }
  if (typeof raw !== 'object' || raw === null || (raw as { format?: unknown }).format !== DOCUMENT_FORMAT)
    return err([{ type: 'NotAProject' }]);
  const version = (raw as { version?: unknown }).version;
  if (typeof version === 'number' && version > DOCUMENT_VERSION)
    return err([{ type: 'NewerVersion', found: version, known: DOCUMENT_VERSION }]);
  const hostile = hostileShape(raw);
  if (hostile) return err([hostile]);
  const parsed = maybeRead(raw);
  if (!parsed)
    return err([{ type: 'WrongShape', at: 'the file', detail: 'more is wrong with it than can be listed' }]);
  if (!parsed.success)
    return err(
      parsed.error.issues.slice(0, 100).map((issue) => ({
        type: 'WrongShape',
        at: issue.path.map(String).join('.') || 'the file',
        detail: issue.message,
      })),
    );
  return fromFile(withProtoKeys(parsed.data, raw));
}

// Zod hands problems on as arguments of one call: a hundred thousand of them are more than the stack takes.
function maybeRead(raw: object): ReturnType<typeof documentFileSchema.safeParse> | undefined {
  try {
    return documentFileSchema.safeParse(raw);
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** Fields that hold whatever JSON their writers please, keys called `__proto__` included. */
const freeFields: ReadonlySet<string> = new Set(['metadata', 'config', 'configSchema', 'template']);

// JSON.parse takes any depth and makes own `__proto__` keys; outside of free JSON, what walks the data later must
// not meet them.
function hostileShape(root: unknown): DocumentProblem | undefined {
  const stack: { value: unknown; depth: number; isFree: boolean }[] = [
    { value: root, depth: 0, isFree: false },
  ];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, depth, isFree } = item;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > maxDepth)
      return { type: 'WrongShape', at: 'the file', detail: `nested more than ${maxDepth} deep` };
    if (!isFree && Object.hasOwn(value, '__proto__'))
      return { type: 'WrongShape', at: 'the file', detail: 'a key is called “__proto__”' };
    for (const [key, child] of Object.entries(value))
      stack.push({ value: child, depth: depth + 1, isFree: isFree || freeFields.has(key) });
  }
  return undefined;
}

/** Puts the keys called `__proto__` back, which the schema passes over: own keys, as they were in the file. */
function withProtoKeys<T>(parsed: T, raw: unknown): T {
  if (typeof raw !== 'object' || raw === null || typeof parsed !== 'object' || parsed === null) return parsed;
  for (const [key, value] of Object.entries(raw))
    if (key !== '__proto__') withProtoKeys((parsed as Record<string, unknown>)[key], value);
    else Object.defineProperty(parsed, key, { value, enumerable: true, configurable: true, writable: true });
  return parsed;
}

function fromFile(file: DocumentFile): Result<ProjectDocument, readonly DocumentProblem[]> {
  const problems: DocumentProblem[] = [];
  const table = <K extends string, T>(records: readonly T[], idOf: (record: T) => K): Map<K, T> => {
    const map = new Map<K, T>();
    for (const record of records) {
      if (map.has(idOf(record))) problems.push({ type: 'DuplicateId', id: idOf(record) });
      map.set(idOf(record), record);
    }
    return map;
  };
  const files = table(
    (file.files ?? []).map((entry) => defined<DataFile>(entry)),
    (entry) => entry.path,
  );
  const assets = table(file.assets.map(assetFromFile), (asset) => asset.id);
  for (const asset of assets.values())
    if (asset.kind === 'file' && !files.has(asset.path))
      problems.push({ type: 'MissingFile', key: asset.key, path: asset.path });
  const units = table((file.units ?? []).map(unitFromFile), (unit) => unit.id);
  for (const asset of assets.values())
    if (asset.kind === 'output' && !units.has(asset.unit))
      problems.push({ type: 'MissingUnit', key: asset.key });
  const document: ProjectDocument = {
    info: defined({ name: file.name, description: file.description }),
    assets,
    units,
    checks: table(
      (file.checks ?? []).map((check) =>
        defined<Check>({ ...check, id: asCheckId(check.id), body: joined(check.body) }),
      ),
      (check) => check.id,
    ),
    resources: table(
      (file.resources ?? []).map((entry) => defined<Resource>({ ...entry, body: joined(entry.body) })),
      (entry) => entry.key,
    ),
    groups: table(
      (file.groups ?? []).map((group) => defined<Group>(group)),
      (group) => group.name,
    ),
    modules: table(
      (file.modules ?? []).map(({ name, body }) => ({ name, body: joined(body) })),
      (module) => module.name,
    ),
    files,
    notes: table(
      (file.notes ?? []).map((note) => defined<Note>({ ...note, id: asNoteId(note.id) })),
      (note) => note.id,
    ),
  };
  return problems.length > 0 ? err(problems) : ok(document);
}

function assetFromFile(asset: DocumentFile['assets'][number]): Asset {
  const plain = plainAssetFromFile(asset);
  return asset.kept === undefined ? plain : { ...plain, kept: keptFromFile(asset.kept) };
}

type KeptInFile = NonNullable<DocumentFile['assets'][number]['kept']>;

function keptFromFile({ asset, observable, location }: KeptInFile): KeptBodies {
  const body = (of: NonNullable<KeptInFile['asset']>) => defined<KeptBody>({ ...of, body: joined(of.body) });
  return defined<KeptBodies>({
    asset: asset && body(asset),
    observable: observable && body(observable),
    location,
  });
}

function plainAssetFromFile(asset: DocumentFile['assets'][number]): Asset {
  const id = asAssetId(asset.id);
  if (asset.kind === 'asset') return defined<CodeAsset>({ ...asset, id, body: joined(asset.body) });
  if (asset.kind === 'file')
    return defined<FileAsset>({
      ...asset,
      id,
      schema: asset.schema?.map((column) => defined<ColumnSchema>(column)),
      csv: asset.csv && defined<CsvOptions>(asset.csv),
    });
  if (asset.kind === 'observable')
    return defined<ObservableAsset>({ ...asset, id, body: joined(asset.body) });
  if (asset.kind === 'output') return defined<OutputAsset>({ ...asset, id, unit: asUnitId(asset.unit) });
  return defined<Asset>({ ...asset, id });
}

function unitFromFile(unit: NonNullable<DocumentFile['units']>[number]): Unit {
  const id = asUnitId(unit.id);
  if (unit.kind !== 'graph') {
    const kept = unit.kept && defined<KeptUnitBody>({ ...unit.kept, body: joined(unit.kept.body) });
    return defined<Unit>({ ...unit, id, kept, body: joined(unit.body) });
  }
  return defined<Unit>({
    ...unit,
    id,
    ops: unit.ops.map((op) => defined<OpNode>({ ...op, body: joined(op.body) })),
  });
}

const joined = (text: string | readonly string[]): string =>
  typeof text === 'string' ? text : text.join('\n');

// The schema's optional fields come as `undefined`; a record has them or it does not.
function defined<T extends object>(record: { [K in keyof T]: T[K] | undefined } | object): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
