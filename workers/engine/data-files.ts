// Data files of a project: found by hash, checked, decoded to values. The runner never sees a file.

import { err, ok, type Result } from '#base/result.ts';
import type { DocumentStore, Sha256 } from '#engine/ports.ts';
import type { DecodedFile, DecodeFile } from '#engine/run-types.ts';
import { badRowsMetadata, badRowsWarnings } from '#interop/bad-rows.ts';
import { decodeDataFile, type ReadOptions } from '#interop/decode-data-file.ts';
import type { DataFile, ProjectDocument } from '#model/document.ts';
import type { BodyError } from '#model/events.ts';
import type { History } from '#model/history.ts';
import type { ProjectId } from '#model/ids.ts';
import { encodeTable, encodeValue } from '#model/values/encode-value.ts';

export interface DataFilesDeps {
  readonly store: Pick<DocumentStore, 'getFile' | 'putFile'>;
  readonly sha256: Sha256;
  /** Lets the rest of the engine run while a large file is read. */
  pause?(): Promise<void>;
}

/** A file's bytes from the document or the store; the error says what is wrong with them. */
export async function readDataFile(
  { store, sha256 }: DataFilesDeps,
  projectId: ProjectId,
  file: DataFile,
): Promise<Result<Uint8Array, BodyError>> {
  const bytes = file.data === undefined ? await store.getFile(projectId, file.sha256) : fromBase64(file.data);
  if (!bytes)
    return err({
      name: 'FileMissing',
      message: `The data file “${file.path}” is not in this browser. Open the project with its files.`,
    });
  if (sha256(bytes) !== file.sha256)
    return err({
      name: 'FileChanged',
      message: `The data file “${file.path}” is not the one the project was made with (its hash differs).`,
    });
  return ok(bytes);
}

export function createFileDecoder(
  deps: DataFilesDeps,
  projectId: ProjectId,
  history: () => History,
): DecodeFile {
  return async (step) => {
    const file = history().document.files.get(step.asset.path);
    if (!file)
      return {
        ok: false,
        error: { name: 'FileMissing', message: `The project has no data file “${step.asset.path}”.` },
      };
    const bytes = await readDataFile(deps, projectId, file);
    return bytes.ok ? decodeToValue(file, bytes.value, step.asset, deps.pause) : bytes;
  };
}

/** A data file's bytes as an encoded value, with what was set aside. */
export async function decodeToValue(
  file: DataFile,
  bytes: Uint8Array,
  options: ReadOptions,
  pause?: () => Promise<void>,
): Promise<DecodedFile> {
  const decoded = await decodeDataFile(bytes, file.format, options, pause);
  if (!decoded.ok)
    return {
      ok: false,
      error: { name: 'FileUnreadable', message: `${file.path}: ${decoded.error.message}` },
    };
  const data = decoded.value;
  const encoded =
    data.type === 'value' ? encodeValue(data.value) : encodeTable(data.names, data.columns, data.rowCount);
  if (!encoded.ok)
    return {
      ok: false,
      error: { name: 'NotStorable', message: `${file.path}: ${encoded.error.path}: ${encoded.error.reason}` },
    };
  if (data.type === 'value' || data.badRows.count === 0) return { ok: true, bytes: encoded.value };
  return {
    ok: true,
    bytes: encoded.value,
    metadata: badRowsMetadata(data.badRows),
    warnings: badRowsWarnings(file.path, data.badRows),
  };
}

export interface SideFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Finds the bytes of every data file of a document that is being imported; names the first that is wrong. */
export function matchSideFiles(
  document: ProjectDocument,
  sideFiles: readonly SideFile[],
  sha256: Sha256,
): Result<readonly { readonly sha256: string; readonly bytes: Uint8Array }[], { readonly path: string }> {
  const given = new Map(sideFiles.map((file) => [file.path, file.bytes]));
  const found: { sha256: string; bytes: Uint8Array }[] = [];
  for (const file of document.files.values()) {
    const bytes = file.data === undefined ? given.get(file.path) : fromBase64(file.data);
    if (!bytes || sha256(bytes) !== file.sha256) return err({ path: file.path });
    if (file.data === undefined) found.push({ sha256: file.sha256, bytes });
  }
  return ok(found);
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
