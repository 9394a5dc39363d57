// Puts together what is to be shared: the project as it is now, and of its values and results what was chosen. What
// an environment value is, nobody here can ask.

import type { WorkspacePort } from '#engine/workspace-port.ts';
import type { ShareBundle, SharedResult, SharedValue } from '#interop/share/bundle-types.ts';
import type { AssetState } from '#model/asset-state.ts';
import type { Asset, ProjectDocument } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId, ProjectId } from '#model/ids.ts';
import { tryDecodeValue } from '#model/values/decode-value.ts';
import { encodeTable, encodeValue } from '#model/values/encode-value.ts';
import { openTable } from '#model/values/table-reader.ts';

export interface ShareChoice {
  readonly values: 'none' | 'sample' | 'all';
  /** Of a sample: how many rows of each table. */
  readonly rows: number;
  readonly results: boolean;
}

export interface ShareSource {
  readonly workspace: WorkspacePort;
  readonly projectId: ProjectId;
  readonly document: ProjectDocument;
  readonly graph: AssetGraph;
  readonly states: ReadonlyMap<AssetId, AssetState>;
}

export interface GatheredBundle {
  readonly bundle: ShareBundle;
  /** Before it is packed. */
  readonly bytes: number;
  /** Keys of assets whose values are lost, or too large for a sample. */
  readonly leftOut: readonly string[];
}

/** Of a value that is no table, or of a table's first rows: more than this is no sample. */
const maxSampleBytes = 256 * 1024;
const maxDecodedBytes = 2 * 1024 * 1024;

/** Rejects with a sentence when a data file of the project cannot be read. */
export async function gatherBundle(source: ShareSource, choice: ShareChoice): Promise<GatheredBundle> {
  const { workspace, projectId, document } = source;
  // What was captured for tests are values, too.
  const documentText = formatDocument(choice.values === 'none' ? withoutTestCases(document) : document);
  const files: { readonly path: string; readonly bytes: Uint8Array }[] = [];
  for (const file of document.files.values()) {
    if (file.data !== undefined) continue;
    const read = await workspace.readFile(projectId, file);
    if (!read.ok) throw new Error(read.error.message);
    files.push({ path: file.path, bytes: read.value });
  }
  const { values, leftOut } = await gatherValues(source, choice);
  const results = choice.results ? resultsOf(source) : undefined;
  const bytes =
    new TextEncoder().encode(documentText).length +
    [...files, ...values].reduce((sum, part) => sum + part.bytes.length, 0);
  return {
    bundle: {
      documentText,
      ...(files.length > 0 ? { files } : {}),
      ...(values.length > 0 ? { values } : {}),
      ...(results ? { results } : {}),
    },
    bytes,
    leftOut,
  };
}

/** The assets keep all else that they have. */
export function withoutTestCases(document: ProjectDocument): ProjectDocument {
  const assets = [...document.assets].map(([id, asset]): [AssetId, Asset] => {
    const { kept, ...own } = asset;
    const bare = own.kind === 'asset' ? withoutOwn(own) : own;
    if (!kept?.asset?.testCases) return [id, kept ? { ...bare, kept } : bare];
    return [id, { ...bare, kept: { ...kept, asset: withoutOwn(kept.asset) } }];
  });
  return { ...document, assets: new Map(assets) };
}

function withoutOwn<T extends { readonly testCases?: unknown }>({
  testCases: _,
  ...rest
}: T): Omit<T, 'testCases'> {
  return rest;
}

/** How many bytes all latest values have, before they are read. */
export const storedBytes = (states: ReadonlyMap<AssetId, AssetState>): number =>
  [...states.values()].reduce((sum, { latest }) => sum + (latest?.value?.length ?? 0), 0);

async function gatherValues(
  { workspace, projectId, document, states }: ShareSource,
  { values: wanted, rows }: ShareChoice,
): Promise<{ readonly values: readonly SharedValue[]; readonly leftOut: readonly string[] }> {
  const values: SharedValue[] = [];
  const leftOut: string[] = [];
  if (wanted === 'none') return { values, leftOut };
  for (const { id, key } of byKey(document)) {
    const ref = states.get(id)?.latest?.value;
    if (!ref) continue;
    const stored = await workspace.valueBytes(projectId, ref);
    const bytes = stored && wanted === 'sample' ? maybeSample(stored, rows) : stored;
    if (bytes) values.push({ key, isSample: bytes !== stored, bytes });
    else leftOut.push(key);
  }
  return { values, leftOut };
}

const byKey = ({ assets }: ProjectDocument) =>
  [...assets.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

/** The first rows of a table, the first items of a list, a small value as it is; the same bytes where that is all. */
export function maybeSample(stored: Uint8Array, rows: number): Uint8Array | undefined {
  const first =
    stored.length <= maxDecodedBytes ? maybeFirstItems(stored, rows) : maybeFirstRows(stored, rows);
  if (!first) return stored.length <= maxSampleBytes ? stored : undefined;
  return first.length <= maxSampleBytes ? first : undefined;
}

function maybeFirstItems(stored: Uint8Array, most: number): Uint8Array | undefined {
  const decoded = tryDecodeValue(stored);
  if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value.length <= most) return undefined;
  const encoded = encodeValue(decoded.value.slice(0, most));
  return encoded.ok ? encoded.value.slice() : undefined;
}

/** Of a table that is too large to be made into objects. */
function maybeFirstRows(stored: Uint8Array, rows: number): Uint8Array | undefined {
  const table = openTable(stored);
  if (!table || table.rowCount <= rows) return undefined;
  const names = table.columns.map(({ name }) => name);
  const columns = names.map((_, index) => table.column(index, 0, rows));
  const encoded = encodeTable(names, columns, rows);
  return encoded.ok ? encoded.value.slice() : undefined;
}

function resultsOf({ document, states }: ShareSource): readonly SharedResult[] {
  return byKey(document).flatMap(({ id, key }): SharedResult[] => {
    const latest = states.get(id)?.latest;
    if (!latest) return [];
    const { timestamp, durationMs, codeVersion, dataVersion, metadata, value } = latest;
    return [
      {
        key,
        timestamp,
        durationMs,
        codeVersion,
        dataVersion,
        ...(value ? { summary: value.summary } : {}),
        metadata,
      },
    ];
  });
}
