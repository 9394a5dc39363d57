// A data file becomes an asset, or takes the place of another asset's file: bytes first, then one command.

import type { Result } from '#base/result.ts';
import type { ImportedFile, ImportFileError } from '#engine/workspace-port.ts';
import type { ReadOptions } from '#interop/decode-data-file.ts';
import { assetKeyProblem } from '#model/asset-key.ts';
import type { DataFile, DataFormat, FileAsset, Point, ProjectDocument } from '#model/document.ts';
import { type AssetId, asAssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { noticeError } from '#ui/kit/notices.ts';
import type { Services } from '#ui/kit/services.tsx';

export interface NewFile {
  readonly file: File;
  readonly format: DataFormat;
  readonly options: ReadOptions;
}

/** Takes the bytes in. Aborting leaves nothing behind. */
export async function takeFile(
  { workspace, documents, newId }: Services,
  signal: AbortSignal,
  file: File,
  onProgress: (bytes: number) => void,
): Promise<Result<ImportedFile, ImportFileError>> {
  const { projectId } = documents.store.getState();
  if (projectId === undefined) throw new Error('The project is not open any more.');
  const importId = newId();
  const stopListening = workspace.subscribe((event) => {
    if (event.type === 'import-progress' && event.importId === importId) onProgress(event.bytes);
  });
  const cancel = () => void workspace.cancelImport(importId);
  signal.addEventListener('abort', cancel);
  try {
    return await workspace.importFile(projectId, importId, file);
  } finally {
    signal.removeEventListener('abort', cancel);
    stopListening();
  }
}

/** The asset and its file, in one undo step. Answers whether it was done. */
export function addFileAsset(
  { documents, session, newId }: Services,
  { file, format, options }: NewFile,
  taken: ImportedFile,
  key: string,
  position: Point,
): boolean {
  const { document } = documents.store.getState();
  const dataFile: DataFile = { path: freePath(document, file.name, taken.sha256), format, ...taken };
  const asset: FileAsset = {
    id: asAssetId(newId()),
    kind: 'file',
    key,
    position,
    path: dataFile.path,
    ...tidyOptions(options),
  };
  const error = documents.run({ type: 'AddAssets', assets: [asset], files: [dataFile] });
  if (error) {
    noticeError(error);
    return false;
  }
  selectAssets(session, [asset.id], 'data');
  return true;
}

export function replaceFile(
  { documents }: Services,
  id: AssetId,
  { file, format, options }: NewFile,
  taken: ImportedFile,
): boolean {
  const { document } = documents.store.getState();
  const dataFile: DataFile = { path: freePath(document, file.name, taken.sha256, id), format, ...taken };
  const { schema = null, csv = null, badRows = null } = tidyOptions(options);
  const error = documents.run({
    type: 'ReplaceFile',
    id,
    file: dataFile,
    change: { schema, csv, badRows },
  });
  if (error) noticeError(error);
  return error === undefined;
}

/** What is as usual is not written down. */
export function tidyOptions({ schema, csv, badRows }: ReadOptions): ReadOptions {
  const { delimiter, header, decimal, encoding } = csv ?? {};
  const said = {
    ...(delimiter === undefined || delimiter === ',' ? {} : { delimiter }),
    ...(header === false ? { header } : {}),
    ...(decimal === ',' ? { decimal } : {}),
    ...(encoding === 'latin-1' ? { encoding } : {}),
  };
  return {
    ...(schema === undefined ? {} : { schema }),
    ...(Object.keys(said).length === 0 ? {} : { csv: said }),
    ...(badRows === 'stop' ? { badRows } : {}),
  };
}

/** A place among the project's files that is free, or holds the same bytes, or is the asset's own. */
export function freePath(document: ProjectDocument, name: string, sha256: string, owner?: AssetId): string {
  const safe = name.replace(/[\\/]/g, '_').replace(/^\.+/, '_') || 'file';
  const dot = safe.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [safe.slice(0, dot), safe.slice(dot)] : [safe, ''];
  for (let i = 1; ; i++) {
    const path = `data/${stem}${i === 1 ? '' : `-${i}`}${ending}`;
    const other = document.files.get(path);
    if (!other || other.sha256 === sha256) return path;
    const readers = [...document.assets.values()].filter(
      (each) => each.kind === 'file' && each.path === path,
    );
    if (owner !== undefined && readers.every((reader) => reader.id === owner)) return path;
  }
}

/** A free key from a file's name: "Sales 2024.csv" gives `sales_2024`. */
export function keyForFile(document: ProjectDocument, name: string): string {
  const stem = name.replace(/\.[^.]*$/, '');
  const word = stem
    .normalize('NFKD')
    .replace(/[^\w]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  const base = word === '' || /^\d/.test(word) ? `data_${word}`.replace(/_$/, '') : word;
  const taken = new Set([...document.assets.values()].map((asset) => asset.key));
  for (let i = 1; ; i++) {
    const key = i === 1 ? base : `${base}_${i}`;
    if (!taken.has(key) && assetKeyProblem(key) === undefined) return key;
  }
}
