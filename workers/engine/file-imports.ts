// Data files on their way into the project's storage: read, hashed and written a piece at a time, so that a
// file of any size takes little memory, can be stopped, and never stands half-written.

import { err, ok, type Result } from '#base/result.ts';
import type { DocumentStore } from '#engine/ports.ts';
import type { FileSource, ImportedFile, ImportFileError, WorkspaceEvent } from '#engine/workspace-port.ts';
import type { ProjectId } from '#model/ids.ts';

/** SHA-256 over pieces. */
export interface StreamHash {
  update(bytes: Uint8Array): void;
  digest(): string;
}

export interface FileImportsDeps {
  readonly store: Pick<DocumentStore, 'putFileInPieces'>;
  newHash(): Promise<StreamHash>;
  emit(event: WorkspaceEvent): void;
}

const pieceBytes = 4 << 20;
/** Up to this size a file stands in the document. */
const inlineBytes = 256 * 1024;
/** A value takes at most so many bytes, and a file is decoded from memory. */
const mostBytes = 1.5 * 2 ** 30;

class Canceled extends Error {}
class Unreadable extends Error {}

export function createFileImports({ store, newHash, emit }: FileImportsDeps) {
  const canceled = new Set<string>();
  const underWay = new Set<string>();

  async function* piecesOf(importId: string, file: FileSource, hash: StreamHash) {
    for (let at = 0; at < file.size; at += pieceBytes) {
      if (canceled.has(importId)) throw new Canceled();
      const piece = await readPiece(file, at, Math.min(file.size, at + pieceBytes));
      hash.update(piece);
      yield piece;
      emit({ type: 'import-progress', importId, bytes: at + piece.length });
    }
    if (canceled.has(importId)) throw new Canceled();
  }

  async function take(
    projectId: ProjectId,
    importId: string,
    file: FileSource,
  ): Promise<Result<ImportedFile, ImportFileError>> {
    const hash = await newHash();
    if (file.size <= inlineBytes) {
      const bytes = await readPiece(file, 0, file.size);
      hash.update(bytes);
      return ok({ sha256: hash.digest(), bytes: file.size, data: toBase64(bytes) });
    }
    let digest: string | undefined;
    const sha256 = () => {
      digest ??= hash.digest();
      return digest;
    };
    const put = await store.putFileInPieces(projectId, piecesOf(importId, file, hash), sha256);
    return put.ok ? ok({ sha256: sha256(), bytes: file.size }) : put;
  }

  return {
    async importFile(
      projectId: ProjectId,
      importId: string,
      file: FileSource,
    ): Promise<Result<ImportedFile, ImportFileError>> {
      if (file.size > mostBytes) return err({ type: 'FileTooLarge', bytes: file.size, most: mostBytes });
      underWay.add(importId);
      try {
        return await take(projectId, importId, file);
      } catch (thrown) {
        if (thrown instanceof Canceled) return err({ type: 'Canceled' });
        if (thrown instanceof Unreadable) return err({ type: 'FileUnreadable', detail: thrown.message });
        throw thrown;
      } finally {
        underWay.delete(importId);
        canceled.delete(importId);
      }
    },
    async cancelImport(importId: string): Promise<void> {
      if (underWay.has(importId)) canceled.add(importId);
    },
  };
}

/** A file that was changed or removed on disk meanwhile cannot be read any more. */
async function readPiece(file: FileSource, from: number, to: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch (thrown) {
    throw new Unreadable(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
